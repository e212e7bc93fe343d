import { refOf } from '@orbweaver/contracts/kubernetes'
import type { Fix } from '@orbweaver/contracts/plan'
import { expect, test } from 'vitest'
import { namespace, object, pod, service } from '../../samples.ts'
import { kinds } from '../../world/kinds.ts'
import { clusterView } from '../../world/view.ts'
import { createEngine } from '../engine.ts'
import { judges } from '../judges.ts'
import { meshParts } from '../world.ts'
import { withSoundWays } from './sound.ts'

const rule = object('VirtualService', 'rule', {
  namespace: 'shop',
  spec: { hosts: ['web'], http: [{ route: [{ destination: { host: 'webb' } }] }] },
})
const subsets = object('DestinationRule', 'web', {
  namespace: 'shop',
  spec: { host: 'web', subsets: [{ name: 'v1', labels: { app: 'web' } }] },
})
const config = clusterView(
  'hub',
  [namespace('shop'), service('web', 'shop'), pod('web-1', 'shop', { labels: { app: 'web' } }), rule, subsets],
  Object.values(kinds),
)
const destination = '/spec/http/0/route/0/destination'

type Operations = Fix['patches'][number]['operations']
const to = (value: Record<string, string>): Operations => [{ op: 'replace', path: destination, value }]
const way = (code: string, ...patches: Fix['patches']): Fix => ({ code, params: {}, patches })
const ofRule = (operations: Operations) => ({ ref: refOf('hub', rule), operations })

/** Which of some ways out of the host that is not found are left. */
function soundOf(...fixes: Fix[]): string[] {
  const engine = createEngine(meshParts({ config }), judges)
  const all = engine.findings()
  const missing = all.filter(({ code }) => code === 'virtualservice.host-not-found')
  expect(missing).toHaveLength(1)
  const told = missing.map((each) => withSoundWays(engine, { ...each, fixes }))
  expect(engine.findings()).toBe(all)
  return told.flatMap((each) => each.fixes.map(({ code }) => code))
}

test('a way out holds that takes the finding away and brings no other', () => {
  expect(
    soundOf(
      way('good', ofRule(to({ host: 'web' }))),
      way('subset', ofRule(to({ host: 'web', subset: 'v1' }))),
      way('no such subset', ofRule(to({ host: 'web', subset: 'v2' }))),
      way('still', ofRule(to({ host: 'wbb' }))),
    ),
  ).toEqual(['good', 'subset'])
})

test('what it brings elsewhere counts', () => {
  const without: Operations = [{ op: 'replace', path: '/spec/subsets/0/labels/app', value: 'gone' }]
  const of = { ref: refOf('hub', subsets), operations: without }
  expect(soundOf(way('both', ofRule(to({ host: 'web', subset: 'v1' })), of))).toEqual([])
})

test('one object may have several patches, each upon the one before', () => {
  const first: Operations = [{ op: 'remove', path: destination }]
  const then: Operations = [{ op: 'add', path: destination, value: { host: 'web' } }]
  expect(soundOf(way('two steps', ofRule(first), ofRule(then)), way('turned', ofRule(then), ofRule(first)))).toEqual([
    'two steps',
  ])
})

test('what does not fit, or is nowhere, is none; what is made anew is tried too', () => {
  const made = service('webb', 'shop')
  const create = (cluster: string) => ({
    ref: refOf(cluster, made),
    operations: [{ op: 'add' as const, path: '', value: { ...made } }],
  })
  const fits = ofRule([{ op: 'replace', path: '/spec/http/7/route', value: [] }])
  const labelled = pod('webb-1', 'shop', { labels: { app: 'webb' } })
  const workload = {
    ref: refOf('hub', labelled),
    operations: [{ op: 'add' as const, path: '', value: { ...labelled } }],
  }
  expect(
    soundOf(
      way('no such place', fits),
      way('no such cluster', create('east')),
      way('service and workload', create('hub'), workload),
      way('service', create('hub')),
    ),
  ).toEqual(['service and workload'])
})
