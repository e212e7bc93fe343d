import { labelsOf, type ObjectRef, targetOf } from '@orbweaver/contracts/kubernetes'
import type { Stage } from '@orbweaver/istio/blueprints/stage'
import { names } from '@orbweaver/istio/world/names'
import { KubeError } from '@orbweaver/kube/error'
import { knownResource } from '@orbweaver/kube/known-resources'
import { inFlight } from '../changes/in-flight.ts'
import { nothing } from '../kube/current.ts'
import type { Fleet } from '../kube/doors.ts'

export type Searched = {
  fleet: Fleet
  mesh: string
  stages: readonly Stage[]
  /** Whether what is found may be taken away; asked right before. */
  mayRemove: () => boolean
}

/**
 * Whether something of a mesh is still there although its stages have passed, asked of the clusters themselves: what the
 * reconciler wrote a moment ago is in no mirror yet, and would stay for ever. When it is seen, a stage takes it away; what
 * no mirror keeps (service accounts) no stage will ever see alone, and goes here.
 * A cluster that does not say so is asked again at the next look.
 */
export async function isAnythingLeft(searched: Searched): Promise<boolean> {
  const refs = searched.stages.flatMap(({ named = [] }) => named)
  const left = await inFlight(refs, 8, (ref) => isLeft(searched, ref))
  return left.includes(true)
}

async function isLeft({ fleet, mesh, mayRemove }: Searched, ref: ObjectRef): Promise<boolean> {
  const door = fleet.get(ref.cluster)
  const resource = knownResource(ref.group, ref.kind)
  if (door === undefined || resource === undefined) return false
  try {
    const found = await door.own.get(resource, targetOf(ref)).catch(nothing)
    if (found === undefined || labelsOf(found)[names.mesh] !== mesh) return false
    if (!door.mirror.known(resource) && mayRemove()) await door.own.remove(resource, targetOf(ref)).catch(nothing)
    return true
  } catch (error) {
    // Who may not even read it has not written it.
    if (error instanceof KubeError) return error.code !== 'forbidden'
    throw error
  }
}
