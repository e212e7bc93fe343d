import { type KubernetesObject, splitApiVersion } from '@orbweaver/contracts/kubernetes'

/** A kind whatever its version: `Pod`, `apps/Deployment`. Istio's validation ignores the version, and so do we. */
export type KindKey = string

export const kinds = {
  namespace: 'Namespace',
  node: 'Node',
  pod: 'Pod',
  service: 'Service',
  serviceAccount: 'ServiceAccount',
  secret: 'Secret',
  configMap: 'ConfigMap',
  lease: 'coordination.k8s.io/Lease',
  endpointSlice: 'discovery.k8s.io/EndpointSlice',
  deployment: 'apps/Deployment',
  replicaSet: 'apps/ReplicaSet',
  statefulSet: 'apps/StatefulSet',
  daemonSet: 'apps/DaemonSet',
  job: 'batch/Job',
  cronJob: 'batch/CronJob',
  mutatingWebhook: 'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  validatingWebhook: 'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  crd: 'apiextensions.k8s.io/CustomResourceDefinition',
  istio: 'sailoperator.io/Istio',
  istioRevision: 'sailoperator.io/IstioRevision',
  istioRevisionTag: 'sailoperator.io/IstioRevisionTag',
  virtualService: 'networking.istio.io/VirtualService',
  destinationRule: 'networking.istio.io/DestinationRule',
  gateway: 'networking.istio.io/Gateway',
  gatewayClass: 'gateway.networking.k8s.io/GatewayClass',
  kubernetesGateway: 'gateway.networking.k8s.io/Gateway',
  listenerSet: 'gateway.networking.k8s.io/ListenerSet',
  httpRoute: 'gateway.networking.k8s.io/HTTPRoute',
  grpcRoute: 'gateway.networking.k8s.io/GRPCRoute',
  tcpRoute: 'gateway.networking.k8s.io/TCPRoute',
  tlsRoute: 'gateway.networking.k8s.io/TLSRoute',
  referenceGrant: 'gateway.networking.k8s.io/ReferenceGrant',
  backendTlsPolicy: 'gateway.networking.k8s.io/BackendTLSPolicy',
  sidecar: 'networking.istio.io/Sidecar',
  serviceEntry: 'networking.istio.io/ServiceEntry',
  workloadEntry: 'networking.istio.io/WorkloadEntry',
  workloadGroup: 'networking.istio.io/WorkloadGroup',
  envoyFilter: 'networking.istio.io/EnvoyFilter',
  proxyConfig: 'networking.istio.io/ProxyConfig',
  peerAuthentication: 'security.istio.io/PeerAuthentication',
  requestAuthentication: 'security.istio.io/RequestAuthentication',
  authorizationPolicy: 'security.istio.io/AuthorizationPolicy',
  telemetry: 'telemetry.istio.io/Telemetry',
  wasmPlugin: 'extensions.istio.io/WasmPlugin',
  trafficExtension: 'extensions.istio.io/TrafficExtension',
} as const

export function kindKey(of: { group: string; kind: string }): KindKey {
  return of.group === '' ? of.kind : `${of.group}/${of.kind}`
}

export function kindOf(object: KubernetesObject): KindKey {
  return kindKey({ group: splitApiVersion(object.apiVersion).group, kind: object.kind })
}
