import type { JsonRecord } from '@orbweaver/contracts/json'
import type { Schema } from './schema/schema.ts'

/** Dotted JSON paths of a custom kind's scale subresource, as its CRD names them. */
export type ScalePaths = { specReplicas: string; statusReplicas: string; selector: string | undefined }

export type Column = {
  name: string
  type: string
  format: string
  description: string
  priority: number
  jsonPath: string
}

export type ServedVersion = {
  name: string
  schema: Schema
  /** The status subresource: PUT of the object leaves status alone and the other way round. */
  status: boolean
  scale?: ScalePaths
  columns: Column[]
  deprecation?: string
  /** The OpenAPI form of a custom kind's schema, for /openapi/v3. */
  openapi: JsonRecord
}

export type Subresource = { name: string; group: string; version: string; kind: string; verbs: string[] }

/** One stored resource: everything routing, discovery and the verbs need to know about a kind. */
export type Definition = {
  /** `plural.group`, or the plural alone for the core group: key of the store. */
  key: string
  group: string
  plural: string
  singular: string
  kind: string
  listKind: string
  shortNames: string[]
  categories: string[]
  namespaced: boolean
  verbs: string[]
  builtin: boolean
  versions: ServedVersion[]
  storageVersion: string
  subresources: Subresource[]
  hash: string
}

/** A resource as asked for: the kind and one of its versions. */
export type Served = { definition: Definition; version: ServedVersion }

export function servedVersion(definition: Definition, name: string): Served | undefined {
  const version = definition.versions.find((each) => each.name === name)
  return version === undefined ? undefined : { definition, version }
}

export function apiVersionFor(served: Served): string {
  const { group } = served.definition
  return group === '' ? served.version.name : `${group}/${served.version.name}`
}
