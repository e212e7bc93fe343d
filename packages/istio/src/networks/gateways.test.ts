import { expect, it } from 'vitest'
import { object } from '../samples.ts'
import { names } from '../world/names.ts'
import { networkGateway, opensNetwork } from './gateways.ts'

const service = (more: { labels?: Record<string, string>; ingress?: object[] } = {}) =>
  Object.assign(
    object('Service', 'gw', {
      namespace: 'istio-system',
      labels: { [names.network]: 'n1', [names.mesh]: 'shop', ...more.labels },
      spec: { type: 'LoadBalancer' },
    }),
    { status: { loadBalancer: { ingress: more.ingress ?? [] } } },
  )
const slice = (of: string, ready: (boolean | undefined)[], namespace = 'istio-system') =>
  Object.assign(object('EndpointSlice', of, { namespace, labels: { 'kubernetes.io/service-name': of } }), {
    endpoints: ready.map((each) => ({
      addresses: ['10.0.0.1'],
      conditions: each === undefined ? {} : { ready: each },
    })),
  })
const settings = { cluster: 'east', replicas: undefined, resources: {}, annotations: {}, addresses: [], port: 31443 }
const none = { slices: undefined, settings: undefined }

it('a Service without a network is no gateway of one', () => {
  expect(networkGateway('east', object('Service', 'web', { namespace: 'shop' }), none)).toBeUndefined()
})

it('is dialled where its load balancer is, at the port its label names', () => {
  const ingress = [{ ip: '192.0.2.1' }, { hostname: 'lb.example.com' }, { ip: 'fd00::1' }, {}]
  expect(networkGateway('east', service({ ingress }), none)?.addresses).toEqual([
    '192.0.2.1:15443',
    'lb.example.com:15443',
    '[fd00::1]:15443',
  ])
  const labels = { 'networking.istio.io/gatewayPort': '443' }
  expect(networkGateway('east', service({ labels, ingress: [{ ip: '192.0.2.1' }] }), none)?.addresses).toEqual([
    '192.0.2.1:443',
  ])
})

it('is dialled at the addresses that the mesh gives it, and only its own is', () => {
  const given = { slices: undefined, settings: { ...settings, addresses: ['203.0.113.7'] } }
  expect(networkGateway('east', service(), given)).toMatchObject({ given: true, addresses: ['203.0.113.7:31443'] })
  const theirs = object('Service', 'gw', { namespace: 'edge', labels: { [names.network]: 'n1' } })
  expect(networkGateway('east', theirs, given)).toMatchObject({ given: false, addresses: [] })
})

it('counts who answers, as EndpointSlices say: not saying is ready', () => {
  const slices = [slice('gw', [true, false, undefined]), slice('other', [true]), slice('gw', [true], 'elsewhere')]
  expect(networkGateway('east', service(), { ...none, slices })?.ready).toBe(2)
  expect(networkGateway('east', service(), none)).not.toHaveProperty('ready')
})

it('a rule lets networks in by passing TLS through at the port they dial', () => {
  const rule = (mode: string, number: number) =>
    object('Gateway', 'x', { namespace: 'istio-system', spec: { servers: [{ port: { number }, tls: { mode } }] } })
  expect(opensNetwork(rule('AUTO_PASSTHROUGH', 15443))).toBe(true)
  expect(opensNetwork(rule('PASSTHROUGH', 15443))).toBe(false)
  expect(opensNetwork(rule('AUTO_PASSTHROUGH', 443))).toBe(false)
})
