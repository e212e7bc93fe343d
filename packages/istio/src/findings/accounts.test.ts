import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { expect, it } from 'vitest'
import { object } from '../samples.ts'
import { told } from './fixes/told.ts'

const account = object('ServiceAccount', 'web', { namespace: 'shop' })
const from = (principal: string) =>
  object('AuthorizationPolicy', 'a', {
    namespace: 'shop',
    spec: { rules: [{ from: [{ source: { principals: [principal] } }] }] },
  })
const gateway = (gatewayClassName: string, more: JsonRecord = {}, annotations: Record<string, string> = {}) => ({
  ...object('Gateway', 'front', { namespace: 'shop', annotations, spec: { gatewayClassName, ...more } }),
  apiVersion: 'gateway.networking.k8s.io/v1',
})
const of = (name: string, ...objects: KubernetesObject[]) =>
  told(/^authorizationpolicy\.account-not-found$/, {
    objects: [...objects, from(`cluster.local/ns/shop/sa/${name}`)],
  })
const missing = ['error account-not-found /spec/rules/0/from/0/source/principals/0']

it('are those of the proxies of a Gateway too', () => {
  expect(of('front-istio', account, gateway('istio'))).toEqual([])
  expect(of('front', account, gateway('istio'))).toEqual(missing)
  expect(of('front', account, gateway('istio-waypoint'))).toEqual([])
  expect(of('front', account, gateway('istio-east-west'))).toEqual([])
  expect(of('front-istio-waypoint', account, gateway('istio-waypoint'))).toEqual(missing)
  expect(of('own', account, gateway('istio', {}, { 'gateway.istio.io/service-account': 'own' }))).toEqual([])
  const addresses = [{ type: 'Hostname', value: 'istio-ingressgateway' }]
  expect(of('front-istio', account, gateway('istio', { addresses }))).toEqual(missing)
})

it('are not known of a namespace for its Gateway, or for a Pod of a file', () => {
  expect(of('gone', gateway('istio'))).toEqual([])
  const written = object('Pod', 'edge', { namespace: 'shop', spec: { containers: [] } })
  expect(of('gone', written)).toEqual([])
})
