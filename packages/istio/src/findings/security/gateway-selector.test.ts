import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { expect, it } from 'vitest'
import { object, pod } from '../../samples.ts'
import { faultsOfFixes, findingsOf } from '../fixes/cases.ts'

const front = { app: 'front', 'gateway.networking.k8s.io/gateway-name': 'front' }
const gatewayPod = (name: string, labels: Record<string, string> = front, namespace = 'shop') =>
  pod(name, namespace, { labels, by: 'v1' })
const gateway: KubernetesObject = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'front', namespace: 'shop' },
}
const policy = (spec: JsonRecord, kind = 'AuthorizationPolicy') =>
  object(kind, 'rule', {
    namespace: 'shop',
    spec: { ...(kind === 'WasmPlugin' ? { url: 'oci://a/b:1' } : {}), ...spec },
  })
const selecting = (labels: JsonRecord) => ({ selector: { matchLabels: labels } })
const said = (...objects: KubernetesObject[]) => {
  expect(faultsOfFixes({ objects })).toEqual([])
  return findingsOf({ objects }).flatMap((each) =>
    each.code === 'policy.gateway-selector'
      ? [[each.pointer, each.params['gateways'], ...each.aliases, ...each.fixes.map((fix) => fix.code)].join(' ')]
      : [],
  )
}
const plain = ['/spec/selector front IST0166']
const fixable = ['/spec/selector front IST0166 refer']
const byApp = policy(selecting({ app: 'front' }))

it.each(['AuthorizationPolicy', 'RequestAuthentication', 'WasmPlugin'])('%s selects Pods of a Gateway', (kind) => {
  expect(said(policy(selecting({ app: 'front' }), kind), gatewayPod('a'), gateway)).toEqual(fixable)
  expect(said(policy(selecting({ app: 'front' }), kind), gatewayPod('a'))).toEqual(plain)
})
it('Telemetry too; which one replaces the other is for people', () => {
  expect(said(policy(selecting({ app: 'front' }), 'Telemetry'), gatewayPod('a'), gateway)).toEqual(plain)
  expect(said(policy(selecting({ app: 'front' }), 'PeerAuthentication'), gatewayPod('a'), gateway)).toEqual([])
})
it('counts Pods of the namespace that have all labels', () => {
  expect(said(byApp, gatewayPod('a', front, 'other'))).toEqual([])
  expect(said(byApp, gatewayPod('a', { ...front, app: 'web' }))).toEqual([])
  expect(said(byApp, gatewayPod('a', { app: 'front' }))).toEqual([])
  expect(said(policy({ selector: {} }), gatewayPod('a'), gateway)).toEqual(fixable)
  expect(said(policy({}), gatewayPod('a'), gateway)).toEqual([])
})
it('leaves what refers to something alone', () => {
  const targetRef = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'front' }
  expect(said(policy({ ...selecting({ app: 'front' }), targetRef }), gatewayPod('a'))).toEqual([])
  expect(said(policy({ ...selecting({ app: 'front' }), targetRefs: [targetRef] }), gatewayPod('a'), gateway)).toEqual(
    plain,
  )
})
it('has no way out where others are selected as well', () => {
  expect(said(byApp, gatewayPod('a'), gatewayPod('b', { app: 'front' }), gateway)).toEqual(plain)
  const back = { ...front, 'gateway.networking.k8s.io/gateway-name': 'back' }
  expect(said(byApp, gatewayPod('a'), gatewayPod('b', back), gateway)).toEqual(['/spec/selector front, back IST0166'])
})
