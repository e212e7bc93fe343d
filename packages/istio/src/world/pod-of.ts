import { recordAt, stringsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { kindOf, kinds } from './kinds.ts'
import { namespaceOf } from './namespace-of.ts'

/** The Pod that a workload makes next, by its template. */
export function podOf(workload: KubernetesObject): KubernetesObject {
  const template =
    kindOf(workload) === kinds.cronJob
      ? recordAt(workload, 'spec', 'jobTemplate', 'spec', 'template')
      : recordAt(workload, 'spec', 'template')
  const [labels, annotations] = [
    stringsAt(template, 'metadata', 'labels'),
    stringsAt(template, 'metadata', 'annotations'),
  ]
  const metadata = { name: workload.metadata.name, namespace: namespaceOf(workload), labels, annotations }
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: recordAt(template, 'spec') }
}
