import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { FieldError } from '../field-errors.ts'
import type { NameRule } from '../names.ts'
import type { ObjectStore } from '../store/store.ts'

/** What a kind does beyond what all kinds do. Objects handed to these are copies and may be changed. */
export type Behaviour = {
  nameRule?: NameRule
  /** PUT of an absent object creates it. */
  createOnUpdate?: boolean
  /** No metadata.generation, as for kinds without a desired state that controllers follow. */
  withoutGeneration?: boolean
  defaults?(object: KubernetesObject): void
  /** Sets what the server owns. `before` is undefined on creation. */
  prepare?(store: ObjectStore, object: KubernetesObject, before: KubernetesObject | undefined): void
  validate?(object: KubernetesObject, before: KubernetesObject | undefined): FieldError[]
}

/** Sets a field that is absent. */
export function fallback(record: JsonRecord, key: string, value: JsonRecord[string]): void {
  if (record[key] === undefined) record[key] = value
}
