import { flagAt, textsAt } from '@orbweaver/contracts/json'
import { covers } from './hosts.ts'
import type { MeshSettings } from './mesh-settings.ts'

/**
 * Whether a host's endpoints are those of the client's own cluster alone (istio pilot/pkg/model/cluster_local.go): by the
 * most specific of the hosts that are said; a default holds unless the same host, or one below it, is said otherwise.
 */
export function isClusterLocal(host: string, mesh: MeshSettings): boolean {
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
