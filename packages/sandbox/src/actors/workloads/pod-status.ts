import { type Json, type JsonRecord, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { type Health, isNativeSidecar } from './pod-state.ts'

export type PodFacts = {
  podIP: string
  hostIP: string
  now: string
  health: Health
  /** Names of the containers whose image is not there. */
  unpullable: string[]
}

/** The status a kubelet would report once everything that can start has started. */
export function podStatus(pod: KubernetesObject, facts: PodFacts): JsonRecord {
  const init = listAt(pod, 'spec', 'initContainers')
  const main = listAt(pod, 'spec', 'containers')
  const blocked = init.findIndex((each) => isUnpullable(each, facts))
  const initialized = blocked < 0
  const initStatuses = init.map((each, index) => initStatus(each, index, { pod, blocked, facts }))
  const statuses = main.map((each, index) =>
    initialized ? mainStatus(each, { pod, facts, ails: index === 0 }) : waiting(each, 'PodInitializing'),
  )
  const unready = statuses.filter((each) => each.ready !== true).map((each) => nameOf(each))
  return {
    phase: facts.health === 'unpullable' ? 'Pending' : 'Running',
    conditions: conditions(pod, { initialized, unready }, facts.now),
    hostIP: facts.hostIP,
    podIP: facts.podIP,
    podIPs: [{ ip: facts.podIP }],
    startTime: textAt(pod, 'status', 'startTime') ?? facts.now,
    ...(init.length === 0 ? {} : { initContainerStatuses: initStatuses }),
    containerStatuses: statuses,
  }
}

function isUnpullable(container: Json, { health, unpullable }: PodFacts): boolean {
  return health === 'unpullable' && unpullable.includes(textAt(container, 'name') ?? '')
}

/** Since when each holds is kept as long as it holds. */
function conditions(
  pod: KubernetesObject,
  state: { initialized: boolean; unready: string[] },
  now: string,
): JsonRecord[] {
  const before = listAt(pod, 'status', 'conditions')
  const condition = (type: string, holds: boolean, reason: string): JsonRecord => {
    const status = holds ? 'True' : 'False'
    const was = before.find((each) => textAt(each, 'type') === type)
    const since = textAt(was, 'status') === status ? textAt(was, 'lastTransitionTime') : undefined
    const base = { type, status, lastProbeTime: null, lastTransitionTime: since ?? now }
    return holds ? base : { ...base, reason, message: `containers with unready status: [${state.unready.join(' ')}]` }
  }
  const ready = state.unready.length === 0
  return [
    condition('PodReadyToStartContainers', true, ''),
    condition('Initialized', state.initialized, 'ContainersNotInitialized'),
    condition('Ready', ready, 'ContainersNotReady'),
    condition('ContainersReady', ready, 'ContainersNotReady'),
    condition('PodScheduled', true, ''),
  ]
}

type About = { pod: KubernetesObject; facts: PodFacts }

function initStatus(container: Json, index: number, about: About & { blocked: number }): JsonRecord {
  const { pod, facts, blocked } = about
  if (blocked >= 0 && index > blocked) return waiting(container, 'PodInitializing')
  if (blocked === index || isNativeSidecar(container)) return mainStatus(container, { pod, facts, ails: false })
  const terminated = { exitCode: 0, reason: 'Completed', startedAt: facts.now, finishedAt: facts.now }
  return { ...base(container, 0), ready: true, started: false, state: { terminated } }
}

/** What ails a Pod ails its first container. */
function mainStatus(container: Json, { pod, facts, ails }: About & { ails: boolean }): JsonRecord {
  if (isUnpullable(container, facts)) return unpulled(container)
  const restarts = restartsOf(pod, container)
  if (ails && facts.health === 'crashing') return crashed(container, { pod, restarts, now: facts.now })
  const ready = !(ails && facts.health === 'unready')
  const before = listAt(pod, 'status', 'containerStatuses').find((each) => textAt(each, 'name') === nameOf(container))
  const startedAt = textAt(before, 'state', 'running', 'startedAt') ?? facts.now
  return { ...base(container, restarts), ready, started: true, state: { running: { startedAt } } }
}

function unpulled(container: Json): JsonRecord {
  const message = pullFailure(textAt(container, 'image') ?? '')
  const state = { waiting: { reason: 'ImagePullBackOff', message: `Back-off pulling image ${message}` } }
  return { ...base(container, 0), ready: false, started: false, state }
}

/** Words of containerd about a registry that is not there. */
export function pullFailure(image: string): string {
  return `"${image}": ErrImagePull: failed to pull and unpack image "${image}": no such host`
}

/** Seconds before the next try: doubled each time, five minutes at most (kubelet, MaxContainerBackOff). */
export function crashBackoffSeconds(restarts: number): number {
  return Math.min(10 * 2 ** Math.max(0, restarts - 1), 300)
}

type Crash = { pod: KubernetesObject; restarts: number; now: string }

function crashed(container: Json, { pod, restarts, now }: Crash): JsonRecord {
  const { namespace = '', name, uid = '' } = pod.metadata
  const count = restarts + 1
  const after = `back-off ${duration(crashBackoffSeconds(count))} restarting failed`
  const message = `${after} container=${nameOf(container)} pod=${name}_${namespace}(${uid})`
  const terminated = { exitCode: 1, reason: 'Error', startedAt: now, finishedAt: now }
  return {
    ...base(container, count),
    ready: false,
    started: false,
    state: { waiting: { reason: 'CrashLoopBackOff', message } },
    lastState: { terminated },
  }
}

/** As Go writes durations: `10s`, `1m20s`, `5m0s`. */
function duration(seconds: number): string {
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`
}

function restartsOf(pod: KubernetesObject, container: Json): number {
  const statuses = listAt(pod, 'status', 'containerStatuses')
  return (
    numberAt(
      statuses.find((each) => textAt(each, 'name') === nameOf(container)),
      'restartCount',
    ) ?? 0
  )
}

function nameOf(container: Json): string {
  return textAt(container, 'name') ?? ''
}

function waiting(container: Json, reason: string): JsonRecord {
  return { ...base(container, 0), ready: false, started: false, state: { waiting: { reason } } }
}

function base(container: Json, restartCount: number): JsonRecord {
  const image = textAt(container, 'image') ?? ''
  return { name: nameOf(container), image, imageID: image, restartCount }
}
