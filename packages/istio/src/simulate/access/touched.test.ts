import type { AccessChange } from '@orbweaver/contracts/explain-access'
import type { JsonRecord } from '@orbweaver/contracts/json'
import { type KubernetesObject, refKey } from '@orbweaver/contracts/kubernetes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MeshWorld } from '../../findings/world.ts'
import { accessDifference, boundedDifference, cellsDifference } from './difference.ts'
import { accessMatrix, cellsIn, pairsIn } from './matrix.ts'
import { namespace, peers, pod, policy, service, tokens, worldOf } from './samples.ts'
import { groundsOf, touchedBetween } from './touched.ts'

const listening = [{ containerPort: 8080, protocol: 'TCP' }]
const http = [{ name: 'http', port: 80, targetPort: 8080 }]
const inMesh = { namespace: 'mesh' }
const inRoot = { namespace: 'istio-system' }

function made(kind: string, name: string, more: { namespace?: string; spec: JsonRecord }) {
  const group = { Deployment: 'apps/v1', Gateway: 'gateway.networking.k8s.io/v1' }[kind]
  const { namespace: space = 'shop', spec } = more
  const metadata = { name, namespace: space }
  return { apiVersion: group ?? 'networking.istio.io/v1', kind, metadata, spec } satisfies KubernetesObject
}

const gateway = (listener: JsonRecord = {}) =>
  made('Gateway', 'edge', {
    ...inMesh,
    spec: {
      gatewayClassName: 'istio-waypoint',
      listeners: [{ name: 'mesh', port: 15_008, protocol: 'HBONE', ...listener }],
    },
  })
const waypoint = gateway()
const throughEdge = { 'istio.io/use-waypoint': 'edge' }
const node = service('node', http, { ...inMesh, labels: throughEdge })
const deployment = (labels: Record<string, string>) =>
  made('Deployment', 'late', {
    spec: {
      template: { metadata: { labels: { app: 'late', ...labels } }, spec: { containers: [{ ports: listening }] } },
    },
  })

const world: readonly KubernetesObject[] = [
  namespace('shop', { 'istio-injection': 'enabled' }),
  pod('web', 'sidecar', { ports: listening }),
  pod('api', 'sidecar', { ports: listening }),
  pod('old', 'none', { namespace: 'bare', ports: listening }),
  pod('node', 'ambient', { ...inMesh, ports: listening }),
  service('api', http),
  node,
  waypoint,
  policy('first', { selector: { matchLabels: { app: 'api' } }, rules: [{}] }),
]

const deny = { action: 'DENY', rules: [{}] }
const strict = { mtls: { mode: 'STRICT' } }
const ofApi = { selector: { matchLabels: { app: 'api' } } }
const toEdge = { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' }] }
const plain = (host: string, more: JsonRecord = {}) => ({
  host,
  trafficPolicy: { tls: { mode: 'DISABLE' } },
  ...more,
})
const rule = (name: string, spec: JsonRecord, space = 'shop') =>
  made('DestinationRule', name, { namespace: space, spec })
const hook = (revision: string, tag?: string): KubernetesObject => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'MutatingWebhookConfiguration',
  metadata: { name: 'hook', labels: { 'istio.io/rev': revision, ...(tag !== undefined && { 'istio.io/tag': tag }) } },
  webhooks: [
    {
      name: 'rev.namespace.sidecar-injector.istio.io',
      rules: [{ operations: ['CREATE'], resources: ['pods'] }],
      namespaceSelector: { matchLabels: { 'istio-injection': 'enabled' } },
      objectSelector: {},
    },
  ],
})

