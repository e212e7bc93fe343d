import type { Authority, RootChange } from '@orbweaver/contracts/certificates'
import { textAt } from '@orbweaver/contracts/json'
import { conditionOf, type KubernetesObject, labelsOf, refKey } from '@orbweaver/contracts/kubernetes'
import { certificatesIn } from '@orbweaver/istio/certificates/certificate'
import {
  type ClusterEvidence,
  isBehind,
  type ProxyLife,
  rootChange,
  type RootState,
} from '@orbweaver/istio/certificates/root-change'
import { workloadTtlMs } from '@orbweaver/istio/certificates/workload-ttl'
import { ownerOf } from '@orbweaver/istio/injection/owners'
import { isLive } from '@orbweaver/istio/injection/pod-state'
import { readProxy } from '@orbweaver/istio/injection/proxy'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { revisionOf } from '@orbweaver/istio/meshes/names'
import { names } from '@orbweaver/istio/world/names'
import { KubeError } from '@orbweaver/kube/error'
import { configMaps, mutatingWebhookConfigurations, pods as podResource } from '@orbweaver/kube/resources'
import { inFlight } from '../../changes/in-flight.ts'
import { type Answers, createAnswers } from '../../kube/answers.ts'
import { viewOfMirror } from '../../kube/cluster-view.ts'
import type { ClusterDoor, Fleet } from '../../kube/doors.ts'
import type { Asking } from './asking.ts'
import { handedIn } from '../../fleet/signing-authority.ts'

type Judged = { authority: Authority; now: Date }

/** As many workloads as one plan restarts. */
const mostWorkloads = 200

/** Where a mesh stands in a change of its root, as far as one person may know of what tells it. */
export async function rootChangeOf(asking: Asking, mesh: Mesh, { authority, now }: Judged): Promise<RootChange> {
  const istiods = readyIstiods(asking.fleet, mesh)
  const lifeOf = lives(istiods)
  const found = await inFlight(clustersOf(mesh), 4, (cluster) => seenEvidence(asking, { mesh, cluster, lifeOf }))
  const { guessed: _guessed, ...state } = rootChange({
    authority,
    istiods: istiods.flatMap((each) => startOf(each) ?? []),
    clusters: found.map(({ evidence }) => evidence),
    now,
  })
  if (state.phase === 'one-root' || state.since === undefined) return { ...state, workloads: [] }
  const since = new Date(state.since)
  const workloads = found.flatMap(({ door, pods }) =>
    door === undefined
      ? []
      : workloadsOf(
          door,
          pods.filter((each) => isBehind(lifeOf(each), since, now)),
        ),
  )
  const sees = await asking.viewer.seesWhich(workloads.map(({ ref }) => ref))
  return { ...state, workloads: workloads.filter(({ ref }) => sees.has(refKey(ref))).slice(0, mostWorkloads) }
}

/** The same with all that the console knows: by which a plan is judged. It names clusters, and counts nothing for its holds. */
export async function rootState(fleet: Fleet, mesh: Mesh, { authority, now }: Judged): Promise<RootState> {
  const istiods = readyIstiods(fleet, mesh)
  const lifeOf = lives(istiods)
  const clusters = await inFlight(clustersOf(mesh), 4, async (cluster): Promise<ClusterEvidence> => {
    const door = reachable(fleet, cluster)
    if (door === undefined) return unread(cluster)
    const maps = await mapsOf(door)
    return {
      cluster,
      handed: door.mirror.known(mutatingWebhookConfigurations) ? await handedPrints(door, mesh) : undefined,
      namespaces: maps?.map(({ roots }) => roots),
      pods: door.mirror.known(podResource) ? door.mirror.list(podResource).filter(hasProxy).map(lifeOf) : undefined,
    }
  })
  return rootChange({ authority, istiods: istiods.flatMap((each) => startOf(each) ?? []), clusters, now })
}

type Seen = { evidence: ClusterEvidence; door: ClusterDoor | undefined; pods: KubernetesObject[] }

type Looking = { mesh: Mesh; cluster: string; lifeOf: (pod: KubernetesObject) => ProxyLife }

