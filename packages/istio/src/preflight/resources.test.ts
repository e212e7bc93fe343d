import { expect, it } from 'vitest'
import type { JsonRecord } from '@orbweaver/contracts/json'
import { object } from '../samples.ts'
import type { ClusterFacts } from './check.ts'
import { facts, run } from './samples.ts'

const found = (topic: string, spec: JsonRecord, more: Partial<ClusterFacts> = {}) =>
  run({ kind: 'Dedicated', ...spec }, [facts('hub', more)]).filter((each) => each.id.startsWith(`${topic}.`))

it.each([
  ['512', 'sizes.without-unit'],
  ['2Gi', 'sizes.ok'],
  ['2GB', 'sizes.unreadable'],
  [134_217_728, 'sizes.ok'],
  ['-1Gi', 'sizes.unreadable'],
])('refuses memory that cannot be meant: %s', (memory, id) => {
  const settings = { sidecar: { proxyResources: { limits: { memory } } } }
  expect(found('sizes', { settings }).map((each) => each.id)).toEqual([id])
})

it('names the value and the field that is to be written anew', () => {
  const controlPlane = { cluster: 'hub', resources: { requests: { cpu: '2000', memory: '100' } } }
  expect(found('sizes', { controlPlane }).map((each) => each.params)).toEqual([
    { field: 'pilot.resources.requests.cpu', value: '2000' },
    { field: 'pilot.resources.requests.memory', value: '100' },
  ])
})

const quota = (hard: JsonRecord, used: JsonRecord) => ({
  ...object('ResourceQuota', 'small', { namespace: 'istio-system', spec: { hard } }),
  status: { used },
})

it.each([
  [{ pods: '5' }, { pods: '5' }, 'pods: 5/5'],
  [{ 'requests.memory': '4Gi' }, { 'requests.memory': '3Gi' }, 'requests.memory: 3Gi/4Gi'],
])('blocks on a quota that is used up: %j', (hard, used, what) => {
  expect(found('limits', {}, { limits: [quota(hard, used)] })).toMatchObject([
    {
      id: 'limits.quota-full',
      severity: 'blocking',
      params: { namespace: 'istio-system', name: 'small', amount: what },
      evidence: [{ ref: { kind: 'ResourceQuota', name: 'small' }, value: what }],
      fix: { commands: ['kubectl edit resourcequota small --namespace istio-system'] },
    },
  ])
})

it('blocks on a LimitRange that allows no such container', () => {
  const range = (memory: string) =>
    object('LimitRange', 'tiny', {
      namespace: 'istio-system',
      spec: { limits: [{ type: 'Container', max: { memory } }] },
    })
  expect(found('limits', {}, { limits: [range('1Gi')] })).toMatchObject([
    { id: 'limits.too-small', params: { amount: 'max memory 1Gi < 2Gi' } },
  ])
  expect(found('limits', {}, { limits: [range('4Gi')] }).map((each) => each.id)).toEqual(['limits.ok'])
})

it('says that it is not known where nobody could ask, and is well where there is room', () => {
  expect(found('limits', {}, { limits: undefined })).toMatchObject([{ id: 'limits.unknown', severity: 'unknown' }])
  const roomy = [quota({ pods: '5', 'requests.cpu': '4' }, { pods: '4', 'requests.cpu': '3' })]
  expect(found('limits', {}, { limits: roomy }).map((each) => each.id)).toEqual(['limits.ok'])
})
