import { isRecord, type JsonRecord, recordAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { ensureRecord } from '../clone.ts'
import { fallback } from './behaviour.ts'
import { podSpecDefaults } from './pod-defaults.ts'

/** Defaults of workload kinds. Source: kubernetes pkg/apis/{apps,batch,autoscaling}/v{1,2}/defaults.go v1.36. */
export function deploymentDefaults(object: KubernetesObject): void {
  const spec = ensureRecord(object, 'spec')
  template(spec)
  fallback(spec, 'replicas', 1)
  fallback(spec, 'revisionHistoryLimit', 10)
  fallback(spec, 'progressDeadlineSeconds', 600)
  const strategy = ensureRecord(spec, 'strategy')
  fallback(strategy, 'type', 'RollingUpdate')
  if (strategy.type !== 'RollingUpdate') return
  const rolling = ensureRecord(strategy, 'rollingUpdate')
  fallback(rolling, 'maxUnavailable', '25%')
  fallback(rolling, 'maxSurge', '25%')
}

export function replicaSetDefaults(object: KubernetesObject): void {
  const spec = ensureRecord(object, 'spec')
  template(spec)
  fallback(spec, 'replicas', 1)
}

export function statefulSetDefaults(object: KubernetesObject): void {
  const spec = ensureRecord(object, 'spec')
  template(spec)
  fallback(spec, 'serviceName', '')
  fallback(spec, 'podManagementPolicy', 'OrderedReady')
  fallback(spec, 'replicas', 1)
  fallback(spec, 'revisionHistoryLimit', 10)
  const strategy = ensureRecord(spec, 'updateStrategy')
  fallback(strategy, 'type', 'RollingUpdate')
  if (strategy.type === 'RollingUpdate') fallback(ensureRecord(strategy, 'rollingUpdate'), 'partition', 0)
  const retention = ensureRecord(spec, 'persistentVolumeClaimRetentionPolicy')
  fallback(retention, 'whenDeleted', 'Retain')
  fallback(retention, 'whenScaled', 'Retain')
}

export function daemonSetDefaults(object: KubernetesObject): void {
  const spec = ensureRecord(object, 'spec')
  template(spec)
  fallback(spec, 'revisionHistoryLimit', 10)
  const strategy = ensureRecord(spec, 'updateStrategy')
  fallback(strategy, 'type', 'RollingUpdate')
  if (strategy.type !== 'RollingUpdate') return
  const rolling = ensureRecord(strategy, 'rollingUpdate')
  fallback(rolling, 'maxUnavailable', 1)
  fallback(rolling, 'maxSurge', 0)
}

export function jobDefaults(object: KubernetesObject): void {
  jobSpecDefaults(ensureRecord(object, 'spec'))
}

function jobSpecDefaults(spec: JsonRecord): void {
  template(spec)
  if (spec.completions === undefined && spec.parallelism === undefined) fallback(spec, 'completions', 1)
  fallback(spec, 'parallelism', 1)
  fallback(spec, 'backoffLimit', 6)
  fallback(spec, 'completionMode', 'NonIndexed')
  fallback(spec, 'suspend', false)
  fallback(spec, 'manualSelector', false)
  fallback(spec, 'podReplacementPolicy', 'TerminatingOrFailed')
}

export function cronJobDefaults(object: KubernetesObject): void {
  const spec = ensureRecord(object, 'spec')
  fallback(spec, 'concurrencyPolicy', 'Allow')
  fallback(spec, 'suspend', false)
  fallback(spec, 'successfulJobsHistoryLimit', 3)
  fallback(spec, 'failedJobsHistoryLimit', 1)
  ensureRecord(ensureRecord(spec, 'jobTemplate'), 'metadata')
  const jobSpec = recordAt(spec, 'jobTemplate', 'spec')
  if (Object.keys(jobSpec).length > 0) template(jobSpec)
}

export function autoscalerDefaults(object: KubernetesObject): void {
  const spec = ensureRecord(object, 'spec')
  fallback(spec, 'minReplicas', 1)
  if (spec.metrics !== undefined) return
  spec.metrics = [
    { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
  ]
}

function template(spec: JsonRecord): void {
  const pod = ensureRecord(spec, 'template')
  ensureRecord(pod, 'metadata')
  if (isRecord(pod.spec)) podSpecDefaults(pod.spec)
  else podSpecDefaults(ensureRecord(pod, 'spec'))
}
