import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { type IstiodReading, type IstiodSpan, readIstiod, spanOf } from '@orbweaver/istio/meshes/istiod-numbers'
import { type Answers, createAnswers } from '../kube/answers.ts'
import type { ClusterDoor } from '../kube/doors.ts'
import { answerInTime, askIstiod, keyOf } from './istiods.ts'
import { type ControlPlanePlace, readyIstiods, whyNotAsked } from './replicas.ts'

/** What one istiod said of itself since an earlier reading; or why it told nothing. */
export type ReplicaTold = { istiod: KubernetesObject } & ({ span: IstiodSpan } | { why: Message })
type Told = { asOf: number; replicas: readonly ReplicaTold[] }

const maxAnswerBytes = 8 * 1024 * 1024
/** Readings of an istiod are kept half a minute apart or more, for a quarter of an hour, of the 100 that were asked last. */
const [apartS, longestS, mostIstiods] = [30, 900, 100]

type Kept = { answers: Answers<Told>; readings: Map<string, IstiodReading[]> }

/** Asked once for all who look, by the console's own account: who may be told is for its callers to say. */
const kept = new WeakMap<ClusterDoor, Kept>()

/** Asks each ready istiod (at most four, by name) for its metrics, as clusterzOf does for its clusters. */
export async function readingsOf(
  door: ClusterDoor,
  place: ControlPlanePlace,
  patienceMs: number,
): Promise<Told | { why: Message }> {
  const why = whyNotAsked(door)
  if (why !== undefined) return { why }
  const params = { cluster: door.name }
  const istiods = readyIstiods(door, place)
  if (istiods.length === 0) return { why: { code: 'meshes.istiod_none_ready', params } }
  const { answers, readings } = keptOf(door)
  const ask = async () => {
    const replicas = await Promise.all(istiods.map((istiod) => read(door, istiod, readings)))
    return { asOf: Date.now(), replicas }
  }
  const told = await answerInTime({ answers, key: keyOf(istiods), ask, patienceMs })
  return told ?? { why: { code: 'meshes.istiod_slow', params } }
}

function keptOf(door: ClusterDoor): Kept {
  const known = kept.get(door) ?? { answers: createAnswers<Told>({ ttlMs: 6_000, max: 100 }), readings: new Map() }
  kept.set(door, known)
  return known
}

async function read(door: ClusterDoor, istiod: KubernetesObject, readings: Kept['readings']): Promise<ReplicaTold> {
  const answer = await askIstiod(door, istiod, { path: '/metrics', accept: 'text/plain;version=0.0.4', maxAnswerBytes })
  if ('why' in answer) return { istiod, why: answer.why }
  const now = typeof answer.body === 'string' ? readIstiod(answer.body, Date.now() / 1_000) : undefined
  if (now === undefined) {
    return { istiod, why: { code: 'meshes.istiod_unreadable', params: { pod: istiod.metadata.name } } }
  }
  return { istiod, span: spanOf(remember(readings, istiod.metadata.uid ?? '', now), now) }
}

/** The earliest reading that is kept of it and tells of half a minute or more, and this one kept for later. */
function remember(readings: Kept['readings'], uid: string, now: IstiodReading): IstiodReading | undefined {
  const earlier = (readings.get(uid) ?? []).filter(({ at }) => now.at - at <= longestS)
  const isApart = now.at - (earlier.at(-1)?.at ?? 0) >= apartS
  readings.delete(uid)
  readings.set(uid, isApart ? [...earlier, now] : earlier)
  const oldest = readings.keys().next().value
  if (readings.size > mostIstiods && oldest !== undefined) readings.delete(oldest)
  const [first] = earlier
  return first !== undefined && now.at - first.at >= apartS ? first : undefined
}
