import { isRecord, type JsonRecord, listAt, recordAt, sameJson, stringsAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { ensureRecord } from '../clone.ts'
import { type FieldError, invalidValue, notSupportedValue, required } from '../field-errors.ts'
import { crdSchema } from '../schema/crd-schema.ts'
import { uncompilable } from '../schema/uncompilable.ts'
import { type Behaviour, fallback } from './behaviour.ts'

/** CustomResourceDefinitions. Source: apiextensions-apiserver pkg/apis/apiextensions v0.36. */
export const crd: Behaviour = { defaults, prepare, validate }

function defaults(object: KubernetesObject): void {
  const spec = ensureRecord(object, 'spec')
  const names = ensureRecord(spec, 'names')
  const kind = textAt(names, 'kind') ?? ''
  if ((textAt(names, 'singular') ?? '') === '') names.singular = kind.toLowerCase()
  if ((textAt(names, 'listKind') ?? '') === '' && kind !== '') names.listKind = `${kind}List`
  const conversion = ensureRecord(spec, 'conversion')
  fallback(conversion, 'strategy', 'None')
}

function prepare(_store: unknown, object: KubernetesObject, before: KubernetesObject | undefined): void {
  if (before !== undefined) return
  const storage = versionsOf(object).find((each) => each.storage === true)
  object.status = {
    conditions: [],
    acceptedNames: { plural: '', kind: '' },
    storedVersions: storage === undefined ? [] : [textAt(storage, 'name') ?? ''],
  }
}

export function versionsOf(object: KubernetesObject): JsonRecord[] {
  return listAt(object, 'spec', 'versions').filter(isRecord)
}

function validate(object: KubernetesObject, before: KubernetesObject | undefined): FieldError[] {
  const errors = nameErrors(object)
  const versions = versionsOf(object)
  if (versions.filter((each) => each.storage === true).length !== 1) {
    const detail = 'must have exactly one version marked as storage version'
    errors.push(invalidValue('spec.versions', listAt(object, 'spec', 'versions'), detail))
  }
  for (const [index, version] of versions.entries()) {
    const path =
      versions.length === 1 ? 'spec.validation.openAPIV3Schema' : `spec.versions[${index}].schema.openAPIV3Schema`
    const schema = recordAt(version, 'schema').openAPIV3Schema
    if (isRecord(schema)) errors.push(...schemaErrors(schema, path))
    else errors.push(required(`spec.versions[${index}].schema.openAPIV3Schema`))
  }
  return [...errors, ...immutableErrors(object, before)]
}

function nameErrors(object: KubernetesObject): FieldError[] {
  const errors: FieldError[] = []
  const spec = recordAt(object, 'spec')
  const { plural = '', kind = '' } = stringsAt(spec, 'names')
  const { group = '', scope = '' } = stringsAt(spec)
  if (object.metadata.name !== `${plural}.${group}`) {
    errors.push(invalidValue('metadata.name', object.metadata.name, `must be spec.names.plural+"."+spec.group`))
  }
  if (!group.includes('.')) errors.push(invalidValue('spec.group', group, 'should be a domain with at least one dot'))
  if (scope !== 'Namespaced' && scope !== 'Cluster') {
    errors.push(notSupportedValue('spec.scope', scope, ['Cluster', 'Namespaced']))
  }
  if (plural === '') errors.push(required('spec.names.plural'))
  if (kind === '') errors.push(required('spec.names.kind'))
  return errors
}

function schemaErrors(raw: JsonRecord, path: string): FieldError[] {
  const errors: FieldError[] = []
  if (raw.type !== 'object') errors.push(invalidValue(`${path}.type`, raw.type, 'must be object at the root'))
  errors.push(...structuralSchemaErrors(raw, path))
  for (const bad of uncompilable(crdSchema(raw), path)) errors.push(invalidValue(bad.path, bad.rule, bad.words))
  return errors
}

/** Every node has a type unless it is int-or-string or free. */
function structuralSchemaErrors(raw: JsonRecord, path: string): FieldError[] {
  const errors: FieldError[] = []
  const free = raw['x-kubernetes-int-or-string'] === true || raw['x-kubernetes-preserve-unknown-fields'] === true
  if (raw.type === undefined && !free)
    errors.push(required(`${path}.type`, 'must not be empty for specified object fields'))
  if (raw.type === 'array' && !isRecord(raw.items)) errors.push(required(`${path}.items`, 'must be specified'))
  for (const [key, each] of Object.entries(recordAt(raw, 'properties'))) {
    if (isRecord(each)) errors.push(...structuralSchemaErrors(each, `${path}.properties[${key}]`))
  }
  if (isRecord(raw.items)) errors.push(...structuralSchemaErrors(raw.items, `${path}.items`))
  if (isRecord(raw.additionalProperties)) {
    errors.push(...structuralSchemaErrors(raw.additionalProperties, `${path}.additionalProperties`))
  }
  return errors
}

function immutableErrors(object: KubernetesObject, before: KubernetesObject | undefined): FieldError[] {
  if (before === undefined) return []
  const errors: FieldError[] = []
  const [now, then] = [recordAt(object, 'spec'), recordAt(before, 'spec')]
  for (const key of ['group', 'scope']) {
    if (!sameJson(now[key], then[key])) errors.push(invalidValue(`spec.${key}`, now[key], 'field is immutable'))
  }
  const [kind, plural] = [textAt(now, 'names', 'kind'), textAt(now, 'names', 'plural')]
  if (kind !== textAt(then, 'names', 'kind')) errors.push(invalidValue('spec.names.kind', kind, 'field is immutable'))
  if (plural !== textAt(then, 'names', 'plural'))
    errors.push(invalidValue('spec.names.plural', plural, 'field is immutable'))
  return errors
}
