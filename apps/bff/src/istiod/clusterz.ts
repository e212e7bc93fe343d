import { type KubernetesObject, labelsOf, targetOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { type IstiodAnswer, readClusterz } from '@orbweaver/istio/meshes/sync'
import { names } from '@orbweaver/istio/world/names'
import { KubeError } from '@orbweaver/kube/error'
import { secrets } from '@orbweaver/kube/resources'
import { type Answers, createAnswers } from '../kube/answers.ts'
import type { ClusterDoor } from '../kube/doors.ts'
import { type ControlPlanePlace, readyIstiods, whyNotAsked } from './replicas.ts'

/** What the istiods of a control plane said, and when (ms since 1970); or why none was asked. */
export type Clusterz = { asOf: number; answers: readonly IstiodAnswer[] } | { why: Message }

/** `http-monitoring`, which carries the debug API too (pilot/pkg/bootstrap/server.go initDebugServer, 1.30). */
const debugPort = 15_014
const deadlineMs = 3_000
const maxAnswerBytes = 1024 * 1024
/** How old an answer may be that is shown because the next one takes long (ms). */
const oldestMs = 60_000

type Kept = Answers<{ asOf: number; answers: readonly IstiodAnswer[] }>

/** Asked once for all who look, by the console's own account: who may be told is for its callers to say. */
const kept = new WeakMap<ClusterDoor, Kept>()

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
  const asked = answers.get(key, () => askAll(door, istiods))
  const told = await within(asked, patienceMs)
  if (told !== undefined) return told
  const last = answers.last(key)
  const isRecent = last !== undefined && Date.now() - last.at <= oldestMs
  return isRecent ? last.value : { why: { code: 'meshes.istiod_slow', params } }
}

/** What istiod learns clusters from. */
function remoteSecrets(door: ClusterDoor, namespace: string): KubernetesObject[] {
  return door.mirror.list(secrets, namespace).filter((each) => labelsOf(each)[names.multiCluster] === 'true')
}

/** An answer is to a question: other Pods, or other Secrets for them to read, make another one. */
function keyOf(...objects: readonly (readonly KubernetesObject[])[]): string {
  return JSON.stringify(
    objects.map((each) => each.map(({ metadata: { uid, resourceVersion } }) => [uid, resourceVersion])),
  )
}

async function askAll(door: ClusterDoor, istiods: readonly KubernetesObject[]) {
  const answers = await Promise.all(istiods.map((pod) => ask(door, pod)))
  return { asOf: Date.now(), answers }
}

async function ask(door: ClusterDoor, istiod: KubernetesObject): Promise<IstiodAnswer> {
  const pod = istiod.metadata.name
  try {
    const request = { port: debugPort, path: '/debug/clusterz', deadlineMs, maxAnswerBytes }
    const { status, body } = await door.own.getThroughPod(targetOf(istiod.metadata), request)
    if (status !== 200) return { pod, why: { code: 'meshes.istiod_refused', params: { pod, status } } }
    const clusters = readClusterz(body)
    return clusters === undefined
      ? { pod, why: { code: 'meshes.istiod_unreadable', params: { pod } } }
      : { pod, clusters }
  } catch (error) {
    if (!(error instanceof KubeError)) throw error
    return { pod, why: { code: 'meshes.istiod_silent', params: { pod, what: `kube.${error.code}` } } }
  }
}

/** Undefined when it takes longer; one that is there already is never missed. */
function within<Value>(value: Promise<Value>, ms: number): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), ms)
    value.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
