import { isRecord, type Json, type JsonRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { bytesField, numberField } from '../protobuf/wire.ts'

/** A part of an OpenAPI v2 document. */
export type Swagger = { paths: JsonRecord; definitions: JsonRecord }

/**
 * What kubectl reads of an OpenAPI v2 document, as protobuf: the structure of schemas, and the query parameters of operations.
 * Messages that are said twice are merged by whoever reads them: a document is its parts, one after the other.
 * Source: github.com/google/gnostic-models openapiv2/OpenAPIv2.proto v0.7.1.
 */
export function documentBytes({ title, version }: { title: string; version: string }): Buffer {
  return Buffer.concat([
    bytesField(1, '2.0'),
    bytesField(2, Buffer.concat([bytesField(1, title), bytesField(2, version)])),
  ])
}

export function swaggerBytes({ paths, definitions }: Swagger): Buffer {
  return Buffer.concat([
    bytesField(8, named(2, paths, pathItem)),
    bytesField(
      9,
      named(1, definitions, (each) => schemaBytes(recordAt({ each }, 'each'))),
    ),
  ])
}

/** Entries of a map, each a message of a name and a value. */
function named(number: number, record: JsonRecord, write: (value: Json) => Buffer): Buffer {
  const entries = Object.entries(record).map(([name, value]) =>
    bytesField(number, Buffer.concat([bytesField(1, name), bytesField(2, write(value ?? null))])),
  )
  return Buffer.concat(entries)
}

const methods: Readonly<Record<string, number>> = { get: 2, put: 3, post: 4, delete: 5, patch: 8 }

function pathItem(path: Json): Buffer {
  const operations = Object.entries(isRecord(path) ? path : {}).map(([method, operation]) =>
    bytesField(methods[method] ?? 0, operationBytes(recordAt({ operation }, 'operation'))),
  )
  return Buffer.concat(operations)
}

function operationBytes(operation: JsonRecord): Buffer {
  const parameters = listAt(operation, 'parameters').map((each) => bytesField(8, parameterBytes(each)))
  return Buffer.concat([...parameters, extensions(13, operation)])
}

/** ParametersItem.parameter, Parameter.non_body_parameter, NonBodyParameter.query_parameter_sub_schema. */
function parameterBytes(parameter: Json): Buffer {
  const text = (number: number, key: string): Buffer => bytesField(number, textAt(parameter, key) ?? '')
  const query = Buffer.concat([text(2, 'in'), text(4, 'name'), text(6, 'type')])
  return bytesField(1, bytesField(2, bytesField(3, query)))
}

function schemaBytes(schema: JsonRecord): Buffer {
  const parts: Buffer[] = []
  const { $ref: reference, format, type, items, properties, additionalProperties: more } = schema
  if (typeof reference === 'string') parts.push(bytesField(1, reference))
  if (typeof format === 'string') parts.push(bytesField(2, format))
  for (const each of listAt(schema, 'required')) parts.push(bytesField(19, typeof each === 'string' ? each : ''))
  for (const each of listAt(schema, 'enum')) parts.push(bytesField(20, anyBytes(each)))
  if (more === true) parts.push(bytesField(21, numberField(2, 1)))
  if (isRecord(more)) parts.push(bytesField(21, bytesField(1, schemaBytes(more))))
  if (typeof type === 'string') parts.push(bytesField(22, bytesField(1, type)))
  if (isRecord(items)) parts.push(bytesField(23, bytesField(1, schemaBytes(items))))
  if (isRecord(properties)) {
    parts.push(
      bytesField(
        25,
        named(1, properties, (each) => schemaBytes(recordAt({ each }, 'each'))),
      ),
    )
  }
  return Buffer.concat([...parts, extensions(31, schema)])
}

/** JSON is YAML. */
function anyBytes(value: Json): Buffer {
  return bytesField(2, JSON.stringify(value))
}

function extensions(number: number, of: JsonRecord): Buffer {
  const own = Object.entries(of).filter(([key]) => key.startsWith('x-'))
  return named(number, Object.fromEntries(own), anyBytes)
}
