import type { JsonRecord } from '@orbweaver/contracts/json'
import { expect, it } from 'vitest'
import { object } from '../samples.ts'
import { clusterView } from '../world/view.ts'
import { sameServices } from './same-services.ts'

const http = { name: 'http', port: 80, protocol: 'TCP' }
const reviews = (spec: JsonRecord, namespace = 'shop', name = 'reviews') => object('Service', name, { namespace, spec })
const of = (east: JsonRecord, west: JsonRecord) =>
  sameServices([clusterView('east', [reviews(east)]), clusterView('west', [reviews(west)])])

it('takes what the API server fills in for no difference, nor the order of ports', () => {
  const full = { type: 'ClusterIP', sessionAffinity: 'None', ports: [{ port: 9000, protocol: 'TCP' }, http] }
  const [same] = of({ ports: [{ name: 'http', port: 80 }, { port: 9000 }] }, full)
  expect(same).toMatchObject({ namespace: 'shop', name: 'reviews', differences: [], inconsistent: false })
  expect(same?.refs.map((each) => [each.cluster, each.kind, each.name])).toEqual([
    ['east', 'Service', 'reviews'],
    ['west', 'Service', 'reviews'],
  ])
})

it.each([
  [{ type: 'ExternalName', externalName: 'reviews.example.com' }, ['type', 'external-name']],
  [{ clusterIP: 'None' }, ['headless']],
  [{ ports: [{ ...http, port: 8080 }] }, ['ports']],
  [{ ports: [{ ...http, name: 'tcp' }] }, ['ports']],
  [{ ports: [{ ...http, appProtocol: 'grpc' }] }, ['ports']],
  [{ sessionAffinity: 'ClientIP' }, ['session-affinity']],
])('tells what callers meet differently: %j', (more, aspects) => {
  const [found] = of({ ports: [http] }, { ports: [http], ...more })
  expect(found?.differences.map((each) => each.aspect)).toEqual(aspects)
  expect(found?.inconsistent).toBe(true)
})

it('says what each cluster says', () => {
  const [found] = of({ ports: [http] }, { ports: [{ ...http, port: 8080, appProtocol: 'http2' }] })
  expect(found?.differences).toEqual([
    {
      aspect: 'ports',
      says: [
        { cluster: 'east', value: '80/TCP http' },
        { cluster: 'west', value: '8080/TCP http http2' },
      ],
    },
  ])
})

it('tells other Pods behind it, which each cluster may choose', () => {
  const [found] = of({ selector: { app: 'a' } }, { selector: { app: 'a', version: 'v2' } })
  expect(found).toMatchObject({ differences: [{ aspect: 'selector' }], inconsistent: false })
})

it('leaves out what one cluster alone has, and what every cluster has of its own', () => {
  const own = (cluster: string) =>
    clusterView(cluster, [
      reviews({}, 'default', 'kubernetes'),
      reviews({}, 'kube-system', 'kube-dns'),
      reviews({}, 'istio-system', 'istiod'),
      reviews({}, 'shop', `only-${cluster}`),
    ])
  expect(sameServices([own('east'), own('west')], ['istio-system'])).toEqual([])
})
