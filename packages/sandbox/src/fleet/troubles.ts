import type { JsonRecord } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import type { LoadBalancerOptions } from '../actors/load-balancer.ts'
import type { Ailment } from '../actors/workloads/pods.ts'
import type { ApiServer } from '../server/api-server.ts'

/** What can be wrong inside a cluster; what can be wrong with its API is in server/faults.ts. All of it absent at first. */
export type TroubleState = {
  /** Nobody hands out addresses, or only after minutes. */
  loadBalancer?: 'absent' | 'slow'
  /** The Sail Operator: uninstalled (its kinds stay), late by some seconds in all it does, or failing at every start. */
  operator?: 'absent' | 'slow' | 'crash-looping'
  /** istiod's Pods run and are not ready: nobody is behind its Services. */
  istiod?: 'down'
  /** istiod is ready and refuses connections to its webhooks. */
  webhook?: 'down'
  /** The Pods of Prometheus run and are not ready, or they are and answer 503 alone, as while it reads its log. */
  prometheus?: 'down' | 'starting'
  /** Images with this text in their name cannot be pulled; those that run go on. */
  imagePull?: string
  /** A namespace that may not have one Pod more than it has. */
  quota?: string
  /** A namespace none of whose Pods may be evicted. */
  pdb?: string
}

/** Milliseconds of what is slow: within a stage's deadline, and long enough to be looked at. */
export const SLOW = { loadBalancerMs: 120_000, operatorMs: 20_000 }

export type Troubles = {
  readonly state: Readonly<TroubleState>
  /** Changes some; undefined takes one back. */
  set: (change: { [K in keyof TroubleState]: TroubleState[K] | undefined }) => void
  reset: () => void
}

const OPERATOR = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'sail-operator', name: 'sail-operator' }
const NAME = 'sandbox-fault'

/** `recheck` has every Pod of the cluster looked at again. */
export function createTroubles(server: ApiServer, recheck: () => void): Troubles {
  let state: TroubleState = {}
  let uninstalled: KubernetesObject | undefined
  const keepOperator = (): void => {
    const found = server.store.get(OPERATOR)
    if (state.operator === 'absent') {
      if (found === undefined) return
      uninstalled = found
      server.store.remove(OPERATOR)
    } else if (uninstalled !== undefined) {
      if (found === undefined) server.store.put(withoutIdentity(uninstalled), 'helm')
      uninstalled = undefined
    }
  }
  const keepObject = (before: string | undefined, after: string | undefined, made: Made): void => {
    if (before === after) return
    const { apiVersion, kind } = made
    if (before !== undefined) server.store.remove({ apiVersion, kind, namespace: before, name: NAME })
    if (after === undefined) return
    server.store.put(
      { apiVersion, kind, metadata: { namespace: after, name: NAME }, spec: made.spec(after) },
      'kubectl',
    )
  }
  const quota: Made = {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    spec: (namespace) => ({
      hard: { pods: String(server.store.list({ apiVersion: 'v1', kind: 'Pod', namespace }).length) },
    }),
  }
  const budget: Made = {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    spec: () => ({ maxUnavailable: 0, selector: {} }),
  }
  const become = (next: TroubleState): void => {
    const before = state
    state = next
    keepOperator()
    keepObject(before.quota, state.quota, quota)
    keepObject(before.pdb, state.pdb, budget)
    recheck()
  }
  return {
    get state() {
      return state
    },
    set: (change) =>
      become(Object.fromEntries(Object.entries({ ...state, ...change }).filter(([, each]) => each !== undefined))),
    reset: () => become({}),
  }
}

type Made = { apiVersion: string; kind: string; spec: (namespace: string) => JsonRecord }

function withoutIdentity({ metadata, status: _status, ...rest }: KubernetesObject): KubernetesObject {
  const { name, namespace = '', labels = {} } = metadata
  return { ...rest, metadata: { name, namespace, labels } }
}

/** What is wrong with a Pod that could be started. */
export function ailmentOf(state: TroubleState, pod: KubernetesObject): Ailment | undefined {
  const labels = labelsOf(pod)
  if (state.istiod === 'down' && labels.app === 'istiod') return 'unready'
  if (state.prometheus === 'down' && labels['app.kubernetes.io/name'] === 'prometheus') return 'unready'
  if (state.operator === 'crash-looping' && labels['control-plane'] === 'sail-operator') return 'crashing'
  return undefined
}

/** How a cluster's load balancers are while something is wrong with them. */
export function balancing(state: TroubleState, world: LoadBalancerOptions): LoadBalancerOptions {
  if (state.loadBalancer === 'absent') return { ...world, mode: 'none' }
  return state.loadBalancer === 'slow' ? { ...world, delayMs: SLOW.loadBalancerMs } : world
}
