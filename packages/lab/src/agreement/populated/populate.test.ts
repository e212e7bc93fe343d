import { at, listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { expect, it } from 'vitest'
import { make } from '../draft.ts'
import { callsOf } from './calls.ts'
import { populate } from './populate.ts'
import { requestsOf } from './requests.ts'

const deployment = (name: string, template: Parameters<typeof make>[2]): KubernetesObject =>
  make('Deployment', name, { namespace: 'shop', spec: { template: { ...template } } })

const web = deployment('web', {
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'app', ports: [{ name: 'main', containerPort: 8080 }] }] },
})
const service = make('Service', 'web', {
  namespace: 'shop',
  spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 'main' }] },
})
const gateway = make('Gateway', 'front', {
  namespace: 'shop',
  spec: {
    selector: { istio: 'edge' },
    servers: [{ port: { number: 443, protocol: 'TLS' }, tls: { mode: 'PASSTHROUGH' }, hosts: ['./*.shop.test'] }],
  },
})
const rule = make('VirtualService', 'web', {
  namespace: 'shop',
  spec: { hosts: ['web'], http: [{ match: [{ uri: { prefix: '/api' }, headers: { 'x-user': { exact: 'ann' } } }] }] },
})
const policy = make('AuthorizationPolicy', 'web', {
  namespace: 'shop',
  spec: { rules: [{ to: [{ operation: { paths: ['/admin*'] } }] }] },
})

const named = (objects: readonly KubernetesObject[], kind: string, name: string) =>
  objects.find((each) => each.kind === kind && each.metadata.name === name)

it('makes of each workload a Pod with a proxy, with the addresses and endpoints that a cluster gives', () => {
  const { objects, workloads } = populate([web, web, service])
  expect(workloads.map(({ metadata }) => metadata.name)).toEqual(['web-0'])
  const pod = named(objects, 'Pod', 'web-0')
  expect(listAt(pod, 'spec', 'containers').map((each) => textAt(each, 'name'))).toEqual(['app', 'istio-proxy'])
  const slice = named(objects, 'EndpointSlice', 'web-1')
  expect(at(slice, 'ports')).toEqual([{ name: 'http', port: 8080, protocol: 'TCP' }])
  expect(at(slice, 'endpoints', 0, 'addresses', 0)).toBe(textAt(pod, 'status', 'podIP'))
  expect(textAt(named(objects, 'Service', 'web'), 'spec', 'clusterIP')).toMatch(/^10\.96\./)
  expect(named(objects, 'Namespace', 'shop')).toBeDefined()
})

it('makes a gateway where none serves what a Gateway selects, and takes one that is deployed', () => {
  const deployed = deployment('edge', {
    metadata: { labels: { istio: 'edge' }, annotations: { 'inject.istio.io/templates': 'gateway' } },
    spec: { containers: [{ name: 'istio-proxy' }] },
  })
  const gateways = (objects: KubernetesObject[]) => populate(objects).gateways.map(({ metadata }) => metadata.name)
  expect(gateways([gateway])).toEqual(['edge-0-0'])
  expect(gateways([gateway, deployed])).toEqual(['edge-0'])
  const made = populate([gateway])
  expect(at(named(made.objects, 'Service', 'edge-0'), 'spec', 'ports', 0, 'port')).toBe(443)
})

it('asks for what rules match, inside and at gateways', () => {
  const { requests } = requestsOf({ id: 'shop', objects: [web, service, gateway, rule] })
  const asked = requests.map(({ from, host, port, protocol, path }) =>
    [from.kind, protocol, host, port, path].join(' '),
  )
  expect(asked).toEqual([
    'workload http web.shop.svc.cluster.local 80 /',
    'workload http web.shop.svc.cluster.local 80 /apix',
    'workload http edge-0.istio-system.svc.cluster.local 443 /',
    'gateway tls nowhere.test 443 /',
    'gateway tls a.shop.test 443 /',
  ])
  expect(requests[1]?.headers).toEqual({ 'x-user': 'ann' })
})

it('calls with what policies speak of', () => {
  const { calls, proxies } = callsOf({ id: 'shop', objects: [web, service, policy] })
  expect(proxies).toEqual([{ namespace: 'shop', name: 'web-0' }])
  expect(new Set(calls.map(({ path }) => path).filter((each) => each !== undefined))).toEqual(
    new Set(['/adminx', '/', '/else']),
  )
  expect(new Set(calls.map(({ to }) => to.port))).toEqual(new Set([8080]))
})
