import { flagAt, listAt, textAt, textsAt } from '@orbweaver/contracts/json'
import type { Mesh } from '../meshes/mesh.ts'
import { clusterLocalValues } from '../meshes/networks.ts'
import { controlPlaneValues, deepMerge } from '../meshes/values.ts'

/** A service as sidecars know it; the domain is that of the mesh's values. */
export function hostOf(mesh: Mesh, { namespace, name }: { namespace: string; name: string }): string {
  const domain = textAt(controlPlaneValues(mesh), 'global', 'proxy', 'clusterDomain') ?? 'cluster.local'
  return `${name}.${namespace}.svc.${domain}`
}

/**
 * Hosts that MeshConfig keeps in the caller's cluster, whoever said so. Any match decides, and an exact host is named
 * before a wildcard (pilot/pkg/model/cluster_local.go IsClusterLocal, MostSpecificHostMatch, 1.30).
 */
export function localHosts(mesh: Mesh): (host: string) => string | undefined {
  const values = deepMerge(clusterLocalValues(mesh.networks), controlPlaneValues(mesh))
  const settings = listAt(values, 'meshConfig', 'serviceSettings')
  const local = settings
    .filter((each) => flagAt(each, 'settings', 'clusterLocal') === true)
    .flatMap((each) => textsAt(each, 'hosts'))
  return (host) =>
    local.find((each) => each === host) ??
    local
      .filter((each) => each.startsWith('*') && host.endsWith(each.slice(1)))
      .toSorted((one, other) => other.length - one.length)[0]
}
