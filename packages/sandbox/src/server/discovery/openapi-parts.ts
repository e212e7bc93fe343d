import { type Json, type JsonRecord, recordAt } from '@orbweaver/contracts/json'
import type { Definition, ServedVersion } from '../definition.ts'

export type Versioned = { definition: Definition; version: ServedVersion }

const meta = '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1'

/** The components of a custom kind and of its list. */
export function customSchemas(definition: Definition, version: ServedVersion): JsonRecord {
  const { group, kind, listKind } = definition
  const name = componentName(definition, version, kind)
  const gvk = (of: string): Json => [{ group, kind: of, version: version.name }]
  const text = { type: 'string' }
  const properties = {
    ...recordAt(version.openapi, 'properties'),
    apiVersion: text,
    kind: text,
    metadata: { allOf: [{ $ref: `${meta}.ObjectMeta` }] },
  }
  return {
    [name]: { ...version.openapi, properties, 'x-kubernetes-group-version-kind': gvk(kind) },
    [componentName(definition, version, listKind)]: {
      type: 'object',
      required: ['items'],
      properties: {
        apiVersion: text,
        kind: text,
        metadata: { allOf: [{ $ref: `${meta}.ListMeta` }] },
        items: { type: 'array', items: { allOf: [{ $ref: `#/components/schemas/${name}` }] } },
      },
      'x-kubernetes-group-version-kind': gvk(listKind),
    },
  }
}

/** The group reversed, e.g. io.istio.networking.v1.VirtualService. */
function componentName(definition: Definition, version: ServedVersion, kind: string): string {
  return `${definition.group.split('.').reverse().join('.')}.${version.name}.${kind}`
}

const actions: readonly (readonly [string, string])[] = [
  ['get', 'get'],
  ['put', 'put'],
  ['patch', 'patch'],
  ['delete', 'delete'],
]

/** What kubectl reads of a path: which verbs a kind has, and that patch and post know dryRun and fieldValidation. */
export function pathsOf(definitions: Versioned[], path: string): JsonRecord {
  const paths: JsonRecord = {}
  for (const { definition, version } of definitions) {
    const base = `/${path}${definition.namespaced ? '/namespaces/{namespace}' : ''}/${definition.plural}`
    const gvk = { group: definition.group, kind: definition.kind, version: version.name }
    const parameters = ['dryRun', 'fieldManager', 'fieldValidation'].map((name) => ({
      name,
      in: 'query',
      schema: { type: 'string', uniqueItems: true },
    }))
    const one: JsonRecord = {}
    for (const [method, action] of actions) {
      one[method] = {
        'x-kubernetes-action': action,
        'x-kubernetes-group-version-kind': gvk,
        parameters: method === 'get' ? [] : parameters,
      }
    }
    paths[`${base}/{name}`] = one
    paths[base] = {
      get: { 'x-kubernetes-action': 'list', 'x-kubernetes-group-version-kind': gvk },
      post: { 'x-kubernetes-action': 'post', 'x-kubernetes-group-version-kind': gvk, parameters },
    }
  }
  return paths
}
