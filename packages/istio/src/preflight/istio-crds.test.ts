import { expect, it } from 'vitest'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { object } from '../samples.ts'
import { dedicated, facts, one } from './samples.ts'

type Marks = { labels?: Record<string, string>; annotations?: Record<string, string>; served?: string[] }
const crd = (name: string, { labels = {}, annotations = {}, served = ['v1'] }: Marks = {}) =>
  object('CustomResourceDefinition', name, {
    labels,
    annotations,
    spec: {
      group: name.slice(name.indexOf('.') + 1),
      versions: served.map((each) => ({ name: each, served: true })),
    },
  })
const found = (...crds: KubernetesObject[]) => one(dedicated(facts('hub', {}, ...crds)), 'istio-crds')
const services = 'virtualservices.networking.istio.io'
const policies = 'authorizationpolicies.security.istio.io'
const helm = {
  annotations: { 'meta.helm.sh/release-name': 'istio-base', 'meta.helm.sh/release-namespace': 'istio-system' },
}

it('comes with the operator where there is none', () => {
  expect(found(crd('gateways.gateway.networking.k8s.io'))).toMatchObject({ id: 'istio-crds.none', severity: 'ok' })
})

it('is one set of one owner, or of nobody who says so', () => {
  expect(found(crd(services), crd(policies))).toMatchObject({ id: 'istio-crds.ok', params: { count: 2 } })
  expect(found(crd(services, helm), crd(policies))?.evidence).toMatchObject([
    { ref: { name: services }, value: 'Helm istio-system/istio-base' },
  ])
})

it.each([
  [{ labels: { 'olm.managed': 'true' } }, 'Helm istio-system/istio-base, OLM'],
  [{ labels: { 'operator.istio.io/component': 'Base' } }, 'Helm istio-system/istio-base, istioctl'],
])('tells two owners, each with one of theirs: %j', (marks, owners) => {
  const two = found(crd(services, helm), crd(policies, marks))
  expect(two).toMatchObject({ id: 'istio-crds.two-owners', severity: 'warning', params: { owners } })
  expect(two?.evidence).toHaveLength(2)
})

it('blocks where they are too old, or going', () => {
  expect(found(crd(services, { served: ['v1beta1'] }))).toMatchObject({
    id: 'istio-crds.too-old',
    severity: 'blocking',
    evidence: [{ value: 'v1beta1' }],
  })
  const going = crd(services)
  going.metadata.deletionTimestamp = '2026-11-28T00:00:00Z'
  expect(found(going)).toMatchObject({ id: 'istio-crds.going', severity: 'blocking' })
})
