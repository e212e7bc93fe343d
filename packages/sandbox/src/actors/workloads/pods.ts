import { createHash } from 'node:crypto'
import { flagAt, listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { nodes, pods } from '@orbweaver/kube/resources'
import { timestampOf } from '../../clock.ts'
import {
  type ActorContext,
  type Controller,
  isDeleting,
  keyOf,
  type ObjectKey,
  startController,
  unlessMissing,
} from '../controller.ts'
import type { Again } from '../work-queue.ts'
import { unpullable } from './pod-state.ts'
import { podStatus } from './pod-status.ts'

export type KubeletOptions = {
  /** Milliseconds from being created to being ready, and from being deleted to being gone. */
  podStartMs: () => number
  /** Images whose name contains this text cannot be pulled. */
  unpullableMarker: string
  /** First two bytes of Pod addresses, e.g. `10.1`. */
  podNetwork: string
}

/** Scheduler and kubelets of one cluster: Pods get a node, start, and go when they are told to. */
export function startPods(context: ActorContext, options: KubeletOptions): Controller {
  const addresses = createAddresses(options.podNetwork)
  const born = new Map<string, number>()
  const cache = context.caches.of(pods)

  const reconcile = async (key: ObjectKey): Promise<Again> => {
    const pod = cache.get(key.namespace, key.name)
    if (pod === undefined) return undefined
    const uid = pod.metadata.uid ?? ''
    if (isDeleting(pod)) return removePod(context, pod)
    if (hasReported(pod)) return undefined
    const since = born.get(uid) ?? context.clock.now().getTime()
    born.set(uid, since)
    const node = await schedule(context, pod)
    if (node === undefined) return { againInMs: 1_000 }
    const left = since + options.podStartMs() - context.clock.now().getTime()
    if (left > 0) return { againInMs: left }
    const facts = {
      podIP: addresses.take(pod),
      hostIP: internalAddress(node),
      now: timestampOf(context.clock),
      unpullable: unpullable(pod, options.unpullableMarker),
    }
    const patch = { status: podStatus(pod, facts) }
    await unlessMissing(
      context.client.patch(
        pods,
        { ...key, subresource: 'status' },
        { type: 'merge', body: patch, fieldManager: 'kubelet' },
      ),
    )
    return undefined
  }
  cache.onChange((pod) => {
    if (cache.get(pod.metadata.namespace ?? '', pod.metadata.name)?.metadata.uid === pod.metadata.uid) {
      addresses.keep(pod)
      return
    }
    born.delete(pod.metadata.uid ?? '')
    addresses.free(pod)
  })
  return startController(context, {
    name: 'kubelet',
    watches: [{ resource: pods, keys: (pod) => [keyOf(pod)] }],
    reconcile,
    workers: 16,
  })
}

function hasReported(pod: KubernetesObject): boolean {
  return listAt(pod, 'status', 'containerStatuses').length > 0
}

function internalAddress(node: KubernetesObject): string {
  const found = listAt(node, 'status', 'addresses').find((each) => textAt(each, 'type') === 'InternalIP')
  return textAt(found, 'address') ?? '192.0.2.1'
}

/** Binds to one of the nodes, told from the Pod's name; undefined when the cluster has no node for it. */
async function schedule(context: ActorContext, pod: KubernetesObject): Promise<KubernetesObject | undefined> {
  const all = context.caches.of(nodes).list()
  const named = textAt(pod, 'spec', 'nodeName')
  if (named !== undefined) return all.find((each) => each.metadata.name === named)
  const candidates = all.filter((each) => flagAt(each, 'spec', 'unschedulable') !== true)
  const ordered = candidates.toSorted((a, b) => a.metadata.name.localeCompare(b.metadata.name))
  const target = ordered[spread(pod.metadata.name) % Math.max(1, ordered.length)]
  if (target === undefined) return undefined
  const { namespace = 'default', name } = pod.metadata
  await context.client.raw(`/api/v1/namespaces/${namespace}/pods/${name}/binding`, {
    method: 'POST',
    body: {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name, namespace },
      target: { apiVersion: 'v1', kind: 'Node', name: target.metadata.name },
    },
  })
  return target
}

/** A number told from a name, so that the same world is spread the same way every time. */
function spread(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0)
}

async function removePod(context: ActorContext, pod: KubernetesObject): Promise<undefined> {
  const { namespace = 'default', name, uid } = pod.metadata
  await unlessMissing(
    context.client.raw(`/api/v1/namespaces/${namespace}/pods/${name}`, {
      method: 'DELETE',
      body: { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0, preconditions: { uid } },
    }),
  )
  return undefined
}

type Addresses = {
  take(pod: KubernetesObject): string
  /** Learns of an address that a Pod has already. */
  keep(pod: KubernetesObject): void
  free(pod: KubernetesObject): void
}

/** Addresses of one /16, told from the Pod's name, or the next free one. */
function createAddresses(network: string): Addresses {
  const byUid = new Map<string, string>()
  const taken = new Set<string>()
  const note = ({ metadata: { uid = '' } }: KubernetesObject, address: string): string => {
    byUid.set(uid, address)
    taken.add(address)
    return address
  }
  return {
    take(pod) {
      const { namespace = '', name, uid = '' } = pod.metadata
      const known = byUid.get(uid)
      if (known !== undefined) return known
      let number = spread(`${namespace}/${name}`) % GIVEN_OUT
      while (taken.has(addressOf(network, number))) number = (number + 1) % GIVEN_OUT
      return note(pod, addressOf(network, number))
    },
    keep(pod) {
      const address = textAt(pod, 'status', 'podIP')
      if (address !== undefined && !byUid.has(pod.metadata.uid ?? '')) note(pod, address)
    },
    free({ metadata: { uid = '' } }) {
      taken.delete(byUid.get(uid) ?? '')
      byUid.delete(uid)
    },
  }
}

/** So many addresses kubelets give out; those above are for Pods that a world brings along. */
const GIVEN_OUT = 20_000

function addressOf(network: string, number: number): string {
  return `${network}.${Math.floor(number / 250)}.${(number % 250) + 2}`
}
