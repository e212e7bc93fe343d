import { readFileSync } from 'node:fs'
import type { TLSSocket } from 'node:tls'
import { describe, expect, it } from 'vitest'
import type { Connection } from './connection.ts'
import { pods } from './resources.ts'
import { failureOf } from './testing/failure.ts'
import { clientOf, type Handler, sendJson, serve } from './testing/server.ts'

const place = { namespace: 'shop', name: 'web' }
const pem = (name: string) => readFileSync(new URL(`../testdata/${name}.pem`, import.meta.url), 'utf8')
const identity = (name: string) => ({ cert: pem(name), key: pem(`${name}.key`) })
const ca = pem('ca')

const names: Handler = (request, response) => {
  const socket = request.socket
  const subject = isTls(socket) ? socket.getPeerCertificate().subject : undefined
  sendJson(response, { apiVersion: 'v1', kind: 'Pod', metadata: { name: subject?.CN ?? 'nobody' } })
}

function isTls(socket: object): socket is TLSSocket {
  return 'getPeerCertificate' in socket
}

async function attempt(connection: Partial<Connection>, server = identity('server')) {
  const { url } = await serve(names, { ...server, ca, requestCert: true, rejectUnauthorized: false })
  const client = clientOf({ url }, { connection })
  const watch = client.watch(pods, {})[Symbol.asyncIterator]()
  const watched = await watch.next().catch((error: unknown) => error)
  return { call: client.get(pods, place), watched }
}

describe('the server', () => {
  it('is believed by its authority', async () => {
    const { call } = await attempt({ certificateAuthority: ca })
    expect((await call).metadata.name).toBe('nobody')
  })

  it.each<[string, Partial<Connection>]>([
    ['no authority', {}],
    ['another authority', { certificateAuthority: pem('other-ca') }],
    ['an authority that is no certificate', { certificateAuthority: 'nonsense' }],
  ])('is not believed with %s, by calls and watches', async (_, connection) => {
    const { call, watched } = await attempt(connection)
    expect(await failureOf(call)).toMatchObject({ code: 'tls' })
    expect(watched).toMatchObject({ code: 'tls' })
  })

  it('is believed under the name it was given, whatever its address', async () => {
    const named = identity('named')
    const wrong = await attempt({ certificateAuthority: ca }, named)
    expect(await failureOf(wrong.call)).toMatchObject({ code: 'tls', reason: 'ERR_TLS_CERT_ALTNAME_INVALID' })
    const right = await attempt({ certificateAuthority: ca, tlsServerName: 'api.internal.test' }, named)
    expect((await right.call).metadata.name).toBe('nobody')
    const other = await attempt({ certificateAuthority: ca, tlsServerName: 'other.test' }, named)
    expect(await failureOf(other.call)).toMatchObject({ code: 'tls' })
  })

  it('is not asked when told so', async () => {
    const { call } = await attempt({ insecure: true })
    expect((await call).metadata.name).toBe('nobody')
  })
})

describe('the client certificate', () => {
  const clientCertificate = { certificate: pem('client'), key: pem('client.key') }

  it('says who asks', async () => {
    const { call } = await attempt({ certificateAuthority: ca, clientCertificate })
    expect((await call).metadata.name).toBe('alice')
  })

  it('must fit its key, and nothing of the key is told', async () => {
    const { call } = await attempt({
      certificateAuthority: ca,
      clientCertificate: { certificate: pem('client'), key: pem('server.key') },
    })
    const error = await failureOf(call)
    expect(error.code).toBe('tls')
    expect(JSON.stringify([error, error.stack])).not.toContain(pem('server.key').split('\n')[1])
  })

  it('made anew is shown from the next call on, while what is under way ends in peace', async () => {
    const held: (() => void)[] = []
    const slow: Handler = (request, response) => {
      if (request.url?.endsWith('/slow') !== true) return names(request, response)
      held.push(() => names(request, response))
    }
    const { url } = await serve(slow, { ...identity('server'), ca, requestCert: true, rejectUnauthorized: false })
    const client = clientOf({ url }, { connection: { certificateAuthority: ca } })
    const underWay = client.get(pods, { ...place, name: 'slow' })
    await expect.poll(() => held.length).toBe(1)
    client.renew({ clientCertificate })
    expect((await client.get(pods, place)).metadata.name).toBe('alice')
    held[0]?.()
    expect((await underWay).metadata.name).toBe('nobody')
  })
})
