import type { KindKey } from '@orbweaver/istio/world/kinds'
import type { ClusterView } from '@orbweaver/istio/world/view'
import type { Resource } from '@orbweaver/kube/client'
import { knownResource } from '@orbweaver/kube/known-resources'
import type { ClusterDoor } from './doors.ts'

/** The mirror of a cluster as packages/istio looks at it. */
export function viewOfMirror(door: ClusterDoor): ClusterView {
  const { mirror } = door
  return {
    cluster: door.name,
    has: (kind) => {
      const resource = resourceOf(kind)
      return resource !== undefined && mirror.known(resource)
    },
    list: (kind, namespace) => {
      const resource = resourceOf(kind)
      return resource === undefined ? [] : mirror.list(resource, namespace)
    },
    get: (kind, name, namespace) => {
      const resource = resourceOf(kind)
      if (resource === undefined) return undefined
      return mirror.get(resource, namespace === undefined ? { name } : { namespace, name })
    },
  }
}

/** The version of a kind in a mirror, by the key packages/istio has for it. */
export function versionIn(door: ClusterDoor, kind: KindKey): number {
  const resource = resourceOf(kind)
  return resource === undefined ? 0 : door.mirror.version(resource)
}

/** `apps/Deployment`, `Pod`: the key of packages/istio names a kind whatever its version. */
export function resourceOf(kind: string): Resource | undefined {
  const slash = kind.lastIndexOf('/')
  return knownResource(slash < 0 ? '' : kind.slice(0, slash), kind.slice(slash + 1))
}
