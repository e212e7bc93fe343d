import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { labelsOf } from '@orbweaver/contracts/kubernetes'
import { isLive } from '../injection/pod-state.ts'
import { kinds } from '../world/kinds.ts'
import { hasLabels, type Labels } from '../world/labels.ts'
import { defineIndex, type Index } from './index-of.ts'
import type { MeshWorld } from './world.ts'

export type LivePod = { cluster: string; pod: KubernetesObject }

/** Live Pods of every cluster by each of their labels, `key=value`; under the empty key all of them. */
const podsByLabel: Index<LivePod> = defineIndex({
  name: 'pods by label',
  kinds: [kinds.pod],
  where: 'every',
  entries: (pod, cluster) => {
    if (!isLive(pod)) return []
    const pairs = Object.entries(labelsOf(pod)).map(([key, value]) => `${key}=${value}`)
    return ['', ...pairs].map((key): [string, LivePod] => [key, { cluster, pod }])
  },
})

/** Live Pods that have all these labels, in whatever cluster and namespace. */
export function podsWith(world: MeshWorld, labels: Labels): LivePod[] {
  const sets = Object.entries(labels).map(([key, value]) => world.look(podsByLabel, `${key}=${value}`))
  const [smallest = world.look(podsByLabel, '')] = sets.toSorted((a, b) => a.length - b.length)
  return smallest.filter(({ pod }) => hasLabels(pod, labels))
}

/** A selector as it is written on a command line. */
export function spell(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')
}
