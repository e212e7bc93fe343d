import { at, isRecord, type Json, type JsonRecord, listAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { nanoseconds } from './durations.ts'
import { parseRequestUri } from './urls.ts'

/**
 * The rules of CEL in the CRDs of Istio (x-kubernetes-validations), by what they say: these are all there are in its build
 * of eed52ebb66ad, and no other rule says anything here.
 */
type Holds = (self: Json) => boolean

const has = (self: Json, field: string): boolean => at(self, field) !== undefined && at(self, field) !== null
const sizeOf = (self: Json): number =>
  typeof self === 'string' || Array.isArray(self) ? self.length : Object.keys(isRecord(self) ? self : {}).length
const keysOf = (self: Json): string[] => Object.keys(isRecord(self) ? self : {})
const isPort = (value: number): boolean => Number.isInteger(value) && value > 0 && value <= 65_535

const isUnix = (value: Json | undefined): value is string => typeof value === 'string' && value.startsWith('unix://')

/** Undefined where it is no URL. */
function schemeOf(value: Json): string | undefined {
  const read = parseRequestUri(typeof value === 'string' ? value : '')
  return read.fault === undefined ? read.scheme : undefined
}

function isModuleUrl(self: Json): boolean {
  const scheme = schemeOf(self) ?? schemeOf(typeof self === 'string' ? `http://${self}` : '')
  return scheme !== undefined && ['', 'http', 'https', 'oci', 'file'].includes(scheme)
}

const RULES: Readonly<Record<string, Holds>> = {
  "duration(self) >= duration('1ms')": (self) => typeof self === 'string' && (nanoseconds(self) ?? 0) >= 1e6,
  '0 < self && self <= 65535': (self) => typeof self === 'number' && isPort(self),
  'self.size() == 0': (self) => sizeOf(self) === 0,
  'self.all(key, key.size() != 0)': (self) => !keysOf(self).includes(''),
  'self.all(key, 0 < int(key) && int(key) <= 65535)': (self) =>
    keysOf(self).every((key) => /^[+-]?\d+$/.test(key) && isPort(Number(key))),
  'self.all(l1, self.exists_one(l2, l1.number == l2.number))': (self) => {
    const numbers = listAt(self).map((each) => at(each, 'number'))
    return new Set(numbers).size === numbers.length
  },
  'has(self.address) || has(self.network)': (self) => has(self, 'address') || has(self, 'network'),
  'has(self.wasm) != has(self.lua)': (self) => has(self, 'wasm') !== has(self, 'lua'),
  'has(self.portLevelMtls) ? (((has(self.selector) && has(self.selector.matchLabels)) ? self.selector.matchLabels : {}).size() > 0) : true':
    (self) => !has(self, 'portLevelMtls') || keysOf(at(self, 'selector', 'matchLabels') ?? {}).length > 0,
  '!self.contains("*")': (self) => typeof self !== 'string' || !self.includes('*'),
  'self.all(key, !key.contains("*"))': (self) => !keysOf(self).some((key) => key.includes('*')),
  'self != "*"': (self) => self !== '*',
  'self.startsWith("unix://") ? (self.substring(7, 8) == "/" || self.substring(7, 8) == "@") : true': (self) =>
    !isUnix(self) || /^unix:\/\/[/@]/.test(self),
  'self.startsWith("unix://") ? !self.endsWith("/") : true': (self) => !isUnix(self) || !self.endsWith('/'),
  '(has(self.address) ? self.address : "").startsWith("unix://") ? !has(self.ports) : true': (self) =>
    !isUnix(at(self, 'address')) || !has(self, 'ports'),
  'self.all(key, size(key) < 63 && key.matches("^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$"))': (self) =>
    keysOf(self).every((key) => key.length < 63 && /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/.test(key)),
  'url(self).getScheme() in ["http", "https"]': (self) => ['http', 'https'].includes(schemeOf(self) ?? ''),
  'self in ["", "HTTP", "HTTPS"]': (self) => self === '' || self === 'HTTP' || self === 'HTTPS',
  '!((has(self.addresses) ? self.addresses : []).exists(k, k.contains("/")) && !((has(self.resolution) ? self.resolution : "NONE") in ["STATIC", "NONE"]))':
    (self) =>
      !textsAt(self, 'addresses').some((each) => each.includes('/')) ||
      ['STATIC', 'NONE'].includes(textAt(self, 'resolution') ?? 'NONE'),
  '((has(self.resolution) ? self.resolution : "") == "DNS_ROUND_ROBIN") ? ((has(self.endpoints) ? self.endpoints : []).size() <= 1) : true':
    (self) => textAt(self, 'resolution') !== 'DNS_ROUND_ROBIN' || listAt(self, 'endpoints').length <= 1,
  '((has(self.resolution) ? self.resolution : "NONE") == "NONE") ? !has(self.endpoints) : true': (self) =>
    (textAt(self, 'resolution') ?? 'NONE') !== 'NONE' || !has(self, 'endpoints'),
  '(has(self.serviceAccounts) || has(self.notServiceAccounts)) ? (!has(self.principals) &&\n!has(self.notPrincipals) && !has(self.namespaces) && !has(self.notNamespaces)) : true':
    (self) =>
      !['serviceAccounts', 'notServiceAccounts'].some((field) => has(self, field)) ||
      !['principals', 'notPrincipals', 'namespaces', 'notNamespaces'].some((field) => has(self, field)),
  '((has(self.operation) ? self.operation : "") == "UPSERT") ? (self.value != "") : true': (self) =>
    at(self, 'operation') !== 'UPSERT' || (textAt(self, 'value') ?? '') !== '',
  '((has(self.operation) ? self.operation : "") == "REMOVE") ? !has(self.value) : true': (self) =>
    at(self, 'operation') !== 'REMOVE' || !has(self, 'value'),
  '(has(self.valueFrom) ? self.valueFrom : "") != "HOST" || !has(self.value)': (self) =>
    at(self, 'valueFrom') !== 'HOST' || !has(self, 'value'),
  'has(self.context) ? ((self.context == "WAYPOINT") ? has(self.waypoint) : !has(self.waypoint)) : !has(self.waypoint)':
    (self) => (at(self, 'context') === 'WAYPOINT') === has(self, 'waypoint'),
  'isURL(self) ? (url(self).getScheme() in ["", "http", "https", "file", "oci"]) : (isURL("http://" + self) &&\nurl("http://" + self).getScheme() in ["", "http", "https", "file", "oci"])':
    isModuleUrl,
  'isURL(self) ? (url(self).getScheme() in ["", "http", "https", "oci", "file"]) : (isURL("http://" + self) &&\nurl("http://" + self).getScheme() in ["", "http", "https", "oci", "file"])':
    isModuleUrl,
}

const AT_MOST_ONE = /^(?:\(has\(self\.\w+\) \? 1 : 0\)(?: \+ )?)+ <= 1$/

function holdsOf(rule: string): Holds | undefined {
  if (Object.hasOwn(RULES, rule)) return RULES[rule]
  if (!AT_MOST_ONE.test(rule)) return undefined
  const fields = Array.from(rule.matchAll(/self\.(\w+)/g), ([, field = '']) => field)
  return (self) => fields.filter((field) => has(self, field)).length <= 1
}

/** What each rule that a value breaks says: its message, or itself. */
export function brokenRules(value: Json, schema: JsonRecord): string[] {
  return listAt(schema, 'x-kubernetes-validations').flatMap((each) => {
    const rule = textAt(each, 'rule') ?? ''
    return holdsOf(rule)?.(value) === false ? [textAt(each, 'message') ?? rule] : []
  })
}
