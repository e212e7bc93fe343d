/** Labels and annotations by which Istio is steered and read; each named once (istio.io/api label, annotation). */
export const names = {
  injection: 'istio-injection',
  revision: 'istio.io/rev',
  tag: 'istio.io/tag',
  inject: 'sidecar.istio.io/inject',
  status: 'sidecar.istio.io/status',
  templates: 'inject.istio.io/templates',
  dataplaneMode: 'istio.io/dataplane-mode',
  useWaypoint: 'istio.io/use-waypoint',
  useWaypointNamespace: 'istio.io/use-waypoint-namespace',
  canaryWaypoint: 'istio.io/use-waypoint-canary',
  canaryWaypointNamespace: 'istio.io/use-waypoint-canary-namespace',
  canaryWaypointWeight: 'istio.io/use-waypoint-canary-weight',
  ingressUseWaypoint: 'istio.io/ingress-use-waypoint',
  redirection: 'ambient.istio.io/redirection',
  gatewayManaged: 'gateway.istio.io/managed',
  gatewayName: 'gateway.networking.k8s.io/gateway-name',
  network: 'topology.istio.io/network',
  region: 'topology.kubernetes.io/region',
  zone: 'topology.kubernetes.io/zone',
  subzone: 'topology.istio.io/subzone',
  controlPlaneClusters: 'topology.istio.io/controlPlaneClusters',
  multiCluster: 'istio/multiCluster',
  remoteCluster: 'networking.istio.io/cluster',
  serviceAccountName: 'kubernetes.io/service-account.name',
  managedBy: 'app.kubernetes.io/managed-by',
  mesh: 'orbweaver.dev/mesh',
  restartedAt: 'kubectl.kubernetes.io/restartedAt',
} as const

/** Namespaces that istiod never injects (istio pkg/kube/inject/initializer.go, IgnoredNamespaces). */
export const ignoredNamespaces: readonly string[] = [
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'local-path-storage',
]

/** The reader account that istiod uses in other clusters (istio charts/base, reader-serviceaccount.yaml). */
export const readerAccount = 'istio-reader-service-account'
export const readerTokenSecret = 'istio-reader-service-account-istio-remote-secret-token'