/** Of each place, what may lie there: of any kind that a call may depend on. */
const drafts: readonly (readonly KubernetesObject[])[] = [
  [policy('first', { ...deny, ...ofApi }), policy('first', { ...deny, selector: { matchLabels: { app: 'web' } } })],
  [policy('new', deny), policy('new', deny, { labels: { 'istio.io/rev': 'canary' } })],
  [policy('reads', { rules: [{ to: [{ operation: { methods: ['GET'] } }] }] })],
  [policy('asks', { action: 'CUSTOM', provider: { name: 'outside' }, rules: [{}] })],
  [policy('all', { ...deny, rules: [{ from: [{ source: { namespaces: ['bare'] } }] }] }, inRoot)],
  [policy('edge', { ...deny, ...toEdge }, inMesh)],
  [policy('ztunnel', { ...deny, rules: [{ from: [{ source: { notNamespaces: ['mesh'] } }] }] }, inMesh)],
  [peers('shop', strict), peers('shop', { mtls: { mode: 'DISABLE' } })],
  [peers('api', { ...ofApi, mtls: { mode: 'STRICT' }, portLevelMtls: { 8080: { mode: 'DISABLE' } } })],
  [peers('mesh', strict, inRoot)],
  [tokens('api', { ...ofApi, jwtRules: [{ issuer: 'a' }] })],
  [rule('api', plain('api')), rule('api', plain('api', { workloadSelector: { matchLabels: { app: 'web' } } }))],
  [rule('far', plain('node.mesh.svc.cluster.local')), rule('far', plain('*.local'))],
  [rule('own', plain('api.shop.svc.cluster.local', { exportTo: ['.'] }), 'mesh')],
  [rule('all', plain('*'), 'istio-system')],
  [service('api', [{ name: 'tcp', port: 80, targetPort: 8080 }]), service('api', http, { selector: { app: 'web' } })],
  [service('both', [{ name: 'both', port: 82, targetPort: 8080 }], { creationTimestamp: '2020-01-01T00:00:00Z' })],
  [service('node', http, inMesh), service('node', http, { ...inMesh, labels: { ...throughEdge, a: 'b' } })],
  [gateway({ allowedRoutes: { namespaces: { from: 'All' } } })],
  [made('Sidecar', 'in', { spec: { ingress: [{ port: { number: 8080, protocol: 'TCP', name: 't' } }] } })],
  [pod('web', 'none', { ports: listening }), pod('web', 'sidecar', { ports: listening, account: 'api' })],
  [pod('api', 'sidecar', { ports: listening, labels: { app: 'other' } })],
  [pod('twin', 'sidecar', { account: 'web', ports: listening })],
  [deployment({}), deployment({ 'sidecar.istio.io/inject': 'false' })],
  [namespace('shop'), namespace('shop', { 'istio.io/rev': 'stable' }), namespace('shop', throughEdge)],
  [namespace('bare', { 'istio-injection': 'enabled', 'istio.io/dataplane-mode': 'ambient' })],
  [hook('default'), hook('canary'), hook('canary', 'default'), hook('canary', 'stable')],
  [made('VirtualService', 'nobody', { spec: { hosts: ['api'] } })],
  [made('ServiceEntry', 'entry', { spec: { hosts: ['api.example'], ports: [{ number: 8080, protocol: 'TCP' }] } })],
]
const settings: readonly JsonRecord[] = [
  {},
  { trustDomain: 'other.example' },
  { enableAutoMtls: false },
  { discoverySelectors: [{ matchLabels: { 'istio-injection': 'enabled' } }] },
  { extensionProviders: [{ name: 'outside', envoyExtAuthzGrpc: { service: 'api.shop.svc.cluster.local', port: 80 } }] },
  { defaultDestinationRuleExportTo: ['.'] },
  { accessLogFile: '/dev/stdout' },
]

