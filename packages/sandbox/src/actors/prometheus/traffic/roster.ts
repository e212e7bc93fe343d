import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { factsOf, type PodFacts } from './pod-facts.ts'

/** A Pod that has run; `ended` where it is gone. Times are in milliseconds. */
export type Member = { pod: PodFacts; began: number; ended: number | undefined }

/** Pods that are gone and still told of, at most, and for how long. */
const kept = { pods: 1_000, ms: 15 * 86_400_000 }

export type Roster = {
  /** Brings it up to what runs now; the answer are those that are forgotten. */
  take: (pods: readonly KubernetesObject[], now: number) => string[]
  /** Tells when a Pod went that ran. */
  ended: (pod: KubernetesObject, now: number) => void
  running: () => PodFacts[]
  members: () => Iterable<Member>
}

/** The Pods of one cluster that are there or were there. `beganAt` says since when one has been running. */
export function createRoster(beganAt: (pod: PodFacts) => number): Roster {
  const members = new Map<string, Member>()
  const gone = new Map<string, number>()
  return {
    ended: (pod, now) => {
      const { uid = '' } = pod.metadata
      const facts = factsOf(pod)
      if (facts === undefined && !members.has(uid)) return
      gone.set(uid, now)
      if (facts !== undefined && !members.has(uid)) members.set(uid, { pod: facts, began: beganAt(facts), ended: now })
    },
    take: (pods, now) => {
      const there = new Set<string>()
      for (const object of pods) {
        const facts = factsOf(object)
        if (facts === undefined) continue
        there.add(facts.uid)
        const known = members.get(facts.uid)
        members.set(facts.uid, { pod: facts, began: known?.began ?? beganAt(facts), ended: undefined })
      }
      for (const [uid, member] of members) if (!there.has(uid)) member.ended ??= gone.get(uid) ?? now
      gone.clear()
      const left = [...members.values()].filter((each) => each.ended !== undefined)
      const old = left
        .toSorted((one, other) => (other.ended ?? 0) - (one.ended ?? 0))
        .filter(({ ended = 0 }, index) => index >= kept.pods || now - ended > kept.ms)
        .map(({ pod }) => pod.uid)
      for (const uid of old) members.delete(uid)
      return old
    },
    running: () => [...members.values()].flatMap(({ pod, ended }) => (ended === undefined ? [pod] : [])),
    members: () => members.values(),
  }
}
