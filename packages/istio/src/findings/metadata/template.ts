import { isRecord, recordAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Fix } from '@orbweaver/contracts/plan'
import { step } from '../../pointer.ts'

type Operation = Fix['patches'][number]['operations'][number]
export type Entry = { field: 'labels' | 'annotations'; name: string; value: string }

/** One more label or annotation of an object. */
export function added(object: KubernetesObject, { field, name, value }: Entry): Operation {
  if (!isRecord(object.metadata[field])) return { op: 'add', path: `/metadata/${field}`, value: { [name]: value } }
  return { op: 'add', path: `/metadata/${field}${step(name)}`, value }
}

/** One more label or annotation of the Pods that a workload makes; undefined where it has no template. */
export function addedToTemplate(object: KubernetesObject, { field, name, value }: Entry): Operation | undefined {
  const template = recordAt(object, 'spec')['template']
  if (!isRecord(template)) return undefined
  const { metadata } = template
  const path = '/spec/template/metadata'
  if (!isRecord(metadata)) return { op: 'add', path, value: { [field]: { [name]: value } } }
  if (!isRecord(metadata[field])) return { op: 'add', path: `${path}/${field}`, value: { [name]: value } }
  return { op: 'add', path: `${path}/${field}${step(name)}`, value }
}
