import { listAt, numberAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { ageOf, humanDuration } from './age.ts'
import { column, pairsText, type Printer } from './printer.ts'

const wide = [column('Containers', 'string', 1), column('Images', 'string', 1), column('Selector', 'string', 1)]

/** Workload kinds. Source: kubernetes pkg/printers/internalversion/printers.go v1.36. */
export const workloadPrinters: Readonly<Record<string, Printer>> = {
  'deployments.apps': {
    columns: [column('Name'), column('Ready'), column('Up-to-date'), column('Available'), column('Age'), ...wide],
    cells: (object, now) => [
      object.metadata.name,
      `${status(object, 'readyReplicas')}/${spec(object, 'replicas')}`,
      status(object, 'updatedReplicas'),
      status(object, 'availableReplicas'),
      ageOf(object.metadata.creationTimestamp, now),
      ...wideCells(object),
    ],
  },
  'replicasets.apps': {
    columns: [
      column('Name'),
      column('Desired', 'integer'),
      column('Current', 'integer'),
      column('Ready', 'integer'),
      column('Age'),
      ...wide,
    ],
    cells: (object, now) => [
      object.metadata.name,
      spec(object, 'replicas'),
      status(object, 'replicas'),
      status(object, 'readyReplicas'),
      ageOf(object.metadata.creationTimestamp, now),
      ...wideCells(object),
    ],
  },
  'statefulsets.apps': {
    columns: [column('Name'), column('Ready'), column('Age'), ...wide.slice(0, 2)],
    cells: (object, now) => [
      object.metadata.name,
      `${status(object, 'readyReplicas')}/${spec(object, 'replicas')}`,
      ageOf(object.metadata.creationTimestamp, now),
      ...wideCells(object).slice(0, 2),
    ],
  },
  'daemonsets.apps': {
    columns: [
      column('Name'),
      column('Desired', 'integer'),
      column('Current', 'integer'),
      column('Ready', 'integer'),
      column('Up-to-date', 'integer'),
      column('Available', 'integer'),
      column('Node Selector'),
      column('Age'),
      ...wide,
    ],
    cells: (object, now) => [
      object.metadata.name,
      status(object, 'desiredNumberScheduled'),
      status(object, 'currentNumberScheduled'),
      status(object, 'numberReady'),
      status(object, 'updatedNumberScheduled'),
      status(object, 'numberAvailable'),
      pairsText(stringsAt(object, 'spec', 'template', 'spec', 'nodeSelector')),
      ageOf(object.metadata.creationTimestamp, now),
      ...wideCells(object),
    ],
  },
  'jobs.batch': {
    columns: [column('Name'), column('Status'), column('Completions'), column('Duration'), column('Age'), ...wide],
    cells: (object, now) => [
      object.metadata.name,
      jobStatus(object),
      `${status(object, 'succeeded')}/${numberAt(object, 'spec', 'completions') ?? 1}`,
      jobDuration(object, now),
      ageOf(object.metadata.creationTimestamp, now),
      ...wideCells(object),
    ],
  },
}

function wideCells(object: KubernetesObject): string[] {
  const containers = listAt(object, 'spec', 'template', 'spec', 'containers')
  return [
    containers.map((each) => textAt(each, 'name') ?? '').join(','),
    containers.map((each) => textAt(each, 'image') ?? '').join(','),
    pairsText(stringsAt(object, 'spec', 'selector', 'matchLabels')),
  ]
}

function status(object: KubernetesObject, field: string): number {
  return numberAt(object, 'status', field) ?? 0
}

function spec(object: KubernetesObject, field: string): number {
  return numberAt(object, 'spec', field) ?? 0
}

function jobStatus(object: KubernetesObject): string {
  const done = listAt(object, 'status', 'conditions').find((each) => textAt(each, 'status') === 'True')
  return textAt(done, 'type') ?? 'Running'
}

function jobDuration(object: KubernetesObject, now: Date): string {
  const started = textAt(object, 'status', 'startTime')
  if (started === undefined) return ''
  const ended = textAt(object, 'status', 'completionTime')
  return humanDuration((ended === undefined ? now.getTime() : Date.parse(ended)) - Date.parse(started))
}
