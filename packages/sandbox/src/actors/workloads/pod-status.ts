import { type Json, type JsonRecord, listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { isNativeSidecar } from './pod-state.ts'

export type PodFacts = { podIP: string; hostIP: string; now: string; unpullable: string[] }

/** The status a kubelet would report once everything that can start has started. */
export function podStatus(pod: KubernetesObject, facts: PodFacts): JsonRecord {
  const init = listAt(pod, 'spec', 'initContainers')
  const main = listAt(pod, 'spec', 'containers')
  const blocked = init.findIndex((each) => facts.unpullable.includes(textAt(each, 'name') ?? ''))
  const initialized = blocked < 0
  const ready = initialized && facts.unpullable.length === 0
  return {
    phase: ready ? 'Running' : 'Pending',
    conditions: conditions({ initialized, ready }, facts.now),
    hostIP: facts.hostIP,
    podIP: facts.podIP,
    podIPs: [{ ip: facts.podIP }],
    startTime: facts.now,
    qosClass: 'Burstable',
    ...(init.length === 0
      ? {}
      : { initContainerStatuses: init.map((each, index) => initStatus(each, index, { blocked, facts })) }),
    containerStatuses: main.map((each) => (initialized ? mainStatus(each, facts) : waiting(each, 'PodInitializing'))),
  }
}

function conditions(state: { initialized: boolean; ready: boolean }, now: string): JsonRecord[] {
  const condition = (type: string, holds: boolean, reason: string): JsonRecord => {
    const base = { type, status: holds ? 'True' : 'False', lastProbeTime: null, lastTransitionTime: now }
    return holds ? base : { ...base, reason, message: 'containers with unready status' }
  }
  return [
    condition('PodReadyToStartContainers', true, ''),
    condition('Initialized', state.initialized, 'ContainersNotInitialized'),
    condition('Ready', state.ready, 'ContainersNotReady'),
    condition('ContainersReady', state.ready, 'ContainersNotReady'),
    condition('PodScheduled', true, ''),
  ]
}

function initStatus(container: Json, index: number, state: { blocked: number; facts: PodFacts }): JsonRecord {
  const { blocked, facts } = state
  if (blocked >= 0 && index > blocked) return waiting(container, 'PodInitializing')
  if (blocked === index || isNativeSidecar(container)) return mainStatus(container, facts)
  const terminated = { exitCode: 0, reason: 'Completed', startedAt: facts.now, finishedAt: facts.now }
  return { ...base(container), ready: true, started: false, state: { terminated } }
}

function mainStatus(container: Json, facts: PodFacts): JsonRecord {
  if (!facts.unpullable.includes(textAt(container, 'name') ?? '')) {
    return { ...base(container), ready: true, started: true, state: { running: { startedAt: facts.now } } }
  }
  const image = textAt(container, 'image') ?? ''
  const message = `Back-off pulling image "${image}": ErrImagePull: failed to pull and unpack image "${image}": no such host`
  return {
    ...base(container),
    ready: false,
    started: false,
    state: { waiting: { reason: 'ImagePullBackOff', message } },
  }
}

function waiting(container: Json, reason: string): JsonRecord {
  return { ...base(container), ready: false, started: false, state: { waiting: { reason } } }
}

function base(container: Json): JsonRecord {
  const image = textAt(container, 'image') ?? ''
  return { name: textAt(container, 'name') ?? '', image, imageID: image, restartCount: 0 }
}
