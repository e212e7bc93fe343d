import { refKey } from '@orbweaver/contracts/kubernetes'
import type { Stay } from '@orbweaver/contracts/removal'
import type { Leftover } from '@orbweaver/istio/blueprints/leftovers'
import { groupedBy } from '@orbweaver/istio/world/grouped'
import type { ViewerDoor } from '../kube/doors.ts'

/** What stays, by why, in the order it was found; of it what the viewer may see. */
export async function staysOf(viewer: ViewerDoor, found: readonly Leftover[]): Promise<Stay[]> {
  const seen = await viewer.seesWhich(found.map(({ ref }) => ref))
  const shown = found.filter(({ ref }) => seen.has(refKey(ref)))
  const groups = groupedBy(shown, ({ ref, code }) => [ref.cluster, code].join(' '))
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    return first === undefined
      ? []
      : [{ cluster: first.ref.cluster, code: first.code, objects: group.map(({ ref }) => ref) }]
  })
}
