import { textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { object, pod, service } from '../samples.ts'
import { type KindKey, kindOf, kinds } from '../world/kinds.ts'
import { meshSettings } from '../world/mesh-settings.ts'
import { type ClusterView, clusterView } from '../world/view.ts'
import { judge, ranked } from './judge.ts'
import { createEngine } from './engine.ts'
import type { Judge } from './finding.ts'
import { judges } from './judges.ts'
import { meshParts } from './world.ts'

const everything = Object.values(kinds)

/** Clusters that can change, with a version a kind, and a count of how often each kind's list was taken. */
function changing(names: string[]) {
  const objects = new Map<string, KubernetesObject[]>(names.map((name) => [name, []]))
  const unread = new Set<KindKey>()
  const versions = new Map<string, number>()
  const listed = new Map<KindKey, number>()
  const now = (name: string) =>
    clusterView(
      name,
      objects.get(name) ?? [],
      everything.filter((each) => !unread.has(each)),
    )
  let clock = 0
  const bump = (name: string, kind: KindKey) => versions.set(`${name} ${kind}`, ++clock)
  return {
    listed,
    now,
    view: (name: string): ClusterView => ({
      cluster: name,
      has: (kind) => now(name).has(kind),
      list(kind, namespace) {
        listed.set(kind, (listed.get(kind) ?? 0) + 1)
        return now(name).list(kind, namespace)
      },
      get: (kind, ...of) => now(name).get(kind, ...of),
    }),
    version: (name: string, kind: KindKey) => versions.get(`${name} ${kind}`) ?? 0,
    put(name: string, ...added: KubernetesObject[]) {
      const keyOf = ({ metadata, kind }: KubernetesObject) => `${kind} ${metadata.namespace} ${metadata.name}`
      const replaced = new Set(added.map(keyOf))
      objects.set(name, [...(objects.get(name) ?? []).filter((each) => !replaced.has(keyOf(each))), ...added])
      for (const each of added) bump(name, kindOf(each))
    },
    clear(name: string, kind: KindKey) {
      objects.set(
        name,
        (objects.get(name) ?? []).filter((each) => kindOf(each) !== kind),
      )
      bump(name, kind)
    },
    lose(kind: KindKey) {
      unread.add(kind)
      for (const name of names) bump(name, kind)
    },
  }
}

const route = (name: string, host: string, subset = 'v1') =>
  object('VirtualService', name, {
    namespace: 'shop',
    spec: { hosts: [host], http: [{ route: [{ destination: { host, subset } }] }] },
  })
const rule = (name: string, host: string, subset = 'v1') =>
  object('DestinationRule', name, {
    namespace: 'shop',
    spec: { host, subsets: [{ name: subset, labels: { version: subset } }] },
  })

function shop() {
  const fleet = changing(['hub'])
  fleet.put('hub', service('web', 'shop'))
  fleet.put('hub', pod('web-1', 'shop', { labels: { app: 'web', version: 'v1' } }))
  fleet.put('hub', route('web', 'web'), rule('web', 'web'), route('lost', 'gone'))
  const config = fleet.view('hub')
  const asked: string[] = []
  const noting = judges.map(
    (each): Judge => ({
      ...each,
      judge(subject, world) {
        asked.push(subject.object.metadata.name)
        return each.judge(subject, world)
      },
    }),
  )
  const engine = createEngine(meshParts({ config }), noting, fleet.version)
  const codes = () => engine.findings().map(({ code }) => code)
  return { fleet, engine, codes, asked }
}

test('nothing is judged again while nothing has changed', () => {
  const { fleet, engine, asked } = shop()
  const first = engine.findings()
  expect(first.map(({ code }) => code).toSorted()).toEqual([
    'virtualservice.host-not-found',
    'virtualservice.subset-not-found',
  ])
  asked.length = 0
  fleet.listed.clear()
  expect(engine.findings()).toBe(first)
  fleet.put('hub', object('Lease', 'any', { namespace: 'shop' }))
  expect(engine.findings()).toBe(first)
  expect([...fleet.listed, ...asked]).toEqual([])
})

test('only objects that looked at what changed are judged again', () => {
  const { fleet, engine, codes, asked } = shop()
  engine.findings()
  asked.length = 0
  fleet.clear('hub', kinds.pod)
  expect(codes()).toContain('destinationrule.subset-empty')
  expect(new Set(asked)).toEqual(new Set(['web']))
  asked.length = 0
  fleet.put('hub', service('gone', 'shop'))
  expect(codes()).not.toContain('virtualservice.host-not-found')
  expect(asked).toContain('lost')
})

test('a kind that is no longer read is a change: its absence says nothing any more', () => {
  const { fleet, codes } = shop()
  expect(codes()).toContain('virtualservice.host-not-found')
  fleet.lose(kinds.service)
  fleet.clear('hub', kinds.service)
  expect(codes()).not.toContain('virtualservice.host-not-found')
})

test('what the mesh is set to is read again when its ConfigMap changes', () => {
  const fleet = changing(['hub'])
  const root = (namespace: string) =>
    Object.assign(object('ConfigMap', 'istio', { namespace: 'istio-system' }), { data: { mesh: namespace } })
  const policy = { namespace: 'shop', spec: { selector: { matchLabels: { app: 'web' } } } }
  const inside = pod('web-1', 'shop', { labels: { app: 'web' }, by: 'default' })
  fleet.put('hub', root('shop'), object('PeerAuthentication', 'web', policy), inside)
  const settings = (view: ClusterView) =>
    meshSettings({
      istioNamespace: textAt(view.get(kinds.configMap, 'istio', 'istio-system'), 'data', 'mesh') ?? '',
    })
  const engine = createEngine({ ...meshParts({ config: fleet.view('hub') }), settings }, judges, fleet.version)
  expect(engine.findings().map(({ code }) => code)).toEqual(['peerauthentication.root-selector'])
  fleet.put('hub', root('elsewhere'))
  expect(engine.findings()).toEqual([])
})

test('what is judged part by part, while the world changes, is what is judged at once', () => {
  const { fleet, engine, asked } = shop()
  expect(engine.judge(1)).toBe(false)
  expect(new Set(asked).size).toBe(1)
  fleet.put('hub', service('gone', 'shop'))
  expect(engine.judge(1)).toBe(false)
  while (!engine.judge(1)) expect(asked.length).toBeLessThan(1_000)
  asked.length = 0
  expect(ranked(engine.findings())).toEqual(judge(meshParts({ config: fleet.now('hub') })))
  expect(asked).toEqual([])
})

test('a question waits for no judgement', () => {
  const { engine, asked } = shop()
  expect(engine.ask(({ hosts }) => hosts.find('web', 'shop')?.namespace)).toBe('shop')
  const gone = { ref: refOf('hub', service('web', 'shop')), after: undefined }
  expect(engine.ask(({ hosts }) => hosts.find('web', 'shop'), [gone])).toBeUndefined()
  expect(asked).toEqual([])
})

test('a change is judged and taken back', () => {
  const { fleet, engine, asked } = shop()
  const before = engine.findings()
  asked.length = 0
  const laid = (after: KubernetesObject | undefined, was: KubernetesObject) => [{ ref: refOf('hub', was), after }]
  const changed = engine.with(laid(undefined, rule('web', 'web')))
  expect(changed.filter(({ code }) => code === 'virtualservice.subset-not-found')).toHaveLength(2)
  expect(engine.findings()).toBe(before)
  expect(fleet.now('hub').list(kinds.destinationRule)).toHaveLength(1)
  const policy = object('PeerAuthentication', 'any', { namespace: 'shop' })
  asked.length = 0
  expect(engine.with(laid(policy, policy))).toEqual(before)
  expect(new Set(asked)).toEqual(new Set(['any']))
})

const names = fc.constantFrom('web', 'api', 'gone')
const hosts = fc.oneof(names, fc.constantFrom('a.example.com', '*.example.com', '*.com'))
const entry = (name: string, host: string) =>
  object('ServiceEntry', name, {
    namespace: 'shop',
    spec: { hosts: [host], ports: [{ number: 80, protocol: 'HTTP' }] },
  })
const step = fc.oneof(
  fc.record({ cluster: fc.constantFrom('hub', 'east'), put: names.map((name) => service(name, 'shop')) }),
  fc.record({ cluster: fc.constant('hub'), put: fc.tuple(names, hosts).map(([name, host]) => route(name, host)) }),
  fc.record({ cluster: fc.constant('hub'), put: fc.tuple(names, hosts).map(([name, host]) => rule(name, host)) }),
  fc.record({ cluster: fc.constant('hub'), put: fc.tuple(names, hosts).map(([name, host]) => entry(name, host)) }),
  fc.record({
    cluster: fc.constantFrom('hub', 'east'),
    put: names.map((name) => pod(name, 'shop', { labels: { app: name, version: 'v1' } })),
  }),
  fc.record({
    cluster: fc.constantFrom('hub', 'east'),
    clear: fc.constantFrom<KindKey>(
      kinds.service,
      kinds.pod,
      kinds.destinationRule,
      kinds.virtualService,
      kinds.serviceEntry,
    ),
  }),
)

test('after whatever happens it finds what a judgement from the ground up finds, with a change laid over it too', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), step, (steps, last) => {
      const fleet = changing(['hub', 'east'])
      const views = [fleet.view('hub'), fleet.view('east')]
      const [config = fleet.view('hub')] = views
      const engine = createEngine(meshParts({ config, clusters: views }), judges, fleet.version)
      const anew = () => {
        const clusters = [fleet.now('hub'), fleet.now('east')]
        const [first = fleet.now('hub')] = clusters
        return judge(meshParts({ config: first, clusters }))
      }
      const take = (each: typeof last) =>
        'put' in each ? fleet.put(each.cluster, each.put) : fleet.clear(each.cluster, each.clear)
      for (const each of steps) {
        take(each)
        expect(ranked(engine.findings())).toEqual(anew())
      }
      // The last step is laid over what is known, before it happens.
      const was = 'put' in last ? [] : fleet.now(last.cluster).list(last.clear)
      const laid = 'put' in last ? [{ ref: refOf(last.cluster, last.put), after: last.put }] : []
      const gone = was.map((each) => ({ ref: refOf(last.cluster, each), after: undefined }))
      const then = ranked(engine.with([...laid, ...gone]))
      expect(ranked(engine.findings())).toEqual(anew())
      take(last)
      expect(then).toEqual(anew())
      expect(ranked(engine.findings())).toEqual(anew())
    }),
    { numRuns: 60 },
  )
})

