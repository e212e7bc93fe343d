import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/**
 * What an istiod writes beside what installed it, and never takes back, by name. Certificates in every namespace: istio
 * pilot/pkg/serviceregistry/kube/controller/namespacecontroller.go; elections beside itself: pilot/pkg/leaderelection,
 * pilot/pkg/bootstrap/{configcontroller,server}.go (1.30), the validation election until 1.6.
 */
export const certificateMaps = ['istio-ca-root-cert', 'istio-ca-crl'] as const

export const electionMaps = [
  'istio-leader',
  'istio-namespace-controller-election',
  'istio-gateway-status-leader',
  'istio-analyze-leader',
  'istio-serviceexport-controller-election',
  'istio-clustertrustbundle-controller-election',
  'istio-node-untaint',
  'istio-ip-autoallocate',
  'istio-validation-controller-election',
] as const

/** Those of one revision end in its name. */
const electionLease = /^istio-(gateway-status-leader|gateway-deployment|gateway-inferencepool|status-leader)(-.+)?$/

export function isCertificateMap({ metadata: { name } }: KubernetesObject): boolean {
  return certificateMaps.some((each) => each === name)
}

export function isElection({ kind, metadata: { name } }: KubernetesObject): boolean {
  return kind === 'Lease' ? electionLease.test(name) : electionMaps.some((each) => each === name)
}
