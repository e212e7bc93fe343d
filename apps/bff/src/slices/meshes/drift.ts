import { type KubernetesObject, refOf, splitApiVersion, targetOf } from '@orbweaver/contracts/kubernetes'
import type { MeshDetail } from '@orbweaver/contracts/meshes'
import { blueprint } from '@orbweaver/istio/blueprints/blueprint'
import { holesIn } from '@orbweaver/istio/blueprints/holes'
import { differing } from '@orbweaver/istio/diff/asked'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { knownResource } from '@orbweaver/kube/known-resources'
import type { ClusterDoor } from '../../kube/doors.ts'
import { isKeptWhole } from '../../kube/mirrored-kinds.ts'
import { observe } from '../../reconciler/observe.ts'
import type { Asking } from './asking.ts'

type Drift = MeshDetail['drift'][number]

/** What the blueprint says against what is there: reported, not fought. Values that are secret or not known are left out. */
export function driftOf({ fleet }: Asking, mesh: Mesh): Drift[] {
  const stages = blueprint(mesh, observe(fleet, mesh))
  return stages.flatMap((stage) => {
    const door = fleet.get(stage.cluster)
    const found = door === undefined ? [] : stage.objects.map((object) => driftOfObject(door, object))
    return found.filter((each) => each !== undefined)
  })
}

function driftOfObject(door: ClusterDoor, object: KubernetesObject): Drift | undefined {
  const resource = knownResource(splitApiVersion(object.apiVersion).group, object.kind)
  if (resource === undefined || !isKeptWhole(resource) || !door.mirror.known(resource)) return undefined
  const live = door.mirror.get(resource, targetOf(object.metadata))
  const ref = refOf(door.name, object)
  if (live === undefined) return { ref, pointers: [], missing: true }
  const pointers = holesIn(object).length > 0 ? [] : differing(live, object)
  return pointers.length === 0 ? undefined : { ref, pointers, missing: false }
}
