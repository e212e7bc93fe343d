import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { type IstiodAnswer, readClusterz } from '@orbweaver/istio/meshes/sync'
import { names } from '@orbweaver/istio/world/names'
import { secrets } from '@orbweaver/kube/resources'
import { type Answers, createAnswers } from '../kube/answers.ts'
import type { ClusterDoor } from '../kube/doors.ts'
import { answerInTime, askIstiod, keyOf } from './istiods.ts'
import { type ControlPlanePlace, readyIstiods, whyNotAsked } from './replicas.ts'

/** What the istiods of a control plane said, and when (ms since 1970); or why none was asked. */
export type Clusterz = Told | { why: Message }
type Told = { asOf: number; answers: readonly IstiodAnswer[] }

const maxAnswerBytes = 1024 * 1024

/** Asked once for all who look, by the console's own account: who may be told is for its callers to say. */
const kept = new WeakMap<ClusterDoor, Answers<Told>>()

/**
 * Asks each ready istiod (at most four, by name) which clusters it reads, and waits no longer than `patienceMs`: what
 * takes longer is there for the next who asks. A cluster that is known to be out of reach is not asked.
 */
export async function clusterzOf(door: ClusterDoor, place: ControlPlanePlace, patienceMs: number): Promise<Clusterz> {
  const why = whyNotAsked(door)
  if (why !== undefined) return { why }
  const params = { cluster: door.name }
  const istiods = readyIstiods(door, place)
  if (istiods.length === 0) return { why: { code: 'meshes.istiod_none_ready', params } }
  const answers = kept.get(door) ?? createAnswers({ ttlMs: 6_000, max: 100 })
  kept.set(door, answers)
  const key = keyOf(istiods, remoteSecrets(door, place.namespace))
  const told = await answerInTime({ answers, key, ask: () => askAll(door, istiods), patienceMs })
  return told ?? { why: { code: 'meshes.istiod_slow', params } }
}

/** What istiod learns clusters from. */
function remoteSecrets(door: ClusterDoor, namespace: string): KubernetesObject[] {
  return door.mirror.list(secrets, namespace).filter((each) => labelsOf(each)[names.multiCluster] === 'true')
}

async function askAll(door: ClusterDoor, istiods: readonly KubernetesObject[]): Promise<Told> {
  const answers = await Promise.all(istiods.map((pod) => ask(door, pod)))
  return { asOf: Date.now(), answers }
}

async function ask(door: ClusterDoor, istiod: KubernetesObject): Promise<IstiodAnswer> {
  const pod = istiod.metadata.name
  const answer = await askIstiod(door, istiod, { path: '/debug/clusterz', maxAnswerBytes })
  if ('why' in answer) return { pod, why: answer.why }
  const clusters = readClusterz(answer.body)
  return clusters === undefined
    ? { pod, why: { code: 'meshes.istiod_unreadable', params: { pod } } }
    : { pod, clusters }
}
