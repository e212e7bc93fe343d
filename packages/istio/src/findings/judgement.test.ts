import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { object, pod, service } from '../samples.ts'
import { type KindKey, kindOf, kinds } from '../world/kinds.ts'
import { type ClusterView, clusterView } from '../world/view.ts'
import { judge } from './judge.ts'
import { createJudgement } from './judgement.ts'
import { meshWorld } from './world.ts'

const everything = Object.values(kinds)
const rootNamespace = 'istio-system'

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
  const judgement = createJudgement({ config, clusters: [config], unread: [], rootNamespace }, fleet.version)
  return { fleet, config, judgement }
}

test('nothing is judged again while nothing has changed', () => {
  const { fleet, judgement } = shop()
  const first = judgement.findings()
  expect(first.map(({ code }) => code)).toEqual(['virtualservice.host-not-found', 'virtualservice.subset-not-found'])
  fleet.listed.clear()
  expect(judgement.findings()).toBe(first)
  expect([...fleet.listed]).toEqual([])
  fleet.put('hub', object('RequestAuthentication', 'any', { namespace: 'shop' }))
  expect(judgement.findings()).toBe(first)
})

test('only judges that looked at what changed are asked again', () => {
  const { fleet, judgement } = shop()
  judgement.findings()
  fleet.listed.clear()
  fleet.clear('hub', kinds.pod)
  expect(judgement.findings().map(({ code }) => code)).toContain('destinationrule.subset-empty')
  expect(fleet.listed.get(kinds.pod)).toBeGreaterThan(0)
  expect(fleet.listed.get(kinds.authorizationPolicy)).toBeUndefined()
  expect(fleet.listed.get(kinds.service)).toBeUndefined()
})

test('a kind that is no longer read is a change: its absence says nothing any more', () => {
  const { fleet, judgement } = shop()
  expect(judgement.findings().map(({ code }) => code)).toContain('virtualservice.host-not-found')
  fleet.lose(kinds.service)
  fleet.clear('hub', kinds.service)
  expect(judgement.findings().map(({ code }) => code)).not.toContain('virtualservice.host-not-found')
})

test('a change is judged by those who look at it, and leaves what is known as it was', () => {
  const { fleet, config, judgement } = shop()
  const before = judgement.findings()
  fleet.listed.clear()
  const after = clusterView('hub', [...fleet.now('hub').list(kinds.pod), rule('web', 'web')], everything)
  const touched = new Set([kinds.peerAuthentication])
  expect(judgement.with({ config: after, clusters: [after], kinds: touched })).toEqual(before)
  expect([...fleet.listed]).toEqual([])
  const noRules = clusterView(
    'hub',
    [...fleet.now('hub').list(kinds.service), ...fleet.now('hub').list(kinds.virtualService)],
    everything,
  )
  const changed = judgement.with({ config: noRules, clusters: [noRules], kinds: new Set([kinds.destinationRule]) })
  expect(changed.filter(({ code }) => code === 'virtualservice.subset-not-found')).toHaveLength(2)
  expect(judgement.findings()).toBe(before)
  expect(config.cluster).toBe('hub')
})

const names = fc.constantFrom('web', 'api', 'gone')
const step = fc.oneof(
  fc.record({ cluster: fc.constantFrom('hub', 'east'), put: names.map((name) => service(name, 'shop')) }),
  fc.record({ cluster: fc.constant('hub'), put: fc.tuple(names, names).map(([name, host]) => route(name, host)) }),
  fc.record({ cluster: fc.constant('hub'), put: fc.tuple(names, names).map(([name, host]) => rule(name, host)) }),
  fc.record({
    cluster: fc.constantFrom('hub', 'east'),
    put: names.map((name) => pod(name, 'shop', { labels: { app: name, version: 'v1' } })),
  }),
  fc.record({
    cluster: fc.constantFrom('hub', 'east'),
    clear: fc.constantFrom<KindKey>(kinds.service, kinds.pod, kinds.destinationRule, kinds.virtualService),
  }),
)

test('after whatever happens it finds what a judgement from the ground up finds, with a change laid over it too', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), step, (steps, last) => {
      const fleet = changing(['hub', 'east'])
      const views = [fleet.view('hub'), fleet.view('east')]
      const [config = fleet.view('hub')] = views
      const judgement = createJudgement({ config, clusters: views, unread: [], rootNamespace }, fleet.version)
      const anew = () => {
        const clusters = [fleet.now('hub'), fleet.now('east')]
        const [first = fleet.now('hub')] = clusters
        return judge(meshWorld({ config: first, clusters, unread: [], rootNamespace }), 'rules')
      }
      const take = (each: typeof last) =>
        'put' in each ? fleet.put(each.cluster, each.put) : fleet.clear(each.cluster, each.clear)
      for (const each of steps) {
        take(each)
        expect(judgement.findings()).toEqual(anew())
      }
      // The last step is laid over an identical judgement that has not seen it happen.
      const before = [fleet.now('hub'), fleet.now('east')]
      const [still = fleet.now('hub')] = before
      const resting = createJudgement({ config: still, clusters: before, unread: [], rootNamespace }, () => 0)
      take(last)
      const after = [fleet.now('hub'), fleet.now('east')]
      const [laid = fleet.now('hub')] = after
      const touched = new Set('put' in last ? [kindOf(last.put)] : [last.clear])
      expect(resting.with({ config: laid, clusters: after, kinds: touched })).toEqual(anew())
    }),
    { numRuns: 60 },
  )
})
