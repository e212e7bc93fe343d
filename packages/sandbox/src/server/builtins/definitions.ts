import { isRecord, type JsonRecord, listAt, recordAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { parseJson } from '../clone.ts'
import type { Definition, ServedVersion, Subresource } from '../definition.ts'
import { openapiReader } from '../schema/openapi-schema.ts'
import { emptySchema, type Schema } from '../schema/schema.ts'
import { openapi } from './generated/openapi.ts'
import { resources } from './generated/resources.ts'

/**
 * Served by the real API server and left out here: kinds that are views of others in another shape
 * (events.k8s.io, autoscaling/v1) or of no use without a cluster behind them.
 */
const leftOut: ReadonlySet<string> = new Set([
  '/v1/bindings',
  '/v1/componentstatuses',
  'events.k8s.io/v1/events',
  'autoscaling/v1/horizontalpodautoscalers',
])

/** Posted and answered, never stored: handled by reviews. */
const reviewGroups: ReadonlySet<string> = new Set(['authentication.k8s.io', 'authorization.k8s.io'])

const document = recordAt(parseJson(openapi))
const definitionNames = indexByKind(recordAt(document, 'schemas'))
const definition = openapiReader(recordAt(document, 'schemas'))

function indexByKind(schemas: JsonRecord): Map<string, string> {
  const index = new Map<string, string>()
  for (const [name, schema] of Object.entries(schemas)) {
    for (const gvk of listAt(schema, 'x-kubernetes-group-version-kind')) {
      const { group, version, kind } = stringsAt(gvk)
      index.set(`${group ?? ''}/${version ?? ''}/${kind ?? ''}`, name)
    }
  }
  return index
}

/** The structure of a built-in kind, also of ones that are only posted. */
export function builtinSchema(group: string, version: string, kind: string): Schema {
  const name = definitionNames.get(`${group}/${version}/${kind}`)
  return (name === undefined ? undefined : definition(name)) ?? emptySchema('any')
}

/** The OpenAPI v3 component with this name, e.g. `io.k8s.api.apps.v1.Deployment`. */
export function builtinComponent(name: string): JsonRecord {
  return recordAt(document, 'schemas', name)
}

/** The component of a built-in kind; `apiVersion` is `v1` or `apps/v1`. */
export function componentOfKind(apiVersion: string, kind: string): string | undefined {
  return definitionNames.get(`${apiVersion.includes('/') ? apiVersion : `/${apiVersion}`}/${kind}`)
}

/** The OpenAPI v3 components of one group-version, e.g. `apis/apps/v1`. */
export function builtinComponents(path: string): JsonRecord | undefined {
  const members = listAt(document, 'members', path)
  if (members.length === 0) return undefined
  const schemas = recordAt(document, 'schemas')
  const out: JsonRecord = {}
  for (const each of members) if (typeof each === 'string') out[each] = schemas[each]
  return out
}

export function builtinDocumentPaths(): string[] {
  return Object.keys(recordAt(document, 'members'))
}

/** Every built-in kind with its table entry; review kinds are stored = false. */
export const builtinDefinitions: readonly Definition[] = listAt({ resources: parseJson(resources) }, 'resources')
  .filter((each) => !leftOut.has(idOf(each)) && isRecord(each))
  .map((each) => fromTable(recordAt(each)))

function idOf(entry: unknown): string {
  return `${textAt(entry, 'group') ?? ''}/${textAt(entry, 'version') ?? ''}/${textAt(entry, 'plural') ?? ''}`
}

function fromTable(entry: JsonRecord): Definition {
  const text = (key: string): string => textAt(entry, key) ?? ''
  const texts = (key: string): string[] => listAt(entry, key).filter((each) => typeof each === 'string')
  const group = text('group')
  const plural = text('plural')
  const subresources = listAt(entry, 'subresources').map((each) => subresource(recordAt(each)))
  const version: ServedVersion = {
    name: text('version'),
    schema: builtinSchema(group, text('version'), text('kind')),
    status: subresources.some((each) => each.name === 'status'),
    columns: [],
    openapi: {},
  }
  return {
    key: group === '' ? plural : `${plural}.${group}`,
    group,
    plural,
    singular: text('singular'),
    kind: text('kind'),
    listKind: `${text('kind')}List`,
    shortNames: texts('shortNames'),
    categories: texts('categories'),
    namespaced: entry.namespaced === true,
    verbs: texts('verbs'),
    builtin: true,
    versions: [version],
    storageVersion: version.name,
    subresources,
    hash: text('hash'),
  }
}

function subresource(entry: JsonRecord): Subresource {
  const text = (key: string): string => textAt(entry, key) ?? ''
  const verbs = listAt(entry, 'verbs').filter((each) => typeof each === 'string')
  return { name: text('name'), group: text('group'), version: text('version'), kind: text('kind'), verbs }
}

export function isReview(definition: Definition): boolean {
  return reviewGroups.has(definition.group)
}
