import type { Intent } from '@orbweaver/contracts/intent'
import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import { paths } from '../../paths.ts'

/** The mesh an intent is about; undefined where it is about none, or does not exist yet. */
export function meshOf(intent: Intent): string | undefined {
  if ('mesh' in intent) return intent.mesh
  return intent.type.startsWith('meshes.') && intent.type !== 'meshes.create' && 'name' in intent
    ? intent.name
    : undefined
}

const istioGroups = /\.istio\.io$|^gateway\.networking\.k8s\.io$/

/** The page of a mesh on which an object is shown; undefined for kinds that have none. */
export function placeOf(mesh: string, ref: ObjectRef): string | undefined {
  const { cluster, group, kind, namespace, name } = ref
  if (group === '' && kind === 'Namespace') return paths.sidecars(mesh, { cluster, search: name })
  if (group === 'apps' && namespace !== undefined) {
    return paths.sidecars(mesh, { tab: 'workloads', cluster, namespace, search: name })
  }
  return istioGroups.test(group) ? paths.object(mesh, ref) : undefined
}
