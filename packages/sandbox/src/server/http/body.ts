import type { IncomingMessage } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { isJson, type Json } from '@orbweaver/contracts/json'
import { kubernetesYaml } from '@orbweaver/istio/kubernetes-yaml'
import { parseDocument } from 'yaml'
import { parseProtobuf } from '../protobuf/parse-protobuf.ts'
import { ProtobufError } from '../protobuf/wire.ts'
import { tooLarge, unsupportedMediaType } from '../status.ts'

/** Bytes of a request body that are read at most. Source: apiserver config.go MaxRequestBodyBytes. */
const bodyLimit = 3 * 1024 * 1024

/** Reads the body once; a body beyond the limit is refused without reading the rest. */
export function bodyReader(request: IncomingMessage): () => Promise<Buffer> {
  let reading: Promise<Buffer> | undefined
  return () => {
    reading ??= readAll(request)
    return reading
  }
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > bodyLimit) throw tooLarge(bodyLimit)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = asBytes(chunk)
    size += bytes.length
    if (size > bodyLimit) throw tooLarge(bodyLimit)
    chunks.push(bytes)
  }
  const whole = Buffer.concat(chunks)
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(whole, { maxOutputLength: bodyLimit }) : whole
}

function asBytes(chunk: unknown): Buffer {
  if (!Buffer.isBuffer(chunk)) throw new TypeError('a request gives bytes')
  return chunk
}

const protobufType = 'application/vnd.kubernetes.protobuf'

/** Those of every kind; built-in ones may come as protobuf too. */
const textTypes = ['application/json', 'application/yaml']

export function mediaType(contentType: string | undefined): string {
  return (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
}

/** What a parse gave: the value, or the words of the parser. */
export type Parsed = { value: Json } | { error: string }

/** The object in a request body. No content type means JSON, as for a real server. */
export function parseBody(bytes: Buffer, contentType: string | undefined): Parsed {
  const type = mediaType(contentType)
  const text = bytes.toString('utf8')
  if (type === '' || type === 'application/json') return parseJsonText(text)
  if (type === 'application/yaml') return parseYamlText(text)
  if (type === protobufType) return parseProtobufBytes(bytes)
  throw unsupportedMediaType([...textTypes, protobufType])
}

function parseProtobufBytes(bytes: Buffer): Parsed {
  try {
    const value = parseProtobuf(bytes)
    if (value === undefined) throw unsupportedMediaType(textTypes)
    return { value }
  } catch (fault) {
    if (!(fault instanceof ProtobufError)) throw fault
    return { error: fault.message }
  }
}

export function parseJsonText(text: string): Parsed {
  if (text.trim() === '') return { error: 'unexpected end of JSON input' }
  try {
    const value: unknown = JSON.parse(text)
    return isJson(value) ? { value } : { error: 'a number is out of range' }
  } catch (fault) {
    return { error: goWords(text, fault) }
  }
}

/** V8 and Go word the same failure differently; truncated input is the one clients really meet. */
function goWords(text: string, fault: unknown): string {
  const words = fault instanceof Error ? fault.message : ''
  if (/end of JSON|Unterminated|Expected .* at position (\d+)/.test(words) && endsEarly(text, words)) {
    return 'unexpected end of JSON input'
  }
  const position = /position (\d+)/.exec(words)?.[1]
  const character = position === undefined ? '' : text.charAt(Number(position))
  if (character === '') return 'unexpected end of JSON input'
  return `invalid character '${character}' looking for beginning of value`
}

function endsEarly(text: string, words: string): boolean {
  const position = /position (\d+)/.exec(words)?.[1]
  return position === undefined || Number(position) >= text.trimEnd().length
}

export function parseYamlText(text: string): Parsed {
  const document = parseDocument(text, { ...kubernetesYaml, uniqueKeys: false })
  const first = document.errors[0]
  if (first !== undefined) return { error: `yaml: ${first.message.split('\n')[0] ?? ''}` }
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: 100 })
  } catch (fault) {
    return { error: `yaml: ${fault instanceof Error ? fault.message : 'unreadable'}` }
  }
  return isJson(value) ? { value } : { error: 'yaml: not representable as JSON' }
}
