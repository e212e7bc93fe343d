import { something } from '../fits.ts'
import { ignoringPodAnnotation, ignoringPodLabel, rev } from './injection-ground.ts'
import { injectedByOther, type Part } from './injection-pod.ts'

/** Metadata and environment. Source: the same template, and applyMetadata and applyPrometheusMerge of webhook.go. */
export const metadata: readonly Part[] = [
  {
    says: 'The label security.istio.io/tlsMode is istio.',
    is: { labels: { 'security.istio.io/tlsMode': 'istio' } },
  },
  {
    says: 'A label security.istio.io/tlsMode of its own stays.',
    pod: { labels: { 'security.istio.io/tlsMode': 'disabled' } },
    is: { status: something, labels: { 'security.istio.io/tlsMode': 'disabled' } },
    broken: ignoringPodLabel('security.istio.io/tlsMode'),
  },
  {
    says: 'The canonical name of a Pod is the one of its workload, and its canonical revision latest.',
    is: { labels: { 'service.istio.io/canonical-name': 'a', 'service.istio.io/canonical-revision': 'latest' } },
  },
  {
    says: 'The labels app and version are the canonical name and revision.',
    pod: { labels: { app: 'web', version: 'v1' } },
    is: { labels: { 'service.istio.io/canonical-name': 'web', 'service.istio.io/canonical-revision': 'v1' } },
    broken: ignoringPodLabel('app'),
  },
  {
    says: 'app.kubernetes.io/name and version come before app and version.',
    pod: {
      labels: { app: 'web', version: 'v1', 'app.kubernetes.io/name': 'shop', 'app.kubernetes.io/version': 'v2' },
    },
    is: { labels: { 'service.istio.io/canonical-name': 'shop', 'service.istio.io/canonical-revision': 'v2' } },
    broken: ignoringPodLabel('app.kubernetes.io/name'),
  },
  {
    says: 'A canonical name and revision of its own come before all.',
    pod: {
      labels: {
        'app.kubernetes.io/name': 'shop',
        'service.istio.io/canonical-name': 'cart',
        'service.istio.io/canonical-revision': 'v3',
      },
    },
    is: {
      status: something,
      labels: { 'service.istio.io/canonical-name': 'cart', 'service.istio.io/canonical-revision': 'v3' },
    },
    broken: ignoringPodLabel('service.istio.io/canonical-name'),
  },
  {
    says: 'The label topology.istio.io/network and the environment tell the network of the values.',
    by: injectedByOther,
    is: { labels: { 'topology.istio.io/network': 'net-2' }, env: { ISTIO_META_NETWORK: 'net-2' } },
  },
  {
    says: "A network label of the Pod's own beats the network of the values.",
    pod: { labels: { 'topology.istio.io/network': 'own' } },
    by: injectedByOther,
    is: { labels: { 'topology.istio.io/network': 'own' }, env: { ISTIO_META_NETWORK: 'own' } },
    broken: ignoringPodLabel('topology.istio.io/network'),
  },
  {
    says: 'Without a network there is no network label.',
    is: { status: something, labels: { 'topology.istio.io/network': undefined } },
  },
  {
    says: 'The environment names cluster, mesh, trust domain, workload and containers.',
    by: injectedByOther,
    is: {
      env: {
        ISTIO_META_CLUSTER_ID: 'second',
        ISTIO_META_MESH_ID: 'mesh-2',
        ISTIO_META_WORKLOAD_NAME: 'a',
        ISTIO_META_APP_CONTAINERS: 'main',
        TRUST_DOMAIN: 'cluster.local',
        PILOT_CERT_PROVIDER: 'istiod',
      },
    },
  },
  {
    says: 'The container of the Pod is the default one, for its logs, too.',
    is: {
      annotations: {
        'kubectl.kubernetes.io/default-container': 'main',
        'kubectl.kubernetes.io/default-logs-container': 'main',
      },
    },
  },
  {
    says: 'A default container that the Pod names itself stays.',
    pod: { annotations: { 'kubectl.kubernetes.io/default-container': 'other' } },
    is: { status: something, annotations: { 'kubectl.kubernetes.io/default-container': 'other' } },
    broken: ignoringPodAnnotation('kubectl.kubernetes.io/default-container'),
  },
  {
    says: 'Prometheus is led to the agent at 15020, whatever the Pod said.',
    pod: { annotations: { 'prometheus.io/port': '8080', 'prometheus.io/path': '/metrics' } },
    is: {
      annotations: {
        'prometheus.io/scrape': 'true',
        'prometheus.io/port': '15020',
        'prometheus.io/path': '/stats/prometheus',
      },
    },
  },
  {
    says: 'prometheus.io/scrape=false stays, and nothing is added.',
    pod: { annotations: { 'prometheus.io/scrape': 'false' } },
    is: {
      status: something,
      annotations: { 'prometheus.io/scrape': 'false', 'prometheus.io/port': undefined },
    },
    broken: ignoringPodAnnotation('prometheus.io/scrape'),
  },
  {
    says: 'injectedAnnotations of the values are on every injected Pod.',
    by: injectedByOther,
    is: { annotations: { 'conformance/injected': 'here' } },
  },
  {
    says: 'A label istio.io/rev of the Pod stays what was wished for, also where another revision injects.',
    pod: { labels: { [rev]: 'wish' } },
    is: { status: something, labels: { [rev]: 'wish' } },
    broken: ignoringPodLabel(rev),
  },
]
