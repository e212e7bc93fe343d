import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { labelsOf } from '@orbweaver/contracts/kubernetes'
import { isLive } from '../injection/pod-state.ts'
import { kinds } from '../world/kinds.ts'
import { hasLabels, type Labels } from '../world/labels.ts'
import { defineIndex, type Index } from './index-of.ts'
import type { MeshWorld } from './world.ts'

export type LivePod = { cluster: string; pod: KubernetesObject }

/** Pods of every cluster by each of their labels, `key=value`; under the empty key all of them. */
const podsByLabel: Index<LivePod & { live: boolean }> = defineIndex({
  name: 'pods by label',
  kinds: [kinds.pod],
  where: 'every',
  entries: (pod, cluster) => {
    const pairs = Object.entries(labelsOf(pod)).map(([key, value]) => `${key}=${value}`)
    const entry = { cluster, pod, live: isLive(pod) }
    return ['', ...pairs].map((key) => [key, entry])
  },
})

/** Live Pods that have all these labels, in whatever cluster and namespace. */
export function podsWith(world: MeshWorld, labels: Labels): LivePod[] {
  return allPodsWith(world, labels).filter(({ live }) => live)
}

/** Pods that have all these labels, those that have ended too: istioctl analyze does not tell them apart. */
export function allPodsWith(world: MeshWorld, labels: Labels): (LivePod & { live: boolean })[] {
  const sets = Object.entries(labels).map(([key, value]) => world.look(podsByLabel, `${key}=${value}`))
  const [smallest = world.look(podsByLabel, '')] = sets.toSorted((a, b) => a.length - b.length)
  return smallest.filter(({ pod }) => hasLabels(pod, labels))
}

/** Live Pods of a namespace that have all these labels, in whatever cluster. */
export function podsIn(world: MeshWorld, namespace: string, labels: Labels): LivePod[] {
  return world.clusters.flatMap((view) =>
    view
      .list(kinds.pod, namespace)
      .filter((pod) => isLive(pod) && hasLabels(pod, labels))
      .map((pod) => ({ cluster: view.cluster, pod })),
  )
}

/** A selector as it is written on a command line. */
export function spell(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')
}
