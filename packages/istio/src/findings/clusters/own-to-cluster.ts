import { flagAt, textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { covers } from '../../world/hosts.ts'
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

/** By the most specific of the hosts that are said; a default holds unless the same host, or one below it, is said otherwise. */
function isClusterLocal(host: string, mesh: MeshSettings): boolean {
  const said = mesh.serviceSettings.flatMap((each) => {
    const local = flagAt(each, 'settings', 'clusterLocal') ?? false
    return textsAt(each, 'hosts').map((pattern) => ({ pattern, local }))
  })
  const api = { pattern: `kubernetes.default.svc.${mesh.domain}`, local: true }
  const [nearest] = [...said, api]
    .filter(({ pattern }) => covers(pattern, host))
    .toSorted((a, b) => b.pattern.length - a.pattern.length)
  return nearest?.local ?? false
}
