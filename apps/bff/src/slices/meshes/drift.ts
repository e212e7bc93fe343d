import type { DriftField } from '@orbweaver/contracts/drift'
import type { Json } from '@orbweaver/contracts/json'
import { refKey, splitApiVersion, targetOf } from '@orbweaver/contracts/kubernetes'
import type { MeshDetail } from '@orbweaver/contracts/meshes'
import { adopt } from '@orbweaver/istio/drift/adopt'
import { type Difference, differences, type Ground, type Look } from '@orbweaver/istio/drift/differences'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { groupedBy } from '@orbweaver/istio/world/grouped'
import { knownResource } from '@orbweaver/kube/known-resources'
import { deployments } from '@orbweaver/kube/resources'
import type { Fleet } from '../../kube/doors.ts'
import { isKeptWhole } from '../../kube/mirrored-kinds.ts'
import { observe } from '../../reconciler/observe.ts'
import type { Asking } from './asking.ts'
import type { MeshRow } from './summary.ts'

type Drift = MeshDetail['drift'][number]

/** By object: reported, not fought. Values that are secret or not known are left out. */
export function driftOf({ fleet }: Asking, mesh: Mesh): Drift[] {
  const byObject = groupedBy(differences(mesh, groundOf(fleet, mesh)), ({ ref }) => refKey(ref))
  return [...byObject.values()].flatMap((found) => {
    const [first] = found
    if (first === undefined) return []
    const missing = isMissing(first)
    return [{ ref: first.ref, pointers: missing ? [] : found.map(({ pointer }) => pointer), missing }]
  })
}

/** What a mesh is compared with: the mirrors, as far as they can tell. */
export function groundOf(fleet: Fleet, mesh: Mesh): Ground {
  const look: Look = (cluster, asked) => {
    const resource = knownResource(splitApiVersion(asked.apiVersion).group, asked.kind)
    const mirror = fleet.get(cluster)?.mirror
    if (resource === undefined || mirror === undefined || !mirror.known(resource)) return undefined
    const whole = isKeptWhole(resource)
    if (!whole && resource !== deployments) return undefined
    return { live: mirror.get(resource, targetOf(asked.metadata)), whole }
  }
  return { observed: observe(fleet, mesh), look }
}

const mostFields = 100
const longestValue = 2_048

/** Place by place, with what the mesh could say instead, as far as the viewer may see the objects. */
export async function driftFields(
  { fleet, viewer }: Asking,
  { mesh, object }: MeshRow,
): Promise<{ fields: DriftField[]; total: number }> {
  const ground = groundOf(fleet, mesh)
  const all = differences(mesh, ground)
  const seen = await viewer.seesWhich(all.map(({ ref }) => ref))
  const shown = all.filter(({ ref }) => seen.has(refKey(ref)))
  const fields = shown.slice(0, mostFields).map((each) => {
    const says = adopt(object, each, ground)?.pointer
    const { ref, pointer, live, asked } = each
    return {
      ref,
      pointer,
      ...(isShort(live) && { live }),
      ...(isShort(asked) && { asked }),
      ...(says === undefined ? { why: { code: whyNot(each), params: {} } } : { says }),
    }
  })
  return { fields, total: shown.length }
}

function isShort(value: Json | undefined): boolean {
  return value !== undefined && JSON.stringify(value).length <= longestValue
}

function isMissing({ pointer }: Difference): boolean {
  return pointer === ''
}

function whyNot(difference: Difference): string {
  return isMissing(difference) ? 'meshes.drift_needs_object' : 'meshes.drift_made_by_console'
}
