import { createServer, type Server } from 'node:http'
import { createKubeClient } from '@orbweaver/kube/connect'
import { afterEach, describe, expect, it } from 'vitest'
import type { ApiServer } from '../api-server.ts'
import { ask, testServer } from '../testing/server.ts'

const place = { namespace: 'shop', name: 'web' }
const path = '/api/v1/namespaces/shop/pods/web/portforward'
const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A server with Pod `web`, in which a process answers at 8080 and tells how it was asked. */
async function served(): Promise<{ server: ApiServer; process: Server }> {
  const server = await testServer()
  server.addUser({ token: 'token-of-alice', name: 'alice', groups: [] })
  const process = createServer((request, response) => {
    if (request.url === '/never') return
    if (request.url === '/long') response.end('x'.repeat(3_000_000))
    else response.end(`${request.headers.host}${request.url}`)
  })
  server.routePods((pod, port) => {
    if (pod.namespace !== 'shop' || pod.name !== 'web' || port !== 8080) return undefined
    return (connection) => void process.emit('connection', connection)
  })
  pod(server, 'web', { nodeName: 'node-1' })
  pod(server, 'pending', {})
  return { server, process }
}

function pod(server: ApiServer, name: string, spec: { nodeName?: string }): void {
  const containers = [{ name: 'main', image: 'web:1' }]
  server.store.put({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop' },
    spec: { containers, ...spec },
  })
}

function clientOf(server: ApiServer, token = 'admin') {
  const client = createKubeClient({ cluster: 'test', connection: { server: server.url, token } })
  closing.push(() => client.close())
  return client
}

/** Binds alice to these verbs of pods/portforward. */
function grant(server: ApiServer, verbs: string[]): void {
  const metadata = { name: 'forwarder' }
  const apiVersion = 'rbac.authorization.k8s.io/v1'
  const rules = [{ apiGroups: [''], resources: ['pods/portforward'], verbs }]
  server.store.put({ apiVersion, kind: 'ClusterRole', metadata, rules })
  const roleRef = { kind: 'ClusterRole', name: 'forwarder' }
  server.store.put({
    apiVersion,
    kind: 'ClusterRoleBinding',
    metadata,
    roleRef,
    subjects: [{ kind: 'User', name: 'alice' }],
  })
}

describe('a port of a Pod', () => {
  it('is answered by whoever listens there, often, at once and at length, over HTTP and HTTPS', async () => {
    const { server } = await served()
    const client = clientOf(server)
    const long = await client.getThroughPod(place, { port: 8080, path: '/long' })
    expect(String(long.body)).toHaveLength(3_000_000)
    const paths = ['/a', '/b', '/c', '/d']
    const answers = await Promise.all(paths.map((each) => client.getThroughPod(place, { port: 8080, path: each })))
    expect(answers).toEqual(paths.map((each) => ({ status: 200, body: `localhost:8080${each}` })))
    const connection = { server: server.secureUrl, certificateAuthority: server.ca, token: 'admin' }
    const secure = createKubeClient({ cluster: 'test', connection })
    closing.push(() => secure.close())
    expect(await secure.getThroughPod(place, { port: 8080, path: '/s' })).toMatchObject({ body: 'localhost:8080/s' })
  })

  it('is refused where nobody listens', async () => {
    const { server } = await served()
    const asked = clientOf(server).getThroughPod(place, { port: 9, path: '/' })
    await expect(asked).rejects.toMatchObject({
      code: 'pod_unreachable',
      message: 'error forwarding port 9 to pod web, uid : dial tcp4 127.0.0.1:9: connect: connection refused',
    })
  })

  it('is cut off with the cluster', async () => {
    const { server, process } = await served()
    const asked = clientOf(server).getThroughPod(place, { port: 8080, path: '/never', deadlineMs: 5_000 })
    const told = expect(asked).rejects.toMatchObject({ code: 'unreachable' })
    await new Promise((resolve) => process.once('request', resolve))
    server.faults.set({ blackHole: true })
    await told
    const swallowed = clientOf(server).getThroughPod(place, { port: 8080, path: '/', deadlineMs: 100 })
    await expect(swallowed).rejects.toMatchObject({ code: 'timeout' })
  })
})

describe('forwarding', () => {
  it('needs both verbs, since a GET that upgrades is more than reading', async () => {
    const { server } = await served()
    const tried = () => clientOf(server, 'token-of-alice').getThroughPod(place, { port: 8080, path: '/' })
    const cannotGet =
      'pods "web" is forbidden: User "alice" cannot get resource "pods/portforward" in API group "" in the namespace "shop"'
    await expect(tried()).rejects.toMatchObject({ code: 'forbidden', message: cannotGet })
    grant(server, ['create'])
    await server.settled()
    await expect(tried()).rejects.toMatchObject({ code: 'forbidden', message: cannotGet })
    grant(server, ['get'])
    await server.settled()
    await expect(tried()).rejects.toMatchObject({ code: 'forbidden', message: 'pods "web" is forbidden: ' })
    grant(server, ['get', 'create'])
    await server.settled()
    expect(await tried()).toMatchObject({ status: 200 })
  })

  it.each([
    ['/api/v1/namespaces/shop/pods/nobody/portforward?ports=1', 404, 'pods "nobody" not found'],
    ['/api/v1/namespaces/shop/pods/pending/portforward?ports=1', 400, 'pod pending does not have a host assigned'],
    [`${path}?ports=1`, 400, 'Upgrade request required'],
    [`${path}?ports=http`, 400, 'cannot convert to []int32: strconv.ParseUint: parsing "http": invalid syntax'],
  ])('is refused: %s', async (asked, status, message) => {
    const { server } = await served()
    const answer = await ask(server, asked)
    expect(answer.body).toMatchObject({ kind: 'Status', code: status, message })
  })

  it('says so to those who speak SPDY, and goes on', async () => {
    const { server } = await served()
    const headers = { Connection: 'Upgrade', Upgrade: 'SPDY/3.1', 'X-Stream-Protocol-Version': 'portforward.k8s.io' }
    const spdy = await ask(server, path, { method: 'POST', headers })
    expect(spdy.body).toMatchObject({
      code: 400,
      message: 'unable to upgrade: ports are forwarded by WebSocket and v4.channel.k8s.io alone',
    })
    expect((await ask(server, '/api/v1/namespaces/shop/pods/web', { headers })).status).toBe(200)
  })
})
