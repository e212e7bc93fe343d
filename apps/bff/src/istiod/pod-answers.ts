import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Identity } from '@orbweaver/kube/client'
import { type Answers, createAnswers } from '../kube/answers.ts'
import type { ClusterDoor } from '../kube/doors.ts'

/** A page that is told of changes asks often: a person is shown the same of one Pod for so long (ms). */
const ttlMs = 30_000

/**
 * What processes in Pods answered to one person, kept for a moment. Another person is another question, for their rights are
 * others; so is another Pod of the same name. A refusal is not kept.
 */
export function createPodAnswers<Value>() {
  const kept = new WeakMap<ClusterDoor, Answers<Value>>()
  return (
    { door, identity, pod }: { door: ClusterDoor; identity: Identity; pod: KubernetesObject },
    ask: () => Promise<Value>,
  ): Promise<Value> => {
    const answers = kept.get(door) ?? createAnswers<Value>({ ttlMs, max: 1_000 })
    kept.set(door, answers)
    return answers.get(JSON.stringify([identity.user, identity.groups, pod.metadata.uid]), ask)
  }
}
