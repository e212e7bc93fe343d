import { isRecord, type JsonRecord, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { asObject, ensureRecord } from '../clone.ts'
import { apiVersionFor, type Served } from '../definition.ts'
import type { Call } from '../http/call.ts'
import { type Parsed, parseBody } from '../http/body.ts'
import { invalidValue } from '../field-errors.ts'
import { conform, TypeMismatch } from '../schema/conform.ts'
import { badRequest, invalid } from '../status.ts'
import type { FieldValidation } from './write-options.ts'

type Context = { call: Call; served: Served; fieldValidation: FieldValidation }

/** The object in the body of a POST or PUT, fitted into its kind's structure. */
export async function decodeBody(context: Context): Promise<KubernetesObject> {
  const { call, served } = context
  const bytes = await call.body()
  const parsed = parseBody(bytes, call.headers['content-type'])
  const value = unwrap(parsed, bytes.toString('utf8'), served)
  checkType(value, served)
  return fitted(value, context)
}

function unwrap(parsed: Parsed, text: string, served: Served): JsonRecord {
  if ('value' in parsed && isRecord(parsed.value)) return parsed.value
  const words =
    'error' in parsed
      ? parsed.error
      : 'cannot unmarshal into Go value of type struct { APIVersion string; Kind string }'
  const shown = text === '' ? '<empty>' : text.slice(0, 1024)
  throw badRequest(`${unrecognized(served)}couldn't get version/kind; json parse error: ${words} (${shown})`)
}

function unrecognized(served: Served): string {
  return `the object provided is unrecognized (must be of type ${served.definition.kind}): `
}

/** apiVersion and kind must be those of the URL; absent ones are taken from it. */
function checkType(value: JsonRecord, served: Served): void {
  const { kind, builtin } = served.definition
  const apiVersion = apiVersionFor(served)
  const given = { apiVersion: textAt(value, 'apiVersion') ?? '', kind: textAt(value, 'kind') ?? '' }
  if (!builtin) mustNameItself(value, given, served)
  else if (given.kind !== '' && given.kind !== kind) throw badRequest(wrongKind(given, kind))
  if (given.apiVersion !== '' && given.apiVersion !== apiVersion) throw badRequest(wrongVersion(given, served))
  value.apiVersion = apiVersion
  value.kind = kind
}

/** Custom objects say what they are. */
function mustNameItself(value: JsonRecord, given: { apiVersion: string; kind: string }, served: Served): void {
  const { kind, group } = served.definition
  const text = JSON.stringify(value)
  for (const [field, found] of [
    ['Kind', given.kind],
    ['apiVersion', given.apiVersion],
  ] as const) {
    if (found === '') throw badRequest(`${unrecognized(served)}Object '${field}' is missing in '${text}' (${text})`)
  }
  if (given.kind === kind) return
  const complaint = invalidValue('kind', given.kind, `must be ${kind}`)
  throw invalid({ group, kind: given.kind }, textAt(value, 'metadata', 'name') ?? '', [complaint])
}

function wrongKind(given: { apiVersion: string; kind: string }, kind: string): string {
  const version = versionOf(given.apiVersion)
  return `${given.kind} in version "${version}" cannot be handled as a ${kind}: converting (${version}.${given.kind}) to (core.${kind}): unknown conversion`
}

function wrongVersion(given: { apiVersion: string; kind: string }, served: Served): string {
  const { kind, builtin } = served.definition
  if (!builtin) {
    return `the API version in the data (${given.apiVersion}) does not match the expected API version (${apiVersionFor(served)})`
  }
  return `${kind} in version "${versionOf(given.apiVersion)}" cannot be handled as a ${kind}: no kind "${kind}" is registered for version "${given.apiVersion}" in scheme "pkg/runtime/scheme.go:111"`
}

function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1)
}

/** Unknown fields go; Strict refuses them, Warn says so. */
export function fitted(value: JsonRecord, context: Context): KubernetesObject {
  const { served, call, fieldValidation } = context
  const { kind } = served.definition
  const found = fit(value, served)
  ensureRecord(found.value, 'metadata')
  if (found.unknown.length > 0 && fieldValidation === 'Strict') {
    const named = found.unknown.map((each) => `unknown field "${each}"`).join(', ')
    const head = `${kind} in version "${served.version.name}" cannot be handled as a ${kind}: `
    throw badRequest(`${head}strict decoding error: ${named}`)
  }
  if (fieldValidation === 'Warn') call.warnings.push(...found.unknown.map((each) => `unknown field "${each}"`))
  const metadata = ensureRecord(found.value, 'metadata')
  if (typeof metadata.name !== 'string') metadata.name = ''
  return asObject(found.value)
}

function fit(value: JsonRecord, served: Served): { value: JsonRecord; unknown: string[] } {
  const { builtin, kind } = served.definition
  try {
    return conform(value, served.version.schema, builtin)
  } catch (fault) {
    if (!(fault instanceof TypeMismatch)) throw fault
    throw badRequest(`${kind} in version "${served.version.name}" cannot be handled as a ${kind}: ${fault.message}`)
  }
}
