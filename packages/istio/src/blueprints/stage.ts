import type { KubernetesObject, ObjectRef } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import type { ClusterView } from '../world/view.ts'

/** What was read of one cluster of a mesh. Without a view it was not reachable, and its stages wait. */
export type ObservedCluster = {
  view: ClusterView | undefined
  /** Of the FleetCluster. */
  network: string | undefined
  /** API address as other clusters' istiods see it: `peerAddress`, else the kubeconfig's server. */
  server: string
  /** Of `readerTokenSecret`; left out while planning, so that a plan shows holes and never a token. */
  reader?: { token: string; ca: string }
}
export type Observed = ReadonlyMap<string, ObservedCluster>

export type StageName =
  | 'namespace'
  | 'entrance'
  | 'control-plane'
  | 'default-tag'
  | 'discovery-scope'
  | 'member-namespace'
  | 'reader'
  | 'member-control-plane'
  | 'remote-secret'
  | 'member-ready'
  | 'member-default'
  | 'east-west'
  | 'cross-network'
  | 'adopt'
  | 'forget-member'
  | 'remove-default'
  | 'remove-discovery-scope'
  | 'remove-east-west'
  | 'remove-cross-network'
  | 'remove-control-plane'
  | 'remove-entrance'
  | 'remove-reader'
  | 'released'

/** How a stage stands, asked of what was observed. `failed` means waiting longer changes nothing. */
export type GateVerdict = { state: 'waiting' | 'passed' | 'failed' } & Message
export type Gate = (observed: Observed) => GateVerdict

/**
 * One step of making, or unmaking, a mesh. The reconciler applies what differs (server-side apply, manager
 * `orbweaver-mesh`), deletes `removes`, and asks the gate; stages of different clusters do not wait for each other
 * unless `after` says so.
 */
export type Stage = {
  /** Stable over runs: `name@cluster`. */
  id: string
  name: StageName
  cluster: string
  objects: KubernetesObject[]
  removes: ObjectRef[]
  /** All that it may take away, seen or not: what was written a moment ago is not observed yet. */
  named?: ObjectRef[]
  /** Stages that must have passed before this one writes anything. */
  after: string[]
  gate: Gate
  deadlineSeconds: number
  /**
   * Waits for a look in which nothing was written before it: right after a write, gates still answer from what was read
   * before, and what goes here must not go too early.
   */
  calm?: true
  /** Sentence for a gate that still waits at the deadline. */
  timeout: string
}

type StageParts = Pick<Stage, 'name' | 'cluster' | 'gate' | 'deadlineSeconds' | 'timeout'> &
  Partial<Pick<Stage, 'objects' | 'removes' | 'after'>>

export function stage(parts: StageParts): Stage {
  return { id: stageId(parts.name, parts.cluster), objects: [], removes: [], after: [], ...parts }
}

export function stageId(name: StageName, cluster: string): string {
  return `${name}@${cluster}`
}

/** The cluster a stage is shown under: that of its id, which for a remote Secret is the member and not where it lies. */
export function stageCluster({ id }: Stage): string {
  return id.slice(id.indexOf('@') + 1)
}

export function waiting(code: string, params: Message['params'] = {}): GateVerdict {
  return { state: 'waiting', code, params }
}

export function passed(code: string, params: Message['params'] = {}): GateVerdict {
  return { state: 'passed', code, params }
}

export function failed(code: string, params: Message['params'] = {}): GateVerdict {
  return { state: 'failed', code, params }
}

/** A gate that looks into one cluster, and waits while that cluster cannot be read. */
export function gateOf(cluster: string, judge: (view: ClusterView) => GateVerdict): Gate {
  return (observed) => {
    const view = observed.get(cluster)?.view
    return view === undefined ? waiting('cluster-unreachable', { cluster }) : judge(view)
  }
}
