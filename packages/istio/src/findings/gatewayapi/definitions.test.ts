import { expect, test } from 'vitest'
import { object } from '../../samples.ts'
import { told } from '../fixes/told.ts'

const definition = (kind: string, served: Record<string, boolean>, group = 'gateway.networking.k8s.io') =>
  object('CustomResourceDefinition', 'x', {
    spec: { group, names: { kind }, versions: Object.entries(served).map(([name, each]) => ({ name, served: each })) },
  })
const unread = ['error version-unread /spec/versions']

test.each<[string, Record<string, boolean>, string[]]>([
  ['Gateway', { v1: true, v1beta1: true }, []],
  ['Gateway', { v1: true }, []],
  ['Gateway', { v1beta1: true }, unread],
  ['Gateway', { v1: false, v1beta1: true }, unread],
  ['HTTPRoute', { v1alpha2: true }, unread],
  ['GRPCRoute', { v1alpha2: true }, unread],
  ['ReferenceGrant', { v1beta1: true }, []],
  ['ReferenceGrant', { v1: true }, unread],
  ['TCPRoute', { v1alpha2: true }, []],
  ['Gateway', {}, []],
])('%s that serves %j', (kind, served, expected) => {
  expect(told(/^gatewayapi\./, { objects: [definition(kind, served)] })).toEqual(expected)
})

test('other groups have Gateways too', () => {
  expect(told(/^gatewayapi\./, { objects: [definition('Gateway', { v1: true }, 'networking.istio.io')] })).toEqual([])
})