const placeOf = ({ kind, metadata }: KubernetesObject) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`

/** A world, and what is chosen of some places laid over it; -1 takes away what lies there. */
function laid(over: readonly KubernetesObject[], chosen: readonly (readonly [number, number])[]): KubernetesObject[] {
  const found = new Map(over.map((each) => [placeOf(each), each]))
  for (const [place, choice] of chosen) {
    const may = drafts[place] ?? []
    const object = may[Math.max(choice, 0) % may.length]
    if (object === undefined) continue
    if (choice < 0) found.delete(placeOf(object))
    else found.set(placeOf(object), structuredClone(object))
  }
  return [...found.values()]
}

const runs = 150
const told = (changes: readonly AccessChange[]) => changes.map((each) => JSON.stringify(each)).toSorted()
const whole = (before: MeshWorld, after: MeshWorld) => cellsDifference(accessMatrix(before), accessMatrix(after))

describe('what a change may touch', () => {
  const before = worldOf(world)

  it('tells all that the whole matrix tells, whatever is changed', () => {
    const change = fc.tuple(fc.nat(drafts.length - 1), fc.integer({ min: -1, max: 3 }))
    const config = fc.constantFrom(...settings)
    const ground = fc.array(change, { maxLength: 8 })
    const draft = fc.array(change, { minLength: 1, maxLength: 3 })
    let differing = 0
    fc.assert(
      fc.property(fc.record({ ground, draft, one: config, other: config, isSet: fc.boolean() }), (of) => {
        const { one, other, isSet } = of
        const objects = laid(world, of.ground)
        const [was, is] = [worldOf(objects, one), worldOf(laid(objects, of.draft), isSet ? other : one)]
        const all = whole(was, is)
        expect(told(accessDifference(was, is))).toEqual(told(all))
        differing += all.length === 0 ? 0 : 1
      }),
      { numRuns: runs, seed: 7 },
    )
    expect(differing).toBeGreaterThan(runs / 3)
  })

  const few: { says: string; draft: KubernetesObject; ends?: readonly string[]; callers?: readonly string[] }[] = [
    { says: 'a policy by selector', draft: policy('new', { ...deny, ...ofApi }), ends: ['api'] },
    { says: 'a policy of a namespace', draft: policy('new', deny), ends: ['web', 'api'] },
    { says: 'a policy of a waypoint', draft: policy('new', { ...deny, ...toEdge }, inMesh), ends: ['node'] },
    { says: 'a policy of ztunnel', draft: policy('new', deny, inMesh), ends: ['node'] },
    { says: 'peers', draft: peers('new', { ...strict, ...ofApi }), ends: ['api'] },
    { says: 'a Service', draft: service('more', http, { selector: { app: 'web' } }), ends: ['web'] },
    { says: 'a Service of nobody', draft: service('more', http, { selector: { app: 'nobody' } }) },
    { says: 'a rule for a host', draft: rule('r', plain('api')), ends: ['api'], callers: ['web', 'api'] },
    {
      says: 'a rule for a host elsewhere',
      draft: rule('r', plain('node.mesh.svc.cluster.local')),
      callers: ['web', 'api'],
    },
    { says: 'a route', draft: made('VirtualService', 'v', { spec: { hosts: ['api'] } }) },
    { says: 'a Pod', draft: pod('new', 'sidecar', { ports: listening }), ends: ['new'], callers: ['new'] },
  ]
  it.each(few)('is no more than it has to be by $says', ({ draft, ends = [], callers = [] }) => {
    const after = worldOf([...structuredClone(world), draft])
    const touched = touchedBetween(groundsOf(before), groundsOf(after))
    const asked = cellsIn(after, { ...touched, callers: new Set() }).map(({ to }) => to.ref.name)
    expect([...new Set(asked)].toSorted()).toEqual(ends.toSorted())
    const asking = cellsIn(after, { ...touched, ends: new Set() }).flatMap(({ from }) => from.workloads)
    expect([...new Set(asking.map(({ name }) => name))].toSorted()).toEqual(callers.toSorted())
  })

  it('is not asked about where it would be too many', () => {
    const after = worldOf([...world, policy('new', { ...deny, ...ofApi })])
    const touched = touchedBetween(groundsOf(before), groundsOf(after))
    const pairs = pairsIn(after, touched)
    expect(pairs).toBe(cellsIn(after, touched).length)
    const worlds = {
      before: <A>(ask: (of: MeshWorld) => A) => ask(before),
      after: <A>(ask: (of: MeshWorld) => A) => ask(after),
    }
    expect(boundedDifference(worlds, pairs - 1)).toBeUndefined()
    expect(boundedDifference(worlds, pairs)).toEqual(whole(before, after))
    const refs = boundedDifference(worlds, pairs)?.map((each) =>
      refKey((each.after ?? each.before)?.to.ref ?? draftRef),
    )
    expect(new Set(refs)).toEqual(new Set([refKey(draftRef)]))
  })
})

const draftRef = { cluster: 'one', group: '', version: 'v1', kind: 'Pod', namespace: 'shop', name: 'api' }
