import { expect, it } from 'vitest'
import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { namespace, object } from '../samples.ts'
import { facts, run } from './samples.ts'

const daemonSet = (name: string, [ready, desired]: [number, number]) => ({
  ...object('DaemonSet', name, { namespace: 'istio-cni' }),
  status: { numberReady: ready, desiredNumberScheduled: desired },
})
const withCni = { values: { pilot: { cni: { enabled: true } } } }
const found = (topic: string, spec: JsonRecord, ...objects: KubernetesObject[]) =>
  run({ kind: 'Dedicated', ...spec }, [facts('hub', {}, ...objects)]).filter((each) => each.id.startsWith(`${topic}.`))

it.each([
  [[], {}, { id: 'data-plane.none', severity: 'ok' }],
  [[], withCni, { id: 'data-plane.cni-missing', severity: 'blocking' }],
  [[daemonSet('istio-cni-node', [3, 3])], {}, { id: 'data-plane.cni', severity: 'info' }],
  [[daemonSet('istio-cni-node', [3, 3])], withCni, { id: 'data-plane.cni', severity: 'ok' }],
  [[daemonSet('istio-cni-node', [2, 3])], {}, { id: 'data-plane.cni-not-ready', severity: 'warning' }],
])('tells the CNI plugin', (objects, spec, wanted) => {
  const [told] = found('data-plane', spec, ...objects)
  expect(told).toMatchObject(wanted)
  expect(told?.evidence.map((each) => each.value)).toEqual(objects.map((each) => `${each.status.numberReady}/3`))
})

it('tells a ztunnel that was left, and how it goes', () => {
  expect(found('data-plane', {}, daemonSet('ztunnel', [1, 1]))).toMatchObject([
    { id: 'data-plane.ztunnel', fix: { commands: ['kubectl delete daemonset ztunnel --namespace istio-cni'] } },
  ])
  const sails = daemonSet('ztunnel', [1, 1])
  sails.metadata.ownerReferences = [{ kind: 'ZTunnel', name: 'default' }]
  expect(found('data-plane', {}, sails)[0]?.fix?.commands).toEqual(['kubectl delete ztunnel default'])
})

const enforcing = (level: string, labels: Record<string, string>) =>
  namespace('shop', { 'pod-security.kubernetes.io/enforce': level, ...labels })

it.each([
  ['restricted', { 'istio-injection': 'enabled' }, 'pod-security.refuses'],
  ['baseline', { 'istio.io/rev': 'shop-v1-30-3' }, 'pod-security.refuses'],
  ['privileged', { 'istio-injection': 'enabled' }, 'pod-security.ok'],
  ['restricted', { 'istio-injection': 'disabled' }, 'pod-security.ok'],
  ['restricted', { 'istio.io/rev': 'another' }, 'pod-security.ok'],
  ['restricted', {}, 'pod-security.ok'],
])('tells namespaces that ask for a sidecar and refuse it: %s %j', (level, labels, id) => {
  expect(found('pod-security', {}, enforcing(level, labels))[0]?.id).toBe(id)
})

it('shows which, with the command for each, and asks for nothing where the CNI plugin does it', () => {
  const shop = enforcing('restricted', { 'istio-injection': 'enabled' })
  expect(found('pod-security', {}, shop)).toMatchObject([
    {
      severity: 'warning',
      params: { count: 1 },
      evidence: [{ ref: { kind: 'Namespace', name: 'shop' }, value: 'pod-security.kubernetes.io/enforce=restricted' }],
      fix: { commands: ['kubectl label namespace shop pod-security.kubernetes.io/enforce=privileged --overwrite'] },
    },
  ])
  expect(found('pod-security', {}, shop, daemonSet('istio-cni-node', [1, 1]))[0]?.id).toBe('pod-security.cni')
})

it('tells an OpenShift, with what its administrator grants', () => {
  const crd = object('CustomResourceDefinition', 'clusterversions.config.openshift.io')
  expect(found('openshift', {}, crd)[0]?.fix?.commands).toEqual([
    'oc adm policy add-scc-to-group anyuid system:serviceaccounts:istio-system',
  ])
  expect(found('openshift', {})).toEqual([])
})
