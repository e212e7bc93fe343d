import { createHash } from 'node:crypto'
import type { JsonRecord } from '@orbweaver/contracts/json'
import { builtinComponents, builtinDocumentPaths } from '../builtins/definitions.ts'
import type { Cluster } from '../cluster.ts'
import { type Call, jsonReply, type Reply, textReply } from '../http/call.ts'
import { customSchemas, pathsOf, type Versioned } from './openapi-parts.ts'
import { openapiV2Reply } from './openapi-v2.ts'

/** /openapi/v2 in one document, and /openapi/v3: an index whose entries carry a hash of the document, and the documents: schemas and paths, no prose. */
export function openapiReply(cluster: Cluster, call: Call): Reply {
  const { path } = call.info
  if (path === '/openapi/v2') return openapiV2Reply(cluster, call)
  if (path === '/openapi/v3' || path === '/openapi/v3/') return index(cluster)
  if (!path.startsWith('/openapi/v3/')) return textReply(404, '404 page not found\n')
  const document = documentText(cluster, path.slice('/openapi/v3/'.length))
  return document === undefined ? textReply(404, '404 page not found\n') : jsonReply(200, document)
}

function index(cluster: Cluster): Reply {
  const paths: JsonRecord = {}
  const names = new Set(builtinDocumentPaths())
  for (const definition of cluster.registry.all()) {
    for (const { name } of definition.versions) if (!definition.builtin) names.add(`apis/${definition.group}/${name}`)
  }
  for (const name of [...names].sort()) {
    const text = documentText(cluster, name) ?? ''
    const hash = createHash('sha512').update(text).digest('hex').toUpperCase()
    paths[name] = { serverRelativeURL: `/openapi/v3/${name}?hash=${hash}` }
  }
  return jsonReply(200, JSON.stringify({ paths }))
}

const builtinTexts = new Map<string, string>()

function documentText(cluster: Cluster, path: string): string | undefined {
  const known = builtinTexts.get(path)
  if (known !== undefined) return known
  const definitions = definitionsOf(cluster, path)
  const components = builtinComponents(path)
  if (components !== undefined) {
    const text = JSON.stringify(document(cluster, { schemas: components, paths: pathsOf(definitions, path) }))
    builtinTexts.set(path, text)
    return text
  }
  if (definitions.length === 0) return undefined
  const schemas: JsonRecord = {}
  for (const { definition, version } of definitions) Object.assign(schemas, customSchemas(definition, version))
  return JSON.stringify(
    document(cluster, { schemas: { ...metaSchemas(), ...schemas }, paths: pathsOf(definitions, path) }),
  )
}

function document(cluster: Cluster, parts: { schemas: JsonRecord; paths: JsonRecord }): JsonRecord {
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: cluster.version },
    paths: parts.paths,
    components: { schemas: parts.schemas },
  }
}

function definitionsOf(cluster: Cluster, path: string): Versioned[] {
  const [root, ...rest] = path.split('/')
  const [group, name] = root === 'api' ? ['', rest[0] ?? ''] : [rest[0] ?? '', rest[1] ?? '']
  return cluster.registry
    .all()
    .filter((each) => each.group === group)
    .flatMap((definition) => definition.versions.map((version) => ({ definition, version })))
    .filter((each) => each.version.name === name)
}

/** Components that custom kinds refer to. */
function metaSchemas(): JsonRecord {
  const core = builtinComponents('apis/coordination.k8s.io/v1') ?? {}
  const out: JsonRecord = {}
  for (const [name, schema] of Object.entries(core))
    if (name.includes('.meta.v1.') || name.endsWith('.FieldsV1')) out[name] = schema
  return out
}
