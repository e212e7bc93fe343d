import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { isClusterLocal } from '../../world/cluster-local.ts'
import type { MeshSettings } from '../../world/mesh-settings.ts'
import { names } from '../../world/names.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { isOfControlPlane } from '../in-mesh.ts'

/**
 * Whether each cluster has such a Service for itself, so that it may well differ: Istio's own parts (control planes and
 * gateways, by the labels of its charts), and hosts whose endpoints are never merged (istio pilot/pkg/model/cluster_local.go).
 */
export function isOwnToCluster(service: KubernetesObject, mesh: MeshSettings): boolean {
  const labels = labelsOf(service)
  const isIstios =
    isOfControlPlane(service) ||
    labels['app.kubernetes.io/name'] === 'istiod' ||
    labels[names.gatewayManaged] !== undefined ||
    labels[names.network] !== undefined
  return isIstios || isClusterLocal(`${service.metadata.name}.${namespaceOf(service)}.svc.${mesh.domain}`, mesh)
}
