import { flagAt, type Json, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { nodes, pods } from '@orbweaver/kube/resources'
import { timestampOf } from '../../clock.ts'
import { type ActorContext, type Controller, isDeleting, keyOf, startController, unlessMissing } from '../controller.ts'
import { type EventText, recordEvent, recordNormal } from '../event-recorder.ts'
import type { Again } from '../work-queue.ts'
import { createAddresses } from './pod-addresses.ts'
import { type Health, healthOf } from './pod-state.ts'
import { crashBackoffSeconds, type PodFacts, podStatus, pullFailure } from './pod-status.ts'
import { spread } from './spread.ts'

export type KubeletOptions = {
  /** Milliseconds from being created to being ready. */
  podStartMs: () => number
  isUnpullable: (image: string) => boolean
  /** What is wrong with a Pod that could be started. */
  ailmentOf: (pod: KubernetesObject) => Ailment | undefined
  /** First two bytes of Pod addresses, e.g. `10.1`. */
  podNetwork: string
}

export type Ailment = Extract<Health, 'unready' | 'crashing'>

/** The controller with a way to have every Pod looked at again: what is wrong with them has changed. */
export type Kubelets = Controller & { recheck: () => void }

/** Scheduler and kubelets of one cluster: Pods get a node, start, and go when they are told to. */
export function startPods(context: ActorContext, options: KubeletOptions): Kubelets {
  const addresses = createAddresses(options.podNetwork)
  const born = new Map<string, number>()
  const cache = context.caches.of(pods)

  const start = async (pod: KubernetesObject): Promise<Again> => {
    const { uid = '' } = pod.metadata
    const since = born.get(uid) ?? context.clock.now().getTime()
    born.set(uid, since)
    const node = await schedule(context, pod)
    if (node === undefined) return { againInMs: 1_000 }
    const left = since + options.podStartMs() - context.clock.now().getTime()
    if (left > 0) return { againInMs: left }
    await report(context, pod, factsOf(pod, { podIP: addresses.take(pod), hostIP: internalAddress(node) }))
    return undefined
  }
  const factsOf = (pod: KubernetesObject, at: { podIP: string; hostIP: string }): PodFacts => {
    const unpullable = containersOf(pod)
      .filter((each) => options.isUnpullable(textAt(each, 'image') ?? ''))
      .map((each) => textAt(each, 'name') ?? '')
    const pulled = ![undefined, 'unpullable'].includes(healthOf(pod))
    const health = unpullable.length > 0 && !pulled ? 'unpullable' : (options.ailmentOf(pod) ?? 'running')
    return { ...at, now: timestampOf(context.clock), health, unpullable }
  }
  const lookAfter = async (pod: KubernetesObject): Promise<Again> => {
    const [podIP, hostIP] = [textAt(pod, 'status', 'podIP') ?? '', textAt(pod, 'status', 'hostIP') ?? '']
    const facts = factsOf(pod, { podIP, hostIP })
    const left = facts.health === healthOf(pod) ? untilNextCrash(context, pod) : 0
    if (left === undefined) return undefined
    if (left > 0) return { againInMs: left }
    await report(context, pod, facts)
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
  const controller = startController(context, {
    name: 'kubelet',
    watches: [{ resource: pods, keys: (pod) => [keyOf(pod)] }],
    reconcile: async (key) => {
      const pod = cache.get(key.namespace, key.name)
      if (pod === undefined) return undefined
      if (isDeleting(pod)) return removePod(context, pod)
      return healthOf(pod) === undefined ? start(pod) : lookAfter(pod)
    },
    workers: 16,
  })
  return { ...controller, recheck: () => cache.list().map(keyOf).forEach(controller.enqueue) }
}

function containersOf(pod: KubernetesObject): Json[] {
  return [...listAt(pod, 'spec', 'initContainers'), ...listAt(pod, 'spec', 'containers')]
}

/** Milliseconds; undefined for a Pod that does not crash. */
function untilNextCrash({ clock }: ActorContext, pod: KubernetesObject): number | undefined {
  const crashed = listAt(pod, 'status', 'containerStatuses').find(
    (each) => textAt(each, 'state', 'waiting', 'reason') === 'CrashLoopBackOff',
  )
  const last = Date.parse(textAt(crashed, 'lastState', 'terminated', 'finishedAt') ?? '')
  if (Number.isNaN(last)) return undefined
  return last + crashBackoffSeconds(numberAt(crashed, 'restartCount') ?? 1) * 1_000 - clock.now().getTime()
}

/** Says how a Pod is now, and what happened to it. */
async function report(context: ActorContext, pod: KubernetesObject, facts: PodFacts): Promise<void> {
  const { namespace = 'default', name } = pod.metadata
  const patch = { type: 'merge' as const, body: { status: podStatus(pod, facts) }, fieldManager: 'kubelet' }
  const written = await unlessMissing(context.client.patch(pods, { namespace, name, subresource: 'status' }, patch))
  if (written === undefined) return
  for (const text of newsOf(pod, facts)) await recordEvent(context, pod, { component: 'kubelet', ...text })
}

function newsOf(pod: KubernetesObject, { health, unpullable }: PodFacts): Omit<EventText, 'component'>[] {
  const { namespace = 'default', name, uid = '' } = pod.metadata
  const first = textAt(pod, 'spec', 'containers', 0, 'name') ?? ''
  switch (health) {
    case 'running':
      return []
    case 'unready':
      return [warning('Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503')]
    case 'crashing':
      return [warning('BackOff', `Back-off restarting failed container ${first} in pod ${name}_${namespace}(${uid})`)]
    case 'unpullable':
      return containersOf(pod)
        .filter((each) => unpullable.includes(textAt(each, 'name') ?? ''))
        .map((each) => textAt(each, 'image') ?? '')
        .flatMap((image) => [
          warning('Failed', `Failed to pull image ${pullFailure(image)}`),
          warning('Failed', 'Error: ErrImagePull'),
          { type: 'Normal' as const, reason: 'BackOff', message: `Back-off pulling image "${image}"` },
          warning('Failed', 'Error: ImagePullBackOff'),
        ])
  }
}

function warning(reason: string, message: string): Omit<EventText, 'component'> {
  return { type: 'Warning', reason, message }
}

function internalAddress(node: KubernetesObject): string {
  const found = listAt(node, 'status', 'addresses').find((each) => textAt(each, 'type') === 'InternalIP')
  return textAt(found, 'address') ?? '192.0.2.1'
}

const OWN_SCHEDULER = 'default-scheduler'

/** Binds to one of the nodes, told from the Pod's name; undefined when the cluster has no node, or scheduler, for it. */
async function schedule(context: ActorContext, pod: KubernetesObject): Promise<KubernetesObject | undefined> {
  const all = context.caches.of(nodes).list()
  const named = textAt(pod, 'spec', 'nodeName')
  if (named !== undefined) return all.find((each) => each.metadata.name === named)
  if ((textAt(pod, 'spec', 'schedulerName') ?? OWN_SCHEDULER) !== OWN_SCHEDULER) return undefined
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
  const message = `Successfully assigned ${namespace}/${name} to ${target.metadata.name}`
  await recordNormal(context, pod, { reason: 'Scheduled', message, component: 'default-scheduler' })
  return target
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
