import { type KubernetesObject, targetOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import type { PodRequest } from '@orbweaver/kube/client'
import { KubeError } from '@orbweaver/kube/error'
import type { Answers } from '../kube/answers.ts'
import type { ClusterDoor } from '../kube/doors.ts'
import { within } from '../kube/within.ts'

/** `http-monitoring`, which carries metrics and the debug API (pilot/pkg/bootstrap/server.go initDebugServer, 1.30). */
const port = 15_014
const deadlineMs = 3_000
/** How old an answer may be that is shown because the next one takes long (ms). */
const oldestMs = 60_000

/** An answer is to a question: other Pods, or other Secrets for them to read, make another one. */
export function keyOf(...objects: readonly (readonly KubernetesObject[])[]): string {
  return JSON.stringify(
    objects.map((each) => each.map(({ metadata: { uid, resourceVersion } }) => [uid, resourceVersion])),
  )
}

/** What one istiod answers, by the console's own account; or why it did not. */
export async function askIstiod(
  door: ClusterDoor,
  istiod: KubernetesObject,
  request: Pick<PodRequest, 'path' | 'accept' | 'maxAnswerBytes'>,
): Promise<{ body: unknown } | { why: Message }> {
  const pod = istiod.metadata.name
  try {
    const { status, body } = await door.own.getThroughPod(targetOf(istiod.metadata), { ...request, port, deadlineMs })
    return status === 200 ? { body } : { why: { code: 'meshes.istiod_refused', params: { pod, status } } }
  } catch (error) {
    if (!(error instanceof KubeError)) throw error
    return { why: { code: 'meshes.istiod_silent', params: { pod, what: `kube.${error.code}` } } }
  }
}

type Question<Value> = { answers: Answers<Value>; key: string; ask: () => Promise<Value>; patienceMs: number }

/** What takes longer than somebody waits is there for the next who asks; until then the last answer is, if it is recent. */
export async function answerInTime<Value>({ answers, key, ask, patienceMs }: Question<Value>) {
  const told = await within(answers.get(key, ask), patienceMs)
  if (told !== undefined) return told
  const last = answers.last(key)
  return last !== undefined && Date.now() - last.at <= oldestMs ? last.value : undefined
}
