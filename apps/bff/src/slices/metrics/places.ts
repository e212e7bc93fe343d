import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { pods } from '@orbweaver/kube/resources'
import type { Fleet, ViewerDoor } from '../../kube/doors.ts'

/** A namespace in a cluster, as far as they are known. */
export type Place = { cluster?: string | undefined; namespace?: string | undefined }

export type SeenPlaces = {
  has: (place: Place) => boolean
  /** There are others. */
  hidden: boolean
  /** Clusters in which there is nothing that the viewer may know of. */
  blank: ReadonlySet<string>
  /** Clusters that do not answer, of which therefore nobody knows what the viewer may know. */
  unasked: ReadonlySet<string>
}

/** Of the places that were told of, and of those in which Pods are, the ones whose Pods the viewer may list. */
export async function seenPlaces(
  { fleet, viewer }: { fleet: Fleet; viewer: ViewerDoor },
  mesh: Mesh,
  told: readonly Place[],
): Promise<SeenPlaces> {
  const clusters = await Promise.all(
    clustersOf(mesh).map(async (cluster) => {
      const own = told.flatMap((each) => (each.cluster === cluster ? (each.namespace ?? []) : []))
      const seen = await seenIn({ fleet, viewer }, cluster, own)
      return [cluster, seen] as const
    }),
  )
  const byCluster = new Map(clusters)
  const blank = clusters.filter(([, { seen, all }]) => !all && seen.size === 0).map(([cluster]) => cluster)
  const away = new Set(viewer.truths(blank).flatMap(({ cluster, state }) => (state === 'fresh' ? [] : [cluster])))
  return {
    has: ({ cluster, namespace }) =>
      cluster !== undefined && namespace !== undefined && byCluster.get(cluster)?.seen.has(namespace) === true,
    hidden: clusters.some(([, { hidden }]) => hidden),
    blank: new Set(blank.filter((each) => !away.has(each))),
    unasked: away,
  }
}

async function seenIn({ fleet, viewer }: { fleet: Fleet; viewer: ViewerDoor }, cluster: string, told: string[]) {
  const running = fleet.get(cluster)?.mirror.list(pods) ?? []
  const names = [...new Set([...told, ...running.map(({ metadata }) => metadata.namespace ?? '')])]
  if (await viewer.lists(cluster, pods)) return { all: true, hidden: false, seen: new Set(names) }
  const lists = await Promise.all(names.map((name) => viewer.lists(cluster, pods, name)))
  const seen = new Set(names.filter((_, index) => lists[index] === true))
  return { all: false, hidden: seen.size < names.length, seen }
}
