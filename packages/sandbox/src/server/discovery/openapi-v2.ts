import { isRecord, type Json, type JsonRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { builtinComponents, builtinDocumentPaths } from '../builtins/definitions.ts'
import type { Cluster } from '../cluster.ts'
import type { Definition } from '../definition.ts'
import { type Call, jsonReply, type Reply } from '../http/call.ts'
import { customSchemas, pathsOf } from './openapi-parts.ts'
import { documentBytes, type Swagger, swaggerBytes } from './openapi-v2-protobuf.ts'

/** What kubectl before 1.27 asks for. Source: kube-openapi pkg/handler. */
const protobufType = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf'

/** /openapi/v2: every kind in one document, as JSON or as protobuf. */
export function openapiV2Reply(cluster: Cluster, call: Call): Reply {
  const definitions = cluster.registry.all()
  const info = { title: 'Kubernetes', version: cluster.version }
  if (call.headers.accept?.includes(protobufType) === true) {
    const parts = [builtinBytes(), ...definitions.map(bytesOf)]
    return {
      status: 200,
      body: Buffer.concat([documentBytes(info), ...parts]),
      headers: { 'Content-Type': 'application/octet-stream' },
    }
  }
  const parts = [builtinSchemas(), ...definitions.map(swaggerOf)]
  const document = {
    swagger: '2.0',
    info,
    paths: together(parts.map((each) => each.paths)),
    definitions: together(parts.map((each) => each.definitions)),
  }
  return jsonReply(200, JSON.stringify(document))
}

function together(records: readonly JsonRecord[]): JsonRecord {
  return Object.fromEntries(records.flatMap((each) => Object.entries(each)))
}

const known = new WeakMap<Definition, Buffer>()

function bytesOf(definition: Definition): Buffer {
  const bytes = known.get(definition) ?? swaggerBytes(swaggerOf(definition))
  known.set(definition, bytes)
  return bytes
}

let builtin: Buffer | undefined

function builtinBytes(): Buffer {
  builtin ??= swaggerBytes(builtinSchemas())
  return builtin
}

function builtinSchemas(): Swagger {
  const schemas = together(builtinDocumentPaths().map((path) => builtinComponents(path) ?? {}))
  return { paths: {}, definitions: mapped(schemas, schemaV2) }
}

/** The paths of a kind; its schemas too where it is a custom one. */
function swaggerOf(definition: Definition): Swagger {
  const swagger: Swagger = { paths: {}, definitions: {} }
  const root = definition.group === '' ? 'api' : `apis/${definition.group}`
  for (const version of definition.versions) {
    const paths = pathsOf([{ definition, version }], `${root}/${version.name}`)
    Object.assign(
      swagger.paths,
      mapped(paths, (path) => mapped(path, operationV2)),
    )
    if (!definition.builtin) Object.assign(swagger.definitions, mapped(customSchemas(definition, version), schemaV2))
  }
  return swagger
}

function mapped(record: JsonRecord, change: (value: JsonRecord) => JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(recordAt({ value }, 'value'))]))
}

function operationV2(operation: JsonRecord): JsonRecord {
  const parameters = listAt(operation, 'parameters').map((each) => {
    const { schema, ...parameter } = recordAt({ each }, 'each')
    return { ...parameter, ...recordAt({ schema }, 'schema') }
  })
  return { ...operation, parameters }
}

/** What OpenAPI v2 has no word for, and defaults, which the real document leaves out too. */
const unspeakable: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf', 'not', 'nullable', 'default'])

/**
 * A schema as v2 can say it: of what may be null or hold anything, kubectl is told nothing.
 * Source: apiextensions-apiserver pkg/controller/openapi/v2/conversion.go v0.36; kube-openapi pkg/openapiconv for the built-in ones.
 */
function schemaV2(schema: JsonRecord): JsonRecord {
  const out = Object.fromEntries(Object.entries(schema).filter(([key]) => !unspeakable.has(key)))
  const reference = textAt(schema, '$ref') ?? textAt(schema, 'allOf', 0, '$ref')
  if (reference !== undefined) out.$ref = reference.replace('#/components/schemas/', '#/definitions/')
  if (listAt(schema, 'oneOf').some((each) => textAt(each, 'type') === 'string')) out.type ??= 'string'
  return withParts(withoutUnknown(out, schema.nullable === true))
}

/** What may hold anything has no parts, and no type of which kubectl would expect some. */
function withoutUnknown(schema: JsonRecord, nullable: boolean): JsonRecord {
  const { type, items, properties: _parts, ...rest } = schema
  if (nullable) return rest
  const typed = type === undefined ? rest : { ...rest, type }
  if (schema['x-kubernetes-preserve-unknown-fields'] === true) {
    return type === 'object' || type === 'array' ? rest : typed
  }
  return type === 'array' && items === undefined ? rest : schema
}

function withParts(schema: JsonRecord): JsonRecord {
  const { items, properties, additionalProperties, required, ...rest } = schema
  const needed = listAt({ required }, 'required').filter(
    (each) => typeof each !== 'string' || recordAt({ properties }, 'properties', each).nullable !== true,
  )
  const parts: Record<string, Json> = {}
  if (needed.length > 0) parts.required = needed
  if (isRecord(items)) parts.items = schemaV2(items)
  if (isRecord(properties)) parts.properties = mapped(properties, schemaV2)
  if (isRecord(additionalProperties)) parts.additionalProperties = schemaV2(additionalProperties)
  else if (additionalProperties !== undefined) parts.additionalProperties = additionalProperties
  return { ...rest, ...parts }
}
