import type { Place } from '@orbweaver/contracts/explain'
import { isRecord, type Json, type JsonRecord, numberAt, textAt } from '@orbweaver/contracts/json'
import { destinationOf, type Reading, Unusable } from './backends.ts'
import { headersOf } from './headers.ts'

/** What filters make of a route, as fields of a VirtualService's, each with the place of its filter. */
export type Filtered = { value: JsonRecord; from: Record<string, Place> }

/** Filters one after the other: the last of a kind counts (config/kube/gateway/conversion.go, convertHTTPRoute; 1.31). */
export function filtered(reading: Reading, filters: readonly Json[], place: Place): Filtered {
  const value: JsonRecord = {}
  const from: Record<string, Place> = {}
  const mirrors: Json[] = []
  for (const [index, each] of filters.entries()) {
    const field = fieldOf(each)
    const said = fieldOfFilter(reading, each)
    if (said === undefined) continue
    if (field === 'mirrors') mirrors.push(said)
    else if (field !== 'headers') value[field] = said
    from[field] = { ref: place.ref, pointer: `${place.pointer}/filters/${index}` }
  }
  const headers = headersOf(filters)
  if (headers !== undefined) value.headers = headers
  if (mirrors.length > 0) value.mirrors = mirrors
  return { value, from }
}

const fields: Readonly<Record<string, string>> = {
  RequestHeaderModifier: 'headers',
  ResponseHeaderModifier: 'headers',
  RequestRedirect: 'redirect',
  RequestMirror: 'mirrors',
  URLRewrite: 'rewrite',
  CORS: 'corsPolicy',
}

function fieldOf(filter: Json): string {
  const type = textAt(filter, 'type') ?? ''
  const field = Object.hasOwn(fields, type) ? fields[type] : undefined
  if (field === undefined) throw new Unusable(`no filter ${type}`)
  return field
}

function fieldOfFilter(reading: Reading, filter: Json): Json | undefined {
  if (!isRecord(filter)) return undefined
  switch (filter.type) {
    case 'RequestRedirect':
      return redirect(filter.requestRedirect)
    case 'RequestMirror':
      return mirror(reading, filter.requestMirror)
    case 'URLRewrite':
      return rewrite(filter.urlRewrite)
    case 'CORS':
      return filter.cors
    default:
      return {}
  }
}

function redirect(said: Json | undefined): JsonRecord | undefined {
  if (!isRecord(said)) return undefined
  const port = numberAt(said, 'port')
  const scheme = textAt(said, 'scheme')
  const byRequest = scheme === undefined ? 'FROM_REQUEST_PORT' : 'FROM_PROTOCOL_DEFAULT'
  const whole = textAt(said, 'path', 'replaceFullPath')
  const prefix = textAt(said, 'path', 'replacePrefixMatch')
  const type = textAt(said, 'path', 'type')
  return {
    // The API server fills it in (default of HTTPRoute's schema): istiod never sees a route without it.
    redirectCode: numberAt(said, 'statusCode') ?? 302,
    ...(textAt(said, 'hostname') !== undefined && { authority: textAt(said, 'hostname') }),
    ...(scheme !== undefined && { scheme }),
    ...(port === undefined ? { derivePort: byRequest } : { port }),
    ...(type === 'ReplaceFullPath' && { uri: whole ?? '' }),
    ...(type === 'ReplacePrefixMatch' && { prefixRewrite: prefix ?? '' }),
  }
}

/** One that leads nowhere is left out. */
function mirror(reading: Reading, said: Json | undefined): JsonRecord | undefined {
  const reference = isRecord(said) ? said.backendRef : undefined
  if (reference === undefined) return undefined
  const { destination, found } = destinationOf(reading, reference)
  if (!found) {
    if (reading.route.kind === 'GRPCRoute') throw new Unusable('a mirror that is not there')
    return undefined
  }
  const numerator = numberAt(said, 'fraction', 'numerator')
  const share =
    numerator === undefined
      ? numberAt(said, 'percent')
      : (100 * numerator) / (numberAt(said, 'fraction', 'denominator') ?? 100)
  return { destination, ...(share !== undefined && { percentage: { value: share } }) }
}

function rewrite(said: Json | undefined): JsonRecord | undefined {
  const type = textAt(said, 'path', 'type')
  const prefix = (textAt(said, 'path', 'replacePrefixMatch') ?? '').replace(/\/$/, '')
  const whole = textAt(said, 'path', 'replaceFullPath') ?? ''
  const host = textAt(said, 'hostname')
  const out = {
    ...(type === 'ReplacePrefixMatch' && { uri: prefix === '' ? '/' : prefix }),
    ...(type === 'ReplaceFullPath' && { uriRegexRewrite: { match: '/.*', rewrite: whole } }),
    ...(host !== undefined && { authority: host }),
  }
  return Object.keys(out).length === 0 ? undefined : out
}
