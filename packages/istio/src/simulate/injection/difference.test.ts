import { type KubernetesObject, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import { expect, it } from 'vitest'
import { meshParts } from '../../findings/world.ts'
import { namespace, object, webhooks } from '../../samples.ts'
import { kinds } from '../../world/kinds.ts'
import { clusterView } from '../../world/view.ts'
import { worldOf } from '../world.ts'
import { injectedBy, injectionDifference, injectionTold } from './difference.ts'

const hook = webhooks('istio-revision-tag-default', { revision: 'v1', tag: 'default', isDefault: true })
const made = (name: string, labels: Record<string, string> = {}) =>
  object('Deployment', name, {
    namespace: 'shop',
    spec: { template: { metadata: { labels }, spec: { containers: [] } } },
  })
const never = { 'sidecar.istio.io/inject': 'false' }
const nightly = object('CronJob', 'nightly', {
  namespace: 'shop',
  spec: { jobTemplate: { spec: { template: { metadata: {}, spec: { containers: [] } } } } },
})
const world = (shop: KubernetesObject) =>
  worldOf(
    meshParts({
      config: clusterView('c', [hook, shop, made('web'), made('batch', never), nightly], Object.values(kinds)),
    }),
  )
const home: ObjectRef = { cluster: 'c', group: '', version: 'v1', kind: 'Namespace', name: 'shop' }
const [without, withIt] = [namespace('shop'), namespace('shop', { 'istio-injection': 'enabled' })].map(world)

it('asks of a namespace about what makes Pods there, and of a workload about itself', () => {
  if (without === undefined) throw new Error('no world')
  const names = (refs: readonly ObjectRef[]) => injectedBy(without, refs).map(({ kind, name }) => `${kind} ${name}`)
  expect(names([home, home])).toEqual(['Namespace shop', 'Deployment web', 'Deployment batch', 'CronJob nightly'])
  expect(names([refOf('c', made('web')), refOf('c', object('Pod', 'p', { namespace: 'shop' }))])).toEqual([
    'Deployment web',
    'Pod p',
  ])
  expect(
    names([
      { ...home, kind: 'Service' },
      { ...home, cluster: 'gone' },
    ]),
  ).toEqual([])
})

it('tells whose new Pods get something else', () => {
  if (without === undefined || withIt === undefined) throw new Error('no world')
  const refs = injectedBy(without, [home])
  const [before, after] = [without, withIt].map((each) => injectionTold(each, refs))
  const found = injectionDifference(before ?? new Map(), after ?? new Map())
  expect(
    found.map(({ ref, before: was, after: now }) => [ref.name, was.outcome, now.outcome, now.by?.revision]),
  ).toEqual([
    ['shop', 'not-injected', 'injected', 'v1'],
    ['web', 'not-injected', 'injected', 'v1'],
    ['nightly', 'not-injected', 'injected', 'v1'],
  ])
  expect(injectionDifference(after ?? new Map(), after ?? new Map())).toEqual([])
})
