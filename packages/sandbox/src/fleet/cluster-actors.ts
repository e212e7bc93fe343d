import type { KubeClient } from '@orbweaver/kube/client'
import type { Clock } from '../clock.ts'
import { cachesOf, type Follow } from '../actors/caches.ts'
import type { ActorContext } from '../actors/controller.ts'
import { type Istiods, startIstiods } from '../actors/istiod/istiods.ts'
import type { ConnectRemote } from '../actors/istiod/remote-clusters.ts'
import { type LoadBalancerOptions, startLoadBalancer } from '../actors/load-balancer.ts'
import { startInstalledOperator } from '../actors/sail/installed-operator.ts'
import type { SailOptions } from '../actors/sail/operator.ts'
import { startAutoscalers } from '../actors/workloads/autoscalers.ts'
import { startDaemonSets } from '../actors/workloads/daemon-sets.ts'
import { startDeployments } from '../actors/workloads/deployments.ts'
import { startEndpointSlices } from '../actors/workloads/endpoint-slices.ts'
import { startPods } from '../actors/workloads/pods.ts'
import { startReplicaSets } from '../actors/workloads/replica-sets.ts'
import { startStatefulSets } from '../actors/workloads/stateful-sets.ts'
import type { WorkQueue } from '../actors/work-queue.ts'
import { ailmentOf, balancing, SLOW, type TroubleState } from './troubles.ts'
import type { WorldCluster } from '../worlds/world.ts'

export type ClusterActors = {
  context: ActorContext
  istiods: Istiods
  /** Nobody has anything left to do but to wait for its time. */
  isIdle: () => boolean
  /** Has every Pod looked at again. */
  recheck: () => void
  stop: () => Promise<void>
}

export type ActorsOptions = {
  client: KubeClient
  /** Where they see the cluster's objects. */
  follow: Follow
  world: WorldCluster
  podStartMs: () => number
  /** Whether what goes well is told in events too. */
  tellsAll: () => boolean
  loadBalancer: () => LoadBalancerOptions
  troubles: () => Readonly<TroubleState>
  clock: Clock
  sail: SailOptions
  connect: ConnectRemote
  log: (line: string) => void
}

/** A registry that no world has. */
const NOWHERE = 'registry.invalid'

/** Everything that lives in one cluster of the sandbox. */
export function startClusterActors(options: ActorsOptions): ClusterActors {
  const { client, world, log, troubles } = options
  const caches = cachesOf(options.follow)
  const queues = new Set<WorkQueue>()
  const context: ActorContext = { client, caches, log, clock: options.clock, queues, tellsAll: options.tellsAll }
  const istiods = startIstiods(context, {
    connect: options.connect,
    refuses: () => troubles().webhook === 'down',
  })
  const kubelets = startPods(context, {
    podStartMs: options.podStartMs,
    isUnpullable: (image) => {
      const { imagePull } = troubles()
      return image.includes(NOWHERE) || (imagePull !== undefined && image.includes(imagePull))
    },
    ailmentOf: (pod) => ailmentOf(troubles(), pod),
    podNetwork: world.podNetwork,
  })
  const parts = [
    startDeployments(context),
    startReplicaSets(context),
    startStatefulSets(context),
    startDaemonSets(context),
    startAutoscalers(context),
    kubelets,
    startEndpointSlices(context),
    startLoadBalancer(context, () => balancing(troubles(), options.loadBalancer())),
    startInstalledOperator(
      { ...context, lateMs: () => (troubles().operator === 'slow' ? SLOW.operatorMs : 0) },
      options.sail,
    ),
    istiods,
  ]
  return {
    context,
    istiods,
    isIdle: () => [...queues].every((each) => !each.isBusy()),
    recheck: kubelets.recheck,
    stop: async () => {
      await Promise.all(parts.map((each) => each.stop()))
      await caches.stop()
    },
  }
}
