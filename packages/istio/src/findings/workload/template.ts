import { at, isRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { readProxy } from '../../injection/proxy.ts'
import { isLive } from '../../injection/pod-state.ts'
import { kinds } from '../../world/kinds.ts'
import { hasLabels } from '../../world/labels.ts'
import { templateLabels } from '../carriers.ts'
import type { Subject } from '../finding.ts'
import { put } from '../operations.ts'
import { step } from '../../pointer.ts'
import { templatePath } from '../../world/pod-of.ts'

/** Live Pods that have all labels of a workload's template. */
function runningOf({ object, namespace, view }: Subject): KubernetesObject[] {
  const labels = templateLabels(object)
  if (Object.keys(labels).length === 0) return []
  return view.list(kinds.pod, namespace).filter((pod) => isLive(pod) && hasLabels(pod, labels))
}

/** Whether any of its Pods has a sidecar now. */
export function runsInMesh(subject: Subject): boolean {
  return runningOf(subject).some((pod) => readProxy(pod).kind === 'sidecar')
}

/** Labels put into a template, whatever is there of the way to them. */
export function labelled(workload: KubernetesObject, labels: Readonly<Record<string, string>>) {
  const path = templatePath(workload)
  const [template, place] = [at(workload, ...path), `/${path.join('/')}`]
  if (isRecord(at(template, 'metadata', 'labels'))) {
    return Object.entries(labels).map(([key, value]) => put(`${place}/metadata/labels${step(key)}`, value))
  }
  if (isRecord(at(template, 'metadata'))) return [put(`${place}/metadata/labels`, { ...labels })]
  return isRecord(template) ? [put(`${place}/metadata`, { labels: { ...labels } })] : []
}
