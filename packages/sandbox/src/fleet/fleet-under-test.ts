import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { isKubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { KubeClient, Resource } from '@orbweaver/kube/client'
import { KubeError } from '@orbweaver/kube/error'
import { type Fleet, startFleet } from '../fleet.ts'
import { emptyWorld } from '../worlds/empty.ts'
import type { World } from '../worlds/world.ts'

/** A hub and as many empty members as a test needs, with quick Pods and probes. */
export function startTestFleet(members: number, change: (world: World) => World = (world) => world): Promise<Fleet> {
  const world = emptyWorld()
  const small = change({ ...world, members: world.members.slice(0, members) })
  return startFleet(small, { podStartMs: 10, probeIntervalMs: 50 })
}

export function clientOf(fleet: Fleet, cluster: string): KubeClient {
  const member = fleet.clusters.get(cluster)
  if (member === undefined) throw new Error(`no cluster ${cluster}`)
  return member.admin
}

/** JSON as a test writes it, checked to be a Kubernetes object. */
export function object(value: unknown): KubernetesObject {
  if (!isKubernetesObject(value)) throw new Error('not a Kubernetes object')
  return value
}

type At = { namespace?: string; name: string }

/** Follows an object until a condition holds; undefined means the object is not there. Fails with what it saw last. */
export async function eventually(
  client: KubeClient,
  { resource, ...target }: At & { resource: Resource },
  holds: (seen: KubernetesObject | undefined) => boolean,
): Promise<KubernetesObject | undefined> {
  const until = Date.now() + 10_000
  for (;;) {
    const seen = await client.get(resource, target).catch((error: unknown) => {
      if (error instanceof KubeError && error.code === 'not_found') return undefined
      throw error
    })
    if (holds(seen)) return seen
    if (Date.now() > until) throw new Error(`${resource.kind} ${target.name} stays ${JSON.stringify(seen)}`)
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}

/** The same for all objects of a kind. */
export async function eventuallyAll(
  client: KubeClient,
  { resource, namespace }: { resource: Resource; namespace?: string },
  holds: (seen: KubernetesObject[]) => boolean,
): Promise<KubernetesObject[]> {
  const until = Date.now() + 10_000
  for (;;) {
    const { items } = await client.list(resource, namespace === undefined ? {} : { namespace })
    if (holds(items)) return items
    if (Date.now() > until)
      throw new Error(`${resource.plural} stay ${JSON.stringify(items.map((each) => each.metadata.name))}`)
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}
