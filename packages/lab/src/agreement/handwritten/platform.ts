import { make } from '../draft.ts'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { annotated, labelled, respecced } from '../draft.ts'
import { running } from '../proxies/platform.ts'
import { ask, call, type Handwritten, kubernetesGateway, rule, to } from './base.ts'

const isNamed = ({ kind, metadata }: KubernetesObject, wanted: string, title: string): boolean =>
  kind === wanted && (kind === 'Namespace' ? metadata.name : `${metadata.namespace ?? ''}/${metadata.name}`) === title

const label = (kind: string, title: string, labels: Record<string, string>) => (object: KubernetesObject) =>
  isNamed(object, kind, title) ? labelled(object, labels) : object

/** A Pod and the Service before it as another cluster has them. */
const elsewhere = (name: string): readonly KubernetesObject[] => [
  make('Namespace', 'shop'),
  make('Service', name, {
    namespace: 'shop',
    labels: { app: name },
    spec: {
      clusterIP: '10.97.0.1',
      selector: { app: name },
      ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }],
    },
  }),
  make('Pod', `${name}-v9`, {
    namespace: 'shop',
    labels: { app: name, version: 'v9', 'security.istio.io/tlsMode': 'istio' },
    annotations: { 'sidecar.istio.io/status': '{}' },
    spec: { serviceAccountName: name, containers: [{ name: 'app', image: 'app' }] },
    status: running('10.245.0.9'),
  }),
  make('EndpointSlice', `${name}-1`, {
    namespace: 'shop',
    labels: { 'kubernetes.io/service-name': name },
    addressType: 'IPv4',
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
    endpoints: [
      {
        addresses: ['10.245.0.9'],
        conditions: { ready: true },
        targetRef: { kind: 'Pod', name: `${name}-v9`, namespace: 'shop' },
      },
    ],
  }),
]

/** What is said of the mesh as a whole, and of clusters and namespaces. */
export const platform: readonly Handwritten[] = [
  {
    id: 'endpoints of two clusters',
    why: 'A Service of one name in two clusters of one network is one, with the endpoints of both.',
    rules: [],
    west: elsewhere('web'),
    requests: [ask('shop/api', 'http://web/')],
  },
  {
    id: 'kept to the cluster',
    why: 'Hosts that are clusterLocal have the endpoints of the client’s own cluster alone.',
    mesh: "serviceSettings: [{ settings: { clusterLocal: true }, hosts: ['*.shop.svc.cluster.local'] }]",
    rules: [],
    west: elsewhere('web'),
    requests: [ask('shop/api', 'http://web/')],
  },
  {
    id: 'namespaces that istiod reads',
    why: 'discoverySelectors leave out Services of namespaces that they do not select: what is sent there is let out.',
    mesh: 'discoverySelectors: [{ matchLabels: { istio-injection: enabled } }]',
    altered: (object) =>
      isNamed(object, 'Namespace', 'pay') ? { ...object, metadata: { ...object.metadata, labels: {} } } : object,
    rules: [],
    requests: [ask('shop/web', 'http://api/'), ask('shop/web', 'http://api.pay/')],
  },
  {
    id: 'appProtocol',
    why: 'appProtocol of a port goes before its name: what is named http and is TCP is TCP.',
    altered: (object) =>
      isNamed(object, 'Service', 'pay/api')
        ? respecced(object, {
            ports: [{ name: 'http', appProtocol: 'tcp', port: 80, targetPort: 8080, protocol: 'TCP' }],
          })
        : object,
    rules: [
      rule('VirtualService', 'pay/api', {
        hosts: ['api'],
        http: [{ redirect: { uri: '/http' } }],
        tcp: [{ route: [to('web')] }],
      }),
    ],
    requests: [ask('pay/web', 'http://api/')],
  },
  {
    id: 'Service for its namespace',
    why: 'A client to whom a Service is not exported calls it past the mesh: STRICT servers close on it.',
    altered: (object) =>
      isNamed(object, 'Service', 'shop/api') ? annotated(object, { 'networking.istio.io/exportTo': '.' }) : object,
    rules: [rule('PeerAuthentication', 'shop/default', { mtls: { mode: 'STRICT' } })],
    requests: [ask('pay/web', 'http://api.shop/'), ask('shop/web', 'http://api/')],
    calls: [call('pay/web', 'shop/api:8080'), call('shop/web', 'shop/api:8080')],
  },
  {
    id: 'headless and DISABLE',
    why: 'Who dials a headless Service does not see that one workload takes plain text, and begins TLS.',
    rules: [
      rule('PeerAuthentication', 'shop/db', { selector: { matchLabels: { app: 'db' } }, mtls: { mode: 'DISABLE' } }),
    ],
    calls: [call('shop/web', 'shop/db:9000', { protocol: 'tcp' })],
  },
  {
    id: 'Service with a waypoint beside sidecars',
    why: 'Sidecars do not go through a waypoint; rules of their own count for them.',
    ambient: true,
    altered: label('Service', 'shop/api', { 'istio.io/use-waypoint': 'waypoint' }),
    rules: [
      make('GatewayClass', 'istio-waypoint', { spec: { controllerName: 'istio.io/mesh-controller' } }),
      kubernetesGateway('shop/waypoint', {
        gatewayClassName: 'istio-waypoint',
        listeners: [{ name: 'mesh', port: 15_008, protocol: 'HBONE' }],
      }),
      rule('VirtualService', 'shop/api', { hosts: ['api'], http: [{ route: [to('web')] }] }),
    ],
    requests: [ask('shop/web', 'http://api/')],
  },
  {
    id: 'rules of another revision',
    why: 'A rule that is labelled for another revision is read by that one’s control plane alone.',
    rules: [
      labelled(rule('VirtualService', 'shop/api', { hosts: ['api'], http: [{ redirect: { uri: '/canary' } }] }), {
        'istio.io/rev': 'canary',
      }),
    ],
  },
]
