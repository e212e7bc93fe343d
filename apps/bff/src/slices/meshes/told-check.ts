import type { Check } from '@orbweaver/contracts/clusters'
import { type ObjectRef, refKey } from '@orbweaver/contracts/kubernetes'
import { check, type Ground, type PreflightCheck, topicOf } from '@orbweaver/istio/preflight/check'
import { resourceOf } from '../../kube/cluster-view.ts'
import type { ViewerDoor } from '../../kube/doors.ts'

/**
 * A check as one person is told it. Its sentence is told whole to those who may know of all its grounds; anybody else is
 * told that they may not, whatever was found: not even how bad it is, which would tell that something is there. Of its
 * evidence everybody is shown what they may know of.
 */
export async function toldCheck(viewer: ViewerDoor, found: PreflightCheck): Promise<Check> {
  const { grounds, ...told } = found
  const [whole, seen] = await Promise.all([
    seesAll(viewer, grounds),
    viewer.seesWhich(told.evidence.map(({ ref }) => ref)),
  ])
  if (topicOf(found) === 'namespace') return toldNamespace(viewer, found)
  const evidence = told.evidence.filter(({ ref }) => seen.has(refKey(ref)))
  if (whole) return { ...told, evidence }
  const { cluster } = found
  const topic = topicOf(found)
  return {
    id: `${topic}.withheld`,
    severity: 'unknown',
    params: { topic, ...(cluster !== undefined && { cluster }) },
    ...(cluster !== undefined && { cluster }),
  }
}

async function seesAll(viewer: ViewerDoor, grounds: readonly Ground[]): Promise<boolean> {
  const refs = grounds.filter((each): each is ObjectRef => !('all' in each))
  const [seen, ...lists] = await Promise.all([
    viewer.seesWhich(refs),
    ...grounds.map((each) => {
      if (!('all' in each)) return true
      const resource = resourceOf(each.all)
      return resource !== undefined && viewer.lists(each.cluster, resource, each.namespace)
    }),
  ])
  return lists.every(Boolean) && refs.every((each) => seen.has(refKey(each)))
}

/** Who may not know of a namespace is told what everybody is told of one that is not there. */
async function toldNamespace(viewer: ViewerDoor, { grounds: _grounds, ...told }: PreflightCheck): Promise<Check> {
  const { cluster, params } = told
  const { namespace } = params
  if (cluster === undefined || typeof namespace !== 'string') return told
  if (await viewer.seesNamespace(cluster, namespace)) return told
  const { grounds: _none, ...absent } = check('namespace.will-be-made', 'ok', { cluster, params: { namespace } })
  return absent
}
