import { stringsAt, textAt } from '@orbweaver/contracts/json'
import type { Observed, ObservedCluster } from '@orbweaver/istio/blueprints/stage'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { KubeError } from '@orbweaver/kube/error'
import type { Resource } from '@orbweaver/kube/client'
import * as kinds from '@orbweaver/kube/resources'
import { viewOfMirror } from '../kube/cluster-view.ts'
import { isReadable } from '../kube/current.ts'
import type { ClusterDoor, Fleet } from '../kube/doors.ts'
import { isUnmet } from '../kube/registration.ts'

/** What stages look at. Until all of these were read, absence means nothing: an object not seen yet is not gone. */
const needed: readonly Resource[] = [
  kinds.customResourceDefinitions,
  kinds.namespaces,
  kinds.services,
  kinds.pods,
  kinds.deployments,
  kinds.statefulSets,
  kinds.daemonSets,
  kinds.cronJobs,
  kinds.mutatingWebhookConfigurations,
  kinds.validatingWebhookConfigurations,
  kinds.istios,
  kinds.istioRevisions,
  kinds.istioRevisionTags,
  kinds.istioGateways,
  kinds.sidecars,
]

/**
 * What a blueprint is made from, without the readers' tokens. Never waits for the network: a cluster that is away, or not
 * read through yet, has no view.
 */
export function observe(
  fleet: Fleet,
  mesh: Mesh,
  clusters: readonly string[] = clustersOf(mesh),
): Map<string, ObservedCluster> {
  // A site may leave out the right to read Secrets where nothing is installed (deploy/rbac/member.yaml).
  const wanted = mesh.kind === 'External' ? needed : [...needed, kinds.secrets]
  return new Map(clusters.map((name) => [name, observeCluster(fleet, name, wanted)]))
}

function observeCluster(fleet: Fleet, name: string, wanted: readonly Resource[]): ObservedCluster {
  const record = fleet.hub.mirror.get(kinds.fleetClusters, { name })
  const door = fleet.get(name)
  // Clusters that nobody can ask now have no view: their stages wait instead of being judged by old news.
  const usable = door !== undefined && isReadable(door) && wanted.every((each) => door.mirror.known(each))
  return {
    view: usable ? viewOfMirror(door) : undefined,
    network: textAt(record, 'spec', 'network'),
    server: textAt(record, 'spec', 'peerAddress') ?? door?.server ?? '',
  }
}

/** Clusters that were not met, or answer and were not read through yet: what stands in them will be known in a moment. */
export function unreadClusters(fleet: Fleet, observed: Observed): string[] {
  return [...observed.keys()].filter((cluster) => {
    if (isUnmet(fleet, cluster)) return true
    const door = fleet.get(cluster)
    return observed.get(cluster)?.view === undefined && door !== undefined && isReadable(door)
  })
}

/** A cluster that is not read through by then (ms) will not be in a moment: something is in the way, and is to be told. */
const patienceMs = 120_000

/**
 * Whether a cluster was met only just now and is not read through: nothing can be said of it that is not known in a
 * moment. A console that was just started takes up a mesh where the one before left it.
 */
export function isBeingMet(fleet: Fleet, observed: Observed, now: Date): boolean {
  return unreadClusters(fleet, observed).some((cluster) => {
    const truth = fleet.get(cluster)?.mirror.truth() ?? fleet.unusable().find((each) => each.cluster === cluster)
    return truth?.since === undefined || now.getTime() - Date.parse(truth.since) < patienceMs
  })
}

/** Whether a cluster answers and some of what stages look at was not read yet. */
export function isBeingRead({ mirror }: ClusterDoor): boolean {
  return mirror.truth().state === 'syncing' && !needed.every((each) => mirror.known(each))
}

export type ReaderSecret = { cluster: string; namespace: string; name: string }

/** Adds the readers' tokens, read live and kept nowhere: only a remote Secret that is about to be written needs them. */
export async function withReaders(
  fleet: Fleet,
  observed: Observed,
  readers: readonly ReaderSecret[],
): Promise<Observed> {
  const out = new Map(observed)
  for (const { cluster, namespace, name } of readers) {
    const here = out.get(cluster)
    const reader = here?.view === undefined ? undefined : await readReader(fleet.get(cluster), { namespace, name })
    if (here !== undefined && reader !== undefined) out.set(cluster, { ...here, reader })
  }
  return out
}

async function readReader(
  door: ClusterDoor | undefined,
  target: { namespace: string; name: string },
): Promise<{ token: string; ca: string } | undefined> {
  const secret = await door?.own.get(kinds.secrets, target).catch((error: unknown) => {
    if (error instanceof KubeError) return undefined
    throw error
  })
  const data = stringsAt(secret, 'data')
  const plain = (key: string) => Buffer.from(data[key] ?? '', 'base64').toString('utf8')
  return data.token === undefined ? undefined : { token: plain('token'), ca: plain('ca.crt') }
}
