import { expect, it, test } from 'vitest'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { injectionWorld } from '../injection/world.ts'
import { meshOf, namespace, object, pod, webhooks } from '../samples.ts'
import { clusterView } from '../world/view.ts'
import { defaultMove, followersOf } from './default-move.ts'

const mesh = meshOf({ kind: 'Dedicated', version: 'v1.31.0' })
const own = { 'app.kubernetes.io/managed-by': 'orbweaver', 'orbweaver.dev/mesh': 'shop' }
const tag = (name: string, more: { labels?: Record<string, string>; kind?: string } = {}) =>
  object('IstioRevisionTag', 'default', {
    labels: more.labels ?? own,
    spec: { targetRef: { kind: more.kind ?? 'IstioRevision', name } },
  })
const revision = (name: string, status: string): KubernetesObject => ({
  ...object('IstioRevision', name),
  status: { conditions: [{ type: 'Ready', status }] },
})
const [old, ready] = [revision('shop-v1-30-3', 'True'), revision('shop-v1-31-0', 'True')]

test.each<[string, KubernetesObject[], object]>([
  ['goes to the version of the mesh', [tag('shop-v1-30-3'), old, ready], { from: 'shop-v1-30-3', to: 'shop-v1-31-0' }],
  ['may be there already', [tag('shop-v1-31-0'), ready], { from: 'shop-v1-31-0', to: 'shop-v1-31-0' }],
  [
    'waits for the revision',
    [tag('shop-v1-30-3'), old, revision('shop-v1-31-0', 'False')],
    { code: 'meshes.default_not_ready' },
  ],
  ['waits until it is there', [tag('shop-v1-30-3'), old], { code: 'meshes.default_not_ready' }],
  ['has to be there', [old, ready], { code: 'meshes.default_missing' }],
  ['is not taken from others', [tag('other', { labels: {} }), ready], { code: 'meshes.default_foreign' }],
  ['follows an Istio by itself', [tag('shop', { kind: 'Istio' }), ready], { code: 'meshes.default_foreign' }],
])('the default %s', (_, objects, expected) => {
  expect(defaultMove(mesh, clusterView('hub', objects))).toMatchObject(expected)
})

it('is followed by what asks for it, and by nobody who names a revision or has no sidecar', () => {
  const deployment = (name: string, at: string, labels: Record<string, string> = {}) =>
    object('Deployment', name, {
      namespace: at,
      spec: { template: { metadata: { labels: { app: name, ...labels } }, spec: { containers: [] } } },
    })
  const view = clusterView('hub', [
    webhooks('istio-revision-tag-default', { revision: 'shop-v1-30-3', tag: 'default', isDefault: true }),
    webhooks('istio-sidecar-injector-shop-v1-31-0', { revision: 'shop-v1-31-0' }),
    namespace('a', { 'istio-injection': 'enabled' }),
    namespace('b', { 'istio.io/rev': 'shop-v1-31-0' }),
    namespace('c'),
    deployment('web', 'a'),
    deployment('out', 'a', { 'sidecar.istio.io/inject': 'false' }),
    deployment('named', 'b'),
    deployment('none', 'c'),
    deployment('by-itself', 'c', { 'sidecar.istio.io/inject': 'true' }),
    pod('web-1', 'a', { labels: { app: 'web' }, by: 'shop-v1-30-3' }),
    pod('web-2', 'a', { labels: { app: 'web' }, by: 'shop-v1-31-0' }),
    pod('web-3', 'a', { labels: { app: 'web' }, by: 'shop-v1-30-3', phase: 'Succeeded' }),
    pod('web-4', 'a', { labels: { app: 'web' } }),
  ])
  const move = { from: 'shop-v1-30-3', to: 'shop-v1-31-0' }
  expect(followersOf(injectionWorld(view), move).map(({ ref, pods }) => [ref.name, pods])).toEqual([
    ['web', 1],
    ['by-itself', 0],
  ])
  expect(followersOf(injectionWorld(view), { from: 'other', to: 'shop-v1-31-0' })).toEqual([])
  expect(followersOf(injectionWorld(view), { from: move.from, to: move.from })).toEqual([])
})

it('is followed by CronJobs with their next run, and by Jobs that are not over', () => {
  const template = (labels: Record<string, string> = {}) => ({ metadata: { labels }, spec: { containers: [] } })
  const job = (name: string, more: { owner?: string; over?: string; labels?: Record<string, string> } = {}) => {
    const made = object('Job', name, { namespace: 'a', spec: { template: template(more.labels) } })
    const owner = { apiVersion: 'batch/v1', kind: 'CronJob', name: more.owner ?? '', controller: true }
    return {
      ...made,
      metadata: { ...made.metadata, ownerReferences: more.owner === undefined ? [] : [owner] },
      status: { conditions: more.over === undefined ? [] : [{ type: more.over, status: 'True' }] },
    }
  }
  const cronJob = (name: string, labels: Record<string, string> = {}) =>
    object('CronJob', name, { namespace: 'a', spec: { jobTemplate: { spec: { template: template(labels) } } } })
  const by = 'shop-v1-30-3'
  const view = clusterView('hub', [
    webhooks('istio-revision-tag-default', { revision: by, tag: 'default', isDefault: true }),
    namespace('a', { 'istio-injection': 'enabled' }),
    cronJob('nightly'),
    cronJob('bare', { 'sidecar.istio.io/inject': 'false' }),
    job('nightly-1', { owner: 'nightly', over: 'Complete' }),
    job('nightly-2', { owner: 'nightly' }),
    job('import'),
    job('done', { over: 'Complete' }),
    job('broken', { over: 'Failed' }),
    job('out', { labels: { 'sidecar.istio.io/inject': 'false' } }),
    pod('nightly-1-a', 'a', { owner: ['Job', 'nightly-1'], by, phase: 'Succeeded' }),
    pod('nightly-2-a', 'a', { owner: ['Job', 'nightly-2'], by }),
    pod('import-a', 'a', { owner: ['Job', 'import'], by }),
    pod('import-b', 'a', { owner: ['Job', 'import'], by: 'shop-v1-31-0' }),
  ])
  const followers = followersOf(injectionWorld(view), { from: by, to: 'shop-v1-31-0' })
  expect(followers.map(({ ref, pods }) => [ref.kind, ref.name, pods])).toEqual([
    ['CronJob', 'nightly', 1],
    ['Job', 'import', 1],
  ])
})