async function seenEvidence({ fleet, viewer }: Asking, { mesh, cluster, lifeOf }: Looking): Promise<Seen> {
  const door = reachable(fleet, cluster)
  if (door === undefined) return { evidence: unread(cluster), door, pods: [] }
  const known = door.mirror.known(mutatingWebhookConfigurations)
  const [webhooks, everyPod, listed, maps] = await Promise.all([
    known && viewer.lists(cluster, mutatingWebhookConfigurations),
    viewer.lists(cluster, podResource),
    viewer.list(cluster, podResource),
    mapsOf(door),
  ])
  const pods = listed.filter(hasProxy)
  const sees = await inFlight(maps ?? [], 10, (each) => viewer.seesNamespace(cluster, each.namespace))
  const evidence: ClusterEvidence = {
    cluster,
    handed: webhooks ? await handedPrints(door, mesh) : undefined,
    namespaces: maps?.filter((_, index) => sees[index] === true).map(({ roots }) => roots),
    pods: door.mirror.known(podResource) ? pods.map(lifeOf) : undefined,
    ...(!everyPod && { partial: true }),
  }
  return { evidence, door, pods }
}

function reachable(fleet: Fleet, cluster: string): ClusterDoor | undefined {
  const door = fleet.get(cluster)
  const state = door?.mirror.truth().state
  return state === 'fresh' || state === 'stale' ? door : undefined
}

function unread(cluster: string): ClusterEvidence {
  return { cluster, handed: undefined, namespaces: undefined, pods: undefined }
}

async function handedPrints(door: ClusterDoor, mesh: Mesh): Promise<string[]> {
  return (await handedIn(door, mesh)).map(({ fingerprint }) => fingerprint)
}

/** Sidecars and gateways, waypoints too: each has a certificate of the mesh's authority. */
export function hasProxy(pod: KubernetesObject): boolean {
  const { kind } = readProxy(pod)
  return isLive(pod) && kind !== 'none' && kind !== 'ambient'
}

function lives(istiods: readonly KubernetesObject[]) {
  return (pod: KubernetesObject): ProxyLife => ({ started: startOf(pod), ttlMs: workloadTtlMs(pod, istiods) })
}

function startOf(pod: KubernetesObject): string | undefined {
  return textAt(pod, 'status', 'startTime') ?? pod.metadata.creationTimestamp
}

function readyIstiods(fleet: Fleet, mesh: Mesh): KubernetesObject[] {
  const { cluster, namespace } = mesh.controlPlane
  const found = fleet.get(cluster)?.mirror.list(podResource, namespace) ?? []
  return found
    .filter((pod) => labelsOf(pod).app === 'istiod' && labelsOf(pod)[names.revision] === revisionOf(mesh))
    .filter((pod) => isLive(pod) && conditionOf(pod, 'Ready')?.status === 'True')
}

function workloadsOf(door: ClusterDoor, pods: readonly KubernetesObject[]): RootChange['workloads'] {
  const view = viewOfMirror(door)
  const found = new Map<string, RootChange['workloads'][number]>()
  for (const pod of pods) {
    const { ref, refusal } = ownerOf(view, pod)
    const known = found.get(refKey(ref))
    found.set(refKey(ref), { ref, pods: (known?.pods ?? 0) + 1, restartable: refusal === undefined })
  }
  return [...found.values()]
}

type HandedMap = { namespace: string; roots: string[] }

/** As istiod names it (istio pilot/pkg/serviceregistry/kube/controller/namespacecontroller.go, 1.30). */
const rootMap = 'istio-ca-root-cert'
const deadlineMs = 3_000
const kept = new WeakMap<ClusterDoor, Answers<HandedMap[]>>()

/** What each namespace of a cluster was given: one question for all who look; undefined where it is not answered. */
async function mapsOf(door: ClusterDoor): Promise<HandedMap[] | undefined> {
  const answers = kept.get(door) ?? createAnswers<HandedMap[]>({ ttlMs: 6_000, max: 1 })
  kept.set(door, answers)
  try {
    return await answers.get(rootMap, () => askMaps(door))
  } catch (error) {
    if (!(error instanceof KubeError)) throw error
    return undefined
  }
}

async function askMaps(door: ClusterDoor): Promise<HandedMap[]> {
  const { items } = await door.own.list(configMaps, { fieldSelector: `metadata.name=${rootMap}`, deadlineMs })
  // A thousand namespaces hold the same text.
  const read = new Map<string, Promise<string[]>>()
  return Promise.all(
    items.map(async (map) => {
      const text = textAt(map, 'data', 'root-cert.pem') ?? ''
      const roots = read.get(text) ?? certificatesIn(text).then((all) => all.map(({ fingerprint }) => fingerprint))
      read.set(text, roots)
      return { namespace: map.metadata.namespace ?? '', roots: await roots }
    }),
  )
}
