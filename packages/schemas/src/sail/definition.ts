import type { Json, JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

type SailVersion = {
  readonly name: 'v1' | 'v1alpha1'
  readonly storage: boolean
  readonly columns: readonly JsonRecord[]
  readonly spec: JsonRecord
  readonly status: JsonRecord
  readonly rules: readonly JsonRecord[]
}

export type SailKind = {
  readonly kind: string
  readonly plural: string
  readonly shortNames: readonly string[]
  readonly versions: readonly SailVersion[]
}

/** All five kinds are cluster-scoped, have a status subresource and the category istio-io (sail api/v1/*_types.go). */
export function sailDefinition({ kind, plural, shortNames, versions }: SailKind): KubernetesObject {
  const names = { kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase(), categories: ['istio-io'] }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.sailoperator.io` },
    spec: {
      group: 'sailoperator.io',
      scope: 'Cluster',
      names: { ...names, ...(shortNames.length > 0 && { shortNames: [...shortNames] }) },
      versions: versions.map(servedVersion),
    },
  }
}

function servedVersion({ name, storage, columns, spec, status, rules }: SailVersion): Json {
  const properties = { apiVersion: text, kind: text, metadata: { type: 'object' }, spec, status }
  return {
    name,
    served: true,
    storage,
    ...(!storage && { deprecated: true }),
    subresources: { status: {} },
    additionalPrinterColumns: [...columns],
    schema: {
      openAPIV3Schema: {
        type: 'object',
        properties,
        ...(rules.length > 0 && { 'x-kubernetes-validations': [...rules] }),
      },
    },
  }
}

export const text: JsonRecord = { type: 'string' }
export const count: JsonRecord = { type: 'integer', format: 'int32' }
export const oneOf = (names: readonly string[]): JsonRecord => ({ type: 'string', enum: [...names] })
export const record = (properties: JsonRecord): JsonRecord => ({ type: 'object', properties })
export const rule = (expression: string, message: string): JsonRecord => ({ rule: expression, message })
export const column = (name: string, jsonPath: string, type = 'string'): JsonRecord => ({ name, type, jsonPath })

/** Meta-data of a status: observedGeneration, the summary word and the conditions (sail api/v1/status_types.go). */
export const status = (own: JsonRecord): JsonRecord =>
  record({ observedGeneration: { type: 'integer', format: 'int64' }, state: text, conditions, ...own })

const conditions: JsonRecord = {
  type: 'array',
  items: record({
    type: text,
    status: text,
    reason: text,
    message: text,
    lastTransitionTime: { type: 'string', format: 'date-time' },
  }),
}

/** A namespace that stays; it must exist: the operator never makes it. */
export const fixed: JsonRecord = {
  type: 'string',
  'x-kubernetes-validations': [rule('self == oldSelf', 'Value is immutable')],
}

/** What a tag or ztunnel goes by. */
export const targetRef: JsonRecord = {
  ...record({ kind: oneOf(['Istio', 'IstioRevision']), name: { type: 'string', minLength: 1, maxLength: 253 } }),
  required: ['kind', 'name'],
}

type Values = {
  readonly text?: readonly string[]
  /** Objects of which nothing more is known here. */
  readonly open: readonly string[]
  readonly any?: readonly string[]
  /** Objects of which some fields are known. */
  readonly properties?: Readonly<Record<string, JsonRecord>>
}

const keptAsItComes = { 'x-kubernetes-preserve-unknown-fields': true }

/**
 * Helm values. The real CRD types every value and prunes what it does not know; here that is so for the first level, and
 * below it what comes is kept: a misspelt value of a known component is not pruned here as it would be there.
 */
export const valuesOf = ({ text: texts = [], open, any = [], properties = {} }: Values): JsonRecord =>
  record({
    ...Object.fromEntries(texts.map((name) => [name, text])),
    ...Object.fromEntries(open.map((name) => [name, { type: 'object', ...keptAsItComes }])),
    ...Object.fromEntries(any.map((name) => [name, keptAsItComes])),
    ...Object.fromEntries(
      Object.entries(properties).map(([name, fields]) => [name, { ...record(fields), ...keptAsItComes }]),
    ),
  })
