import { flagAt, listAt, sameJson, stringsAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { behaviourOf } from '../builtins/behaviours.ts'
import { labelErrors } from '../builtins/workload-validation.ts'
import { type Cluster, timestamp } from '../cluster.ts'
import type { Served } from '../definition.ts'
import { type FieldError, forbiddenField, invalidValue, required, tooLong } from '../field-errors.ts'
import { nameComplaints, qualifiedNameComplaints } from '../names.ts'

/** Sets what the server owns in metadata of a new object. Source: apiserver pkg/registry/rest/create.go. */
export function newMetadata(cluster: Cluster, served: Served, object: KubernetesObject): void {
  const { metadata } = object
  metadata.uid = cluster.uid()
  metadata.creationTimestamp = timestamp(cluster)
  delete metadata.deletionTimestamp
  delete metadata.deletionGracePeriodSeconds
  delete metadata.selfLink
  const { definition } = served
  if (definition.builtin && behaviourOf(definition.key).withoutGeneration === true) delete metadata.generation
  else metadata.generation = 1
}

/** The generated part of a name keeps it within 63 characters. Source: apiserver pkg/storage/names/generate.go. */
export function generatedName(cluster: Cluster, prefix: string): string {
  return `${prefix.slice(0, 58)}${cluster.suffix()}`
}

export function metadataErrors(served: Served, object: KubernetesObject): FieldError[] {
  const { definition } = served
  const { metadata } = object
  const errors: FieldError[] = []
  if (metadata.name === '') {
    errors.push(required('metadata.name', 'name or generateName is required'))
  } else {
    const rule = definition.builtin ? (behaviourOf(definition.key).nameRule ?? 'subdomain') : 'subdomain'
    for (const each of nameComplaints(rule, metadata.name))
      errors.push(invalidValue('metadata.name', metadata.name, each))
  }
  errors.push(...labelErrors({ metadata }, ''), ...annotationErrors(metadata))
  errors.push(...ownerErrors(metadata), ...finalizerErrors(metadata))
  return errors
}

/** Bytes of all annotations together. Source: apimachinery pkg/api/validation TotalAnnotationSizeLimitB. */
const annotationLimit = 256 * 1024

function annotationErrors(metadata: KubernetesObject['metadata']): FieldError[] {
  const texts = Object.entries(stringsAt(metadata, 'annotations')).flat()
  const size = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  return size > annotationLimit ? [tooLong('metadata.annotations', annotationLimit)] : []
}

function finalizerErrors(metadata: KubernetesObject['metadata']): FieldError[] {
  const errors: FieldError[] = []
  for (const each of listAt(metadata, 'finalizers')) {
    const name = typeof each === 'string' ? each : ''
    for (const complaint of qualifiedNameComplaints(name)) {
      errors.push(invalidValue('metadata.finalizers', name, complaint))
    }
  }
  return errors
}

function ownerErrors(metadata: KubernetesObject['metadata']): FieldError[] {
  const errors: FieldError[] = []
  const owners = listAt(metadata, 'ownerReferences')
  let controller = ''
  for (const owner of owners) {
    for (const key of ['apiVersion', 'kind', 'name', 'uid']) {
      const value = textAt(owner, key) ?? ''
      const detail = `${key === 'apiVersion' ? 'version ' : ''}must not be empty`
      if (value === '') errors.push(invalidValue(`metadata.ownerReferences.${key}`, value, detail))
    }
    if (flagAt(owner, 'controller') !== true) continue
    const name = `${textAt(owner, 'kind') ?? ''}/${textAt(owner, 'name') ?? ''}`
    const detail = `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${name}`
    if (controller !== '') errors.push(invalidValue('metadata.ownerReferences', owners, detail))
    else controller = name
  }
  return errors
}

const fixed = [
  'name',
  'namespace',
  'uid',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
] as const

/** What no update may change. Source: apimachinery pkg/api/validation/objectmeta.go. */
export function metadataUpdateErrors(object: KubernetesObject, before: KubernetesObject): FieldError[] {
  const errors: FieldError[] = []
  for (const key of fixed) {
    const [now, then] = [object.metadata[key], before.metadata[key]]
    if (!sameJson(now, then)) errors.push(invalidValue(`metadata.${key}`, now, 'field is immutable'))
  }
  if (before.metadata.deletionTimestamp === undefined) return errors
  const known = new Set(listAt(before, 'metadata', 'finalizers'))
  const added = listAt(object, 'metadata', 'finalizers').filter((each) => !known.has(each))
  if (added.length > 0) {
    const detail = `no new finalizers can be added if the object is being deleted, found new finalizers []string{${added.map((each) => JSON.stringify(each)).join(', ')}}`
    errors.push(forbiddenField('metadata.finalizers', detail))
  }
  return errors
}
