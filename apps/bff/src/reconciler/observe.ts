import { stringsAt, textAt } from '@orbweaver/contracts/json'
import type { Observed, ObservedCluster } from '@orbweaver/istio/blueprints/stage'
import { KubeError } from '@orbweaver/kube/error'
import { fleetClusters, secrets } from '@orbweaver/kube/resources'
import { viewOfMirror } from '../kube/cluster-view.ts'
import type { ClusterDoor, Fleet } from '../kube/doors.ts'

/** Clusters that nobody can ask now have no view: their stages wait instead of being judged by old news. */
const readable = new Set(['fresh', 'stale', 'syncing'])

/** What a blueprint is made from, without the readers' tokens. Never waits for the network. */
export function observe(fleet: Fleet, clusters: readonly string[]): Map<string, ObservedCluster> {
  return new Map(clusters.map((name) => [name, observeCluster(fleet, name)]))
}

function observeCluster(fleet: Fleet, name: string): ObservedCluster {
  const record = fleet.hub.mirror.get(fleetClusters, { name })
  const door = fleet.get(name)
  const usable = door !== undefined && readable.has(door.mirror.truth().state)
  return {
    view: usable ? viewOfMirror(door) : undefined,
    network: textAt(record, 'spec', 'network'),
    server: textAt(record, 'spec', 'peerAddress') ?? door?.server ?? '',
  }
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
  const secret = await door?.own.get(secrets, target).catch((error: unknown) => {
    if (error instanceof KubeError) return undefined
    throw error
  })
  const data = stringsAt(secret, 'data')
  const plain = (key: string) => Buffer.from(data[key] ?? '', 'base64').toString('utf8')
  return data.token === undefined ? undefined : { token: plain('token'), ca: plain('ca.crt') }
}
