import { recordAt, stringsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { kindOf, kinds } from './kinds.ts'
import { namespaceOf } from './namespace-of.ts'

/** Where a workload says what its Pods are made from. Source: Kubernetes apps/v1, batch/v1. */
export function templatePath(workload: KubernetesObject): readonly string[] {
  return kindOf(workload) === kinds.cronJob ? ['spec', 'jobTemplate', 'spec', 'template'] : ['spec', 'template']
}

/** The Pod that a workload makes next, by its template. */
export function podOf(workload: KubernetesObject): KubernetesObject {
  const template = recordAt(workload, ...templatePath(workload))
  const [labels, annotations] = [
    stringsAt(template, 'metadata', 'labels'),
    stringsAt(template, 'metadata', 'annotations'),
  ]
  const metadata = { name: workload.metadata.name, namespace: namespaceOf(workload), labels, annotations }
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: recordAt(template, 'spec') }
}
