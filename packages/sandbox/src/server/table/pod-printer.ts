import { at, isRecord, type Json, listAt, numberAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { ageOf } from './age.ts'
import { column, type Printer } from './printer.ts'

/** Source: kubernetes pkg/printers/internalversion/printers.go printPod v1.36. */
export const podPrinter: Printer = {
  columns: [
    column('Name'),
    column('Ready'),
    column('Status'),
    column('Restarts'),
    column('Age'),
    column('IP', 'string', 1),
    column('Node', 'string', 1),
    column('Nominated Node', 'string', 1),
    column('Readiness Gates', 'string', 1),
  ],
  cells(pod, now) {
    const counted = [...listAt(pod, 'status', 'containerStatuses'), ...sidecarStatuses(pod)]
    const total = listAt(pod, 'spec', 'containers').length + sidecarNames(pod).size
    const ready = counted.filter(
      (each) => isRecord(each) && each.ready === true && at(each, 'state', 'running') !== undefined,
    ).length
    const restarts = counted.reduce<number>((sum, each) => sum + (numberAt(each, 'restartCount') ?? 0), 0)
    return [
      pod.metadata.name,
      `${ready}/${total}`,
      statusOf(pod),
      String(restarts),
      ageOf(pod.metadata.creationTimestamp, now),
      textAt(pod, 'status', 'podIP') ?? '<none>',
      textAt(pod, 'spec', 'nodeName') ?? '<none>',
      textAt(pod, 'status', 'nominatedNodeName') ?? '<none>',
      '<none>',
    ]
  },
}

/** Init containers that go on running count like containers. */
function sidecarNames(pod: KubernetesObject): Set<string> {
  const names = listAt(pod, 'spec', 'initContainers')
    .filter((each) => textAt(each, 'restartPolicy') === 'Always')
    .map((each) => textAt(each, 'name') ?? '')
  return new Set(names)
}

function sidecarStatuses(pod: KubernetesObject): Json[] {
  const names = sidecarNames(pod)
  return listAt(pod, 'status', 'initContainerStatuses').filter((each) => names.has(textAt(each, 'name') ?? ''))
}

function statusOf(pod: KubernetesObject): string {
  if (pod.metadata.deletionTimestamp !== undefined) return 'Terminating'
  const reason = textAt(pod, 'status', 'reason') ?? textAt(pod, 'status', 'phase') ?? 'Unknown'
  return initReason(pod) ?? containerReason(pod) ?? reason
}

function initReason(pod: KubernetesObject): string | undefined {
  const sidecars = sidecarNames(pod)
  const statuses = listAt(pod, 'status', 'initContainerStatuses')
  for (const [index, each] of statuses.entries()) {
    if (numberAt(each, 'state', 'terminated', 'exitCode') === 0) continue
    if (sidecars.has(textAt(each, 'name') ?? '') && isRecord(each) && each.started === true) continue
    const waiting = textAt(each, 'state', 'waiting', 'reason')
    if (waiting !== undefined && waiting !== 'PodInitializing') return `Init:${waiting}`
    const ended = textAt(each, 'state', 'terminated', 'reason')
    if (ended !== undefined) return `Init:${ended}`
    return `Init:${index}/${listAt(pod, 'spec', 'initContainers').length}`
  }
  return undefined
}

function containerReason(pod: KubernetesObject): string | undefined {
  for (const each of listAt(pod, 'status', 'containerStatuses')) {
    const state = recordAt(each, 'state')
    const waiting = textAt(state, 'waiting', 'reason')
    if (waiting !== undefined) return waiting
    const ended = textAt(state, 'terminated', 'reason')
    if (ended !== undefined) return ended
  }
  return undefined
}
