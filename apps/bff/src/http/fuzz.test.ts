import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { call, type SignedInClient, signIn } from '../testing/call.ts'
import { atOnce, startTestServer, type TestServer } from '../testing/server.ts'

let server: TestServer
let client: SignedInClient
beforeAll(async () => {
  server = await startTestServer()
  client = await signIn(server.address, { mode: 'local', persona: 'admin' })
})
afterAll(() => server.stop(atOnce))

const odd = [
  "'",
  '%22',
  '{',
  '}',
  '..',
  '%2e%2e%2f',
  '%0a',
  '%00',
  '%ff',
  '%',
  '%25',
  '[',
  '%5c',
  ';',
  '%F0%9F%98%80',
  '__proto__',
  'constructor',
  'a'.repeat(5_000),
]

const places = (text: string): string[] => [
  `/api/v1/${text}`,
  `/api/v1/meshes/${text}`,
  `/api/v1/clusters/${text}`,
  `/api/v1/changes/${text}`,
  `/api/v1/meshes/${text}/objects`,
  `/api/v1/meshes/shop/objects?kinds[]=${text}&namespace=${text}`,
  `/api/v1/clusters/east/schema?group=${text}&kind=${text}`,
  `/api/v1/changes?search=${text}&mesh=${text}&page=${text}`,
  `/${text}`,
]

test.each(odd.map((text) => ({ text, shown: text.slice(0, 20) })))(
  '$shown in any place is an answer, and no fault of ours',
  async ({ text }) => {
    for (const path of places(text)) {
      const { status, code } = await client.read(path)
      expect([path.slice(0, 60), status < 500 || code === 'hub.unread']).toEqual([path.slice(0, 60), true])
    }
  },
)

const bomb = 'a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c]'
const bodies: unknown[] = [
  {},
  [],
  'text',
  1,
  { intent: null },
  { intent: { type: '__proto__' } },
  {
    intent: {
      type: 'clusters.register',
      source: { kind: 'pasted', kubeconfig: bomb },
      clusters: [{ name: 'east', spec: {}, context: 'east' }],
    },
  },
  { source: { kind: 'pasted', kubeconfig: bomb } },
  { kubeconfig: bomb },
  {
    intent: {
      type: 'objects.create',
      mesh: 'shop',
      cluster: 'east',
      object: { apiVersion: 'v1', kind: 'Pod', metadata: { name: '../../x' } },
    },
  },
  JSON.parse('{"__proto__":{"polluted":true},"intent":{"type":"clusters.prepare-hub"}}'),
]

test.each(bodies)('the body %j is refused or answered, and changes nothing', async (body) => {
  for (const path of [
    '/plans',
    '/changes',
    '/kubeconfig/test',
    '/kubeconfig/read',
    '/mesh-preflight',
    '/objects/read',
    '/changes/x/stop',
    '/changes/..%2f/items/%00/retry',
  ]) {
    const { status, code } = await client.write(`/api/v1${path}`, { body })
    expect([path, status < 500 || code === 'hub.unreachable']).toEqual([path, true])
  }
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
})

test('bodies beyond the limit are 413, by their length, in chunks and unpacked', async () => {
  const headers = { 'content-type': 'application/json' }
  const large = Buffer.alloc(20 * 1024 * 1024, 'a')
  const packed = gzipSync(Buffer.alloc(50 * 1024 * 1024, ' '))
  const cases = [
    { raw: large, headers },
    { raw: large, headers: { ...headers, 'transfer-encoding': 'chunked' } },
    { raw: packed, headers: { ...headers, 'content-encoding': 'gzip' } },
  ]
  for (const each of cases) {
    const answer = await client.write('/api/v1/plans', each)
    expect([answer.status, answer.code]).toEqual([413, 'request.too_large'])
  }
  expect((await call(server.address, '/healthz')).status).toBe(200)
})
