import { isRecord, type JsonRecord, listAt, recordAt, sameJson, stringsAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { ensureRecord } from '../clone.ts'
import { type FieldError, forbiddenField, invalidValue, required, tooLong } from '../field-errors.ts'
import { type Behaviour, fallback } from './behaviour.ts'
import { podDefaults, podSpecDefaults } from './pod-defaults.ts'
import { podErrors } from './workload-validation.ts'

/** Namespaces, Secrets, ConfigMaps and Pods. Source: kubernetes pkg/registry/core and pkg/apis/core v1.36. */
export const namespace: Behaviour = {
  nameRule: 'label',
  withoutGeneration: true,
  defaults(object) {
    ensureRecord(object.metadata, 'labels')['kubernetes.io/metadata.name'] = object.metadata.name
  },
  prepare(_store, object, before) {
    const spec = ensureRecord(object, 'spec')
    if (before === undefined) {
      object.status = { phase: 'Active' }
      const finalizers = listAt(spec, 'finalizers')
      spec.finalizers = finalizers.includes('kubernetes') ? finalizers : [...finalizers, 'kubernetes']
    }
  },
}

export const pod: Behaviour = {
  defaults(object) {
    const spec = ensureRecord(object, 'spec')
    podSpecDefaults(spec)
    podDefaults(spec)
  },
  prepare(_store, object, before) {
    if (before !== undefined) return
    object.status = { phase: 'Pending', qosClass: qosClass(recordAt(object, 'spec')) }
  },
  validate: podErrors,
}

/** Guaranteed when every container's limits equal its requests for cpu and memory, BestEffort when none names any. */
function qosClass(spec: JsonRecord): string {
  const resources = [...listAt(spec, 'containers'), ...listAt(spec, 'initContainers')].map((each) =>
    recordAt(each, 'resources'),
  )
  const named = resources.some((each) => isRecord(each.limits) || isRecord(each.requests))
  if (!named) return 'BestEffort'
  const full = resources.every(({ limits, requests }) =>
    ['cpu', 'memory'].every((each) => {
      const limit = textAt(limits, each)
      return limit !== undefined && (textAt(requests, each) ?? limit) === limit
    }),
  )
  return full ? 'Guaranteed' : 'Burstable'
}

export const secret: Behaviour = {
  createOnUpdate: false,
  withoutGeneration: true,
  defaults(object) {
    fallback(object, 'type', 'Opaque')
    const plain = stringsAt(object, 'stringData')
    delete object.stringData
    if (Object.keys(plain).length === 0) return
    const data = ensureRecord(object, 'data')
    for (const [key, value] of Object.entries(plain)) data[key] = Buffer.from(value).toString('base64')
  },
  validate: secretErrors,
}

const requiredKeys: ReadonlyMap<string, string[]> = new Map([
  ['kubernetes.io/tls', ['tls.crt', 'tls.key']],
  ['kubernetes.io/dockerconfigjson', ['.dockerconfigjson']],
])

function secretErrors(object: KubernetesObject, before: KubernetesObject | undefined): FieldError[] {
  const errors = [...dataErrors(object, before), ...sizeErrors(object, 'data')]
  const type = textAt(object, 'type') ?? ''
  if (type === 'kubernetes.io/service-account-token') {
    const account = textAt(object, 'metadata', 'annotations', 'kubernetes.io/service-account.name') ?? ''
    if (account === '') errors.push(required('metadata.annotations[kubernetes.io/service-account.name]'))
  }
  for (const key of requiredKeys.get(type) ?? []) {
    if (textAt(object, 'data', key) === undefined) errors.push(required(`data[${key}]`))
  }
  const old = textAt(before, 'type')
  if (old !== undefined && old !== type) errors.push(invalidValue('type', type, 'field is immutable'))
  return errors
}

export const configMap: Behaviour = {
  withoutGeneration: true,
  validate: (object, before) => [...dataErrors(object, before), ...sizeErrors(object, '[]')],
}

/** Bytes of all values together. Source: kubernetes pkg/apis/core MaxSecretSize. */
const dataLimit = 1024 * 1024

/** What is too large is told at this place: the one of a ConfigMap is nowhere. */
function sizeErrors(object: KubernetesObject, place: string): FieldError[] {
  const plain = Object.values(stringsAt(object, 'data'))
  const encoded = object.kind === 'Secret' ? plain : Object.values(stringsAt(object, 'binaryData'))
  const bytes = encoded.reduce((sum, text) => sum + Buffer.byteLength(text, 'base64'), 0)
  const texts = object.kind === 'Secret' ? 0 : plain.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  return bytes + texts > dataLimit ? [tooLong(place, dataLimit)] : []
}

/** Keys of data, and what `immutable: true` forbids. */
function dataErrors(object: KubernetesObject, before: KubernetesObject | undefined): FieldError[] {
  const errors: FieldError[] = []
  const keys = [...Object.keys(recordAt(object, 'data')), ...Object.keys(recordAt(object, 'binaryData'))]
  for (const key of keys) {
    if (/^[-._a-zA-Z0-9]+$/.test(key) && key.length <= 253 && key !== '.' && key !== '..') continue
    const detail =
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"
    errors.push(invalidValue(`data[${key}]`, key, detail))
  }
  if (before?.immutable !== true) return errors
  for (const field of ['data', 'binaryData']) {
    if (!sameJson(object[field], before[field])) {
      errors.push(forbiddenField(field, 'field is immutable when `immutable` is set'))
    }
  }
  if (object.immutable !== true) {
    errors.push(forbiddenField('immutable', 'field is immutable when `immutable` is set'))
  }
  return errors
}
