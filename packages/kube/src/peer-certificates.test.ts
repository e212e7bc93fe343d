import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { failureOf } from './testing/failure.ts'
import { type Forward, httpForward, servePod, tlsForward } from './testing/pod.ts'
import { clientOf } from './testing/server.ts'

const istiod = { namespace: 'istio-system', name: 'istiod-1' }
const xds = { port: 15_012 }
const pem = (name: string) => readFileSync(new URL(`../testdata/${name}.pem`, import.meta.url), 'utf8')
const silent: Forward = async (_port, { input }) => {
  for await (const bytes of input) if (bytes.length === 0) return
}

describe('the certificates that a process in a Pod shows', () => {
  it('are read as they are, though nobody here trusts them and their name is another', async () => {
    const server = await servePod(await tlsForward({ cert: pem('named'), key: pem('named.key') }))
    const told = await clientOf(server).certificatesThroughPod(istiod, xds)
    expect(told).toEqual([new X509Certificate(pem('named')).toString()])
    expect(server.upgrades.map(({ url }) => url)).toEqual([
      '/api/v1/namespaces/istio-system/pods/istiod-1/portforward?ports=15012',
    ])
    await expect.poll(() => server.sockets.size).toBe(0)
  })

  it('come with what is sent along, its own first, and end at the root', async () => {
    const cert = `${pem('named')}${pem('ca')}`
    const server = await servePod(await tlsForward({ cert, key: pem('named.key') }))
    const told = await clientOf(server).certificatesThroughPod(istiod, xds)
    expect(told.map((each) => new X509Certificate(each).subject)).toEqual(['CN=named', 'CN=test authority'])
  })

  it('are none of one that speaks something else, hangs up, or says nothing', async () => {
    const http = await servePod(await httpForward((_request, response) => response.end()))
    expect(await failureOf(clientOf(http).certificatesThroughPod(istiod, xds))).toMatchObject({ code: 'tls' })
    const gone = await servePod(async () => undefined)
    const error = await failureOf(clientOf(gone).certificatesThroughPod(istiod, xds))
    expect(error).toMatchObject({ code: 'pod_unreachable' })
    const closed = await servePod(async (_port, { error: say }) => say('connect: connection refused'))
    const refused = await failureOf(clientOf(closed).certificatesThroughPod(istiod, xds))
    expect(refused).toMatchObject({ code: 'pod_unreachable', reason: 'PortForward' })
    const mute = await servePod(silent)
    const late = await failureOf(clientOf(mute).certificatesThroughPod(istiod, { ...xds, deadlineMs: 100 }))
    expect(late).toMatchObject({ code: 'timeout', reason: 'Deadline' })
    await expect.poll(() => http.sockets.size + mute.sockets.size).toBe(0)
  })

  it('are asked for at a port', async () => {
    const server = await servePod(silent)
    const asked = clientOf(server).certificatesThroughPod(istiod, { port: 0 })
    expect(await failureOf(asked)).toMatchObject({ code: 'invalid' })
  })
})
