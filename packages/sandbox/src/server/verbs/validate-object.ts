import { isRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { behaviourOf } from '../builtins/behaviours.ts'
import type { Served } from '../definition.ts'
import type { FieldError } from '../field-errors.ts'
import { applyDefaults } from '../schema/default.ts'
import { customErrors } from '../schema/custom-errors.ts'
import { invalid } from '../status.ts'
import { metadataErrors, metadataUpdateErrors } from './object-meta.ts'

/** Sets what is absent: code for built-in kinds, the schema's defaults for custom ones. */
export function defaulted(served: Served, object: KubernetesObject): void {
  const { definition, version } = served
  if (definition.builtin) behaviourOf(definition.key).defaults?.(object)
  else applyDefaults(object, version.schema)
}

/** Rejects with 422 and every complaint at once. */
export function validateObject(served: Served, object: KubernetesObject, before: KubernetesObject | undefined): void {
  const errors: FieldError[] = metadataErrors(served, object)
  if (before !== undefined) errors.push(...metadataUpdateErrors(object, before))
  const { definition, version } = served
  if (definition.builtin) errors.push(...(behaviourOf(definition.key).validate?.(object, before) ?? []))
  else if (isRecord(version.openapi)) errors.push(...customErrors(version.schema, object, before))
  if (errors.length > 0) throw invalid(definition, object.metadata.name, errors)
}