test('a question is answered by the world as it is, or as it would be with a change, which is taken back', () => {
  const mesh = changing(['hub'])
  const rule = object('VirtualService', 'web', { namespace: 'shop', spec: { hosts: ['web'] } })
  mesh.put('hub', service('web', 'shop'))
  const engine = createEngine(meshParts({ config: mesh.view('hub') }), judges, mesh.version)
  const full = 'web.shop.svc.cluster.local'
  const hosts = (laid: Parameters<typeof engine.with>[0] = []) =>
    engine.ask(
      (world) => [world.hosts.find(full, 'shop') !== undefined, world.config.list(kinds.virtualService).length],
      laid,
    )
  expect(hosts()).toEqual([true, 0])
  expect(hosts([{ ref: refOf('hub', rule), after: rule }])).toEqual([true, 1])
  expect(hosts()).toEqual([true, 0])
  mesh.put('hub', rule)
  expect(hosts()).toEqual([true, 1])
  expect(hosts([{ ref: refOf('hub', service('web', 'shop')), after: undefined }])).toEqual([false, 1])
  const fails = () =>
    engine.ask(() => {
      throw new Error('a question that fails')
    }, [{ ref: refOf('hub', rule), after: undefined }])
  expect(fails).toThrow('a question that fails')
  expect(hosts()).toEqual([true, 1])
})
