import { at, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import type { Report } from './report.ts'
import { parseRequestUri, parseUrl } from './urls.ts'
import { type Check, checkAttachment, has, numberOf, textOf } from './shared-fields.ts'

/** ValidateWasmPlugin of pkg/config/validation/validation.go. */
export const checkWasmPlugin: Check = ({ spec }, report) => {
  checkAttachment(spec, report)
  checkWasm(spec, report)
  if (textOf(spec, 'pluginName').length > 256)
    report.at('pluginName').error('pluginName field must be less than 255 characters long')
  report.at('vmConfig', 'env').error(environmentProblem(at(spec, 'vmConfig')))
  checkMatch(spec, report)
}

/** ValidateTrafficExtension of the same file. */
export const checkTrafficExtension: Check = ({ spec }, report) => {
  const [wasm, lua] = [at(spec, 'wasm'), at(spec, 'lua')]
  if (has(spec, 'wasm') === has(spec, 'lua')) report.error('exactly one of wasm or lua must be set')
  checkAttachment(spec, report)
  if (has(spec, 'lua')) report.at('lua', 'inlineCode').error(luaProblem(textOf(lua, 'inlineCode')))
  if (has(spec, 'wasm')) {
    const place = report.at('wasm')
    checkWasm(wasm, place)
    if (textOf(wasm, 'pluginName').length > 256)
      place.at('pluginName').error('pluginName field must be less than 256 characters long')
    place.at('vmConfig', 'env').error(environmentProblem(at(wasm, 'vmConfig')))
  }
  checkMatch(spec, report)
}

function checkWasm(wasm: Json | undefined, report: Report): void {
  report.at('url').error(urlProblem(textOf(wasm, 'url')))
  report.at('sha256').error(hashProblem(textOf(wasm, 'sha256')))
  if (textOf(wasm, 'imagePullSecret').length > 253) {
    report.at('imagePullSecret').error('imagePullSecret field must be less than 253 characters long')
  }
}

const SCHEMES = ['', 'file', 'http', 'https', 'oci']

/** strictParseURL: with http:// before it where it needs that. */
function urlProblem(url: string): string | undefined {
  if (url === '') return 'url field needs to be set'
  const first = parseRequestUri(url)
  const whole = first.fault === undefined ? url : `http://${url}`
  const read = first.fault === undefined ? first : parseRequestUri(whole)
  if (read.fault !== undefined) return `failed to parse url: ${first.fault ?? read.fault}`
  const strict = parseUrl(whole)
  if (strict.fault !== undefined) return `failed to strict parse url: ${strict.fault}`
  return SCHEMES.includes(read.scheme) ? undefined : `url contains unsupported scheme: ${read.scheme}`
}

function hashProblem(hash: string): string | undefined {
  if (hash === '') return undefined
  if (new TextEncoder().encode(hash).length !== 64) return 'sha256 field must be 64 characters long'
  return /^[a-f0-9]+$/.test(hash) ? undefined : 'sha256 field must match [a-f0-9]{64} pattern'
}

function luaProblem(code: string): string | undefined {
  if (code === '') return 'lua.inlineCode cannot be empty'
  return new TextEncoder().encode(code).length > 65536 ? 'lua.inlineCode exceeds maximum size of 64KB' : undefined
}

function environmentProblem(vm: Json | undefined): string | undefined {
  const seen = new Set<string>()
  for (const variable of listAt(vm, 'env')) {
    const name = textOf(variable, 'name')
    if (name === '') return 'spec.vmConfig.env invalid'
    if (name.length > 256) return 'env.name field must be less than 255 characters long'
    if (seen.has(name)) return 'duplicate env'
    seen.add(name)
    if ((textAt(variable, 'valueFrom') ?? 'INLINE') !== 'INLINE' && textOf(variable, 'value') !== '') {
      return 'value may only be set when valueFrom is INLINE'
    }
  }
  return undefined
}

/** The first port that is wrong. */
function checkMatch(spec: Json | undefined, report: Report): void {
  for (const [index, selector] of listAt(spec, 'match').entries()) {
    for (const [place, port] of listAt(selector, 'ports').entries()) {
      const number = numberOf(port, 'number')
      if (number > 0 && number <= 65535) continue
      const words = `spec.Match[${index}].Ports[${place}] is out of range: ${number}`
      return report.at('match', index, 'ports', place, 'number').error(words)
    }
  }
}
