import type { ClusterTruth } from '@orbweaver/contracts/envelope'
import { type ObjectRef, refKey, targetOf } from '@orbweaver/contracts/kubernetes'
import { groupedBy } from '@orbweaver/istio/world/grouped'
import type { Identity, Resource, Target } from '@orbweaver/kube/client'
import { knownResource } from '@orbweaver/kube/known-resources'
import type { ClusterDoor, Fleet, ViewerDoor } from './doors.ts'
import { isUnmet, whyNoDoor } from './registration.ts'
import type { Visibility } from './visibility.ts'

/** A door that can show itself to one person. */
export type ShowingDoor = ClusterDoor & { visibility(identity: Identity): Visibility }

export type ShowingFleet = Omit<Fleet, 'hub' | 'get' | 'all'> & {
  readonly hub: ShowingDoor
  get(name: string): ShowingDoor | undefined
  all(): readonly ShowingDoor[]
}

/** The fleet through one person's eyes. Only this and the change engine are given to handlers. */
export function openViewer(fleet: ShowingFleet, identity: Identity): ViewerDoor {
  const doorOf = (cluster: string) => (cluster === fleet.hub.name ? fleet.hub : fleet.get(cluster))
  /** Of objects of one kind in one cluster. */
  const seenOf = async (refs: readonly ObjectRef[]): Promise<ObjectRef[]> => {
    const [first] = refs
    const door = first === undefined ? undefined : doorOf(first.cluster)
    const resource = first === undefined ? undefined : resourceOf(first)
    if (door === undefined || resource === undefined) return []
    const targets = new Map(refs.map((ref): [Target, ObjectRef] => [targetOf(ref), ref]))
    const seen = await door.visibility(identity).seen(resource, [...targets.keys()])
    return seen.map((target) => targets.get(target)).filter((each) => each !== undefined)
  }
  return {
    identity,
    async list(cluster, resource, namespace) {
      return (await doorOf(cluster)?.visibility(identity).visible(resource, namespace)) ?? []
    },
    async get(cluster, resource, target) {
      const door = doorOf(cluster)
      const found = door?.mirror.get(resource, target)
      if (door === undefined || found === undefined) return undefined
      return (await door.visibility(identity).sees(resource, target)) ? found : undefined
    },
    sees: async (ref) => (await seenOf([ref])).length > 0,
    async seesNamespace(cluster, namespace) {
      return (await doorOf(cluster)?.visibility(identity).seesNamespace(namespace)) ?? false
    },
    async seesWhich(refs) {
      const kinds = groupedBy(refs, ({ cluster, group, kind }) => [cluster, group, kind].join('/'))
      const seen = await Promise.all([...kinds.values()].map((each) => seenOf(each)))
      return new Set(seen.flat().map(refKey))
    },
    async lists(cluster, resource, namespace) {
      return (await doorOf(cluster)?.visibility(identity).lists(resource, namespace)) ?? false
    },
    async may(cluster, question) {
      return (await doorOf(cluster)?.may(identity, question)) ?? false
    },
    truths(clusters) {
      const unusable = fleet.unusable()
      if (clusters === undefined) return [...fleet.all().map((each) => each.mirror.truth()), ...unusable]
      return clusters.map((name) => {
        const found = doorOf(name)?.mirror.truth() ?? unusable.find((each) => each.cluster === name)
        return found ?? doorless(fleet, name)
      })
    },
  }
}

function doorless(fleet: ShowingFleet, cluster: string): ClusterTruth {
  return { cluster, state: isUnmet(fleet, cluster) ? 'syncing' : 'unreachable', reason: whyNoDoor(fleet, cluster) }
}

/** Kinds of other products are asked about by what this product knows of them: nothing, so they are not there. */
function resourceOf({ group, kind }: { group: string; kind: string }): Resource | undefined {
  return knownResource(group, kind)
}
