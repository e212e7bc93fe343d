import { expect, it } from 'vitest'
import { object } from '../samples.ts'
import { dedicated, facts, one } from './samples.ts'

const crd = (plural: string, served: string[], more: object = {}) => ({
  ...object('CustomResourceDefinition', `${plural}.gateway.networking.k8s.io`, {
    annotations: { 'gateway.networking.k8s.io/bundle-version': 'v1.4.0' },
    spec: { versions: [...served, 'v9'].map((name) => ({ name, served: name !== 'v9' })) },
  }),
  ...more,
})
const found = (...crds: ReturnType<typeof crd>[]) => one(dedicated(facts('hub', {}, ...crds)), 'gateway-api')

it.each([
  [[], 'gateway-api.absent', 'ok'],
  [[crd('gateways', ['v1', 'v1beta1'])], 'gateway-api.ok', 'ok'],
  [[crd('gateways', ['v1']), crd('grpcroutes', ['v1alpha2', 'v1beta1'])], 'gateway-api.beta', 'warning'],
  [[crd('gateways', ['v1']), crd('httproutes', ['v1alpha2'])], 'gateway-api.too-old', 'warning'],
])('is judged by the versions it serves', (crds, id, severity) => {
  expect(found(...crds)).toMatchObject({ id, severity, cluster: 'hub' })
})

it('shows what each definition serves, and how to bring a newer release', () => {
  const old = found(crd('gateways', ['v1alpha2']))
  expect(old?.evidence).toMatchObject([
    { ref: { name: 'gateways.gateway.networking.k8s.io' }, value: 'v1alpha2 · v1.4.0' },
  ])
  expect(old?.fix?.commands[0]).toMatch(/^kubectl apply --server-side .*standard-install\.yaml$/)
})
