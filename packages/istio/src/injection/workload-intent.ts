import { type JsonRecord, recordAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { names } from '../world/names.ts'
import { templatePath } from '../world/pod-of.ts'
import { templatePolicy } from './workload-state.ts'

/**
 * Merge patch of a workload's own switch: the label in its Pod template, never the annotation and never the label of
 * the workload itself. Changing the template renews the Pods by itself, those of a CronJob with its next run. Undefined when nothing would change.
 */
export function workloadPatch(
  workload: KubernetesObject,
  action: 'enable' | 'disable' | 'clear',
): JsonRecord | undefined {
  const now = templatePolicy(workload)
  const wanted = { enable: 'enabled', disable: 'disabled', clear: 'none' } as const
  if (now === wanted[action]) return undefined
  const label = { enable: 'true', disable: 'false', clear: null }[action]
  const metadata: JsonRecord = { labels: { [names.inject]: label } }
  const path = templatePath(workload)
  const annotations = recordAt(workload, ...path, 'metadata', 'annotations')
  if (names.inject in annotations) metadata.annotations = { [names.inject]: null }
  return path.reduceRight<JsonRecord>((below, key) => ({ [key]: below }), { metadata })
}

/** What `kubectl rollout restart` writes; the time comes from outside, so that doing it twice is doing it once. */
export function restartPatch(restartedAt: string): JsonRecord {
  return { spec: { template: { metadata: { annotations: { [names.restartedAt]: restartedAt } } } } }
}
