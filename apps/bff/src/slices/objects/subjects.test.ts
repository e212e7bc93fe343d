import { listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { demoWorld } from '@orbweaver/sandbox/worlds/demo'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SignedInClient } from '../../testing/call.ts'
import { startWholeConsole, until, type WholeConsole } from '../../testing/whole-console.ts'

let whole: WholeConsole
let [ada, nils]: SignedInClient[] = []

beforeAll(async () => {
  whole = await startWholeConsole(await demoWorld())
  ;[ada, nils] = await Promise.all(['ada', 'nils'].map((each) => whole.person(each)))
  await until(async () => {
    const told = await ada?.read('/api/v1/meshes/edge/objects?size=500')
    return listAt(told?.body, 'items').length >= 12 ? '' : (told?.text ?? 'nobody is signed in')
  })
}, 120_000)
afterAll(() => whole.stop())

/** By kind, namespace and name. */
async function subjects(by: SignedInClient | undefined): Promise<Record<string, object>> {
  const { body } = (await by?.read('/api/v1/meshes/edge/objects?size=500')) ?? {}
  return Object.fromEntries(
    listAt(body, 'items').map((row) => [
      ['kind', 'namespace', 'name'].map((each) => textAt(row, 'ref', each)).join(' '),
      recordAt(row, 'subject'),
    ]),
  )
}

const deployment = (name: string) => ({
  cluster: 'frankfurt-edge',
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  namespace: 'bookinfo',
  name,
})
const gateway = {
  cluster: 'frankfurt-edge',
  group: 'networking.istio.io',
  version: 'v1',
  kind: 'Gateway',
  namespace: 'istio-ingress',
  name: 'public',
}
const missing = { ...gateway, name: 'mobile' }

test('a rule says what is asked about it: host, port and gateway of traffic, and whom a policy protects', async () => {
  const seen = await subjects(ada)
  expect(seen).toMatchObject({
    'VirtualService bookinfo bookinfo': { host: 'bookinfo.edge.example', port: 443, protocol: 'https', gateway },
    'VirtualService bookinfo bookinfo-mobile': { host: 'm.bookinfo.edge.example', gateway: missing },
    'VirtualService bookinfo ratings': { host: 'ratings', port: 9080 },
    'DestinationRule bookinfo details': { host: 'details', port: 9080 },
    'Gateway istio-ingress public': { host: 'bookinfo.edge.example', port: 443, protocol: 'https', gateway },
    'AuthorizationPolicy bookinfo ratings-from-reviews': {
      protects: deployment('ratings-v1'),
    },
    'PeerAuthentication bookinfo default': { protects: deployment('details-v1') },
  })
  expect(seen['PeerAuthentication istio-system default']).toEqual({})
})

test('who sees one namespace is told what its rules say, and nothing of a gateway elsewhere but its name', async () => {
  const seen = await subjects(nils)
  expect(new Set(Object.keys(seen).map((each) => each.split(' ')[1]))).toEqual(new Set(['bookinfo']))
  expect(seen['VirtualService bookinfo bookinfo']).toEqual({ host: 'bookinfo.edge.example', gateway })
  expect(seen['VirtualService bookinfo ratings']).toEqual({ host: 'ratings', port: 9080 })
})
