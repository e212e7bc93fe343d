import { refKey } from '@orbweaver/contracts/kubernetes'
import type { Stay } from '@orbweaver/contracts/removal'
import type { Leftover } from '@orbweaver/istio/blueprints/leftovers'
import { groupedBy } from '@orbweaver/istio/world/grouped'
import type { ViewerDoor } from '../kube/doors.ts'

export type LeftBehind = {
  found: Leftover[]
  /** Of these, by `refKey`, those that were read as the person, who therefore may know of them. */
  read: ReadonlySet<string>
}

/** Of what is left that of which the person may know. */
export async function shownOf(viewer: ViewerDoor, { found, read }: LeftBehind): Promise<Leftover[]> {
  const asked = found.filter(({ ref }) => !read.has(refKey(ref)))
  const sees = await viewer.seesWhich(asked.map(({ ref }) => ref))
  return found.filter(({ ref }) => read.has(refKey(ref)) || sees.has(refKey(ref)))
}

/** What stays, by why, in the order it was found. */
export function staysOf(shown: readonly Leftover[]): Stay[] {
  const groups = groupedBy(shown, ({ ref, code }) => [ref.cluster, code].join(' '))
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    return first === undefined
      ? []
      : [{ cluster: first.ref.cluster, code: first.code, objects: group.map(({ ref }) => ref) }]
  })
}
