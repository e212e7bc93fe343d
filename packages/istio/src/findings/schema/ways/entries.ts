import { isRecord, type Json, listAt, sameJson, textAt, textsAt } from '@orbweaver/contracts/json'
import { isAddress } from '../../../validation/addresses.ts'
import { put, remove, replace } from '../../operations.ts'
import { valueAt } from '../spots.ts'
import { cleanHost } from './texts.ts'
import { lastOf, type Mend, parentOf, type Way } from './way.ts'

/** ServiceEntries, Sidecars, and what is attached to workloads. */

/** Endpoints that are all addresses need no DNS. */
export const resolutionFor: Mend = ({ object, pointer }) => {
  const named = listAt(valueAt(object, parentOf(pointer)), 'endpoints').some(
    (each) => !/^[\d.]+$|:/.test(textAt(each, 'address') ?? ''),
  )
  const value = named ? 'DNS' : 'STATIC'
  return [{ code: 'resolve-static', params: { value }, operations: [put(`${parentOf(pointer)}/resolution`, value)] }]
}

/** A name that is no address wants DNS, for all endpoints. */
export const endpointAddress: Mend = (spot) => {
  const clean = cleanHost(spot)
  const isName = typeof spot.value === 'string' && /[a-z]/i.test(spot.value) && !isAddress(spot.value)
  const isStatic = spot.pointer.includes('/endpoints/') && textAt(spot.object, 'spec', 'resolution') === 'STATIC'
  return isName && isStatic && clean.length === 0
    ? [{ code: 'resolve-dns', operations: [replace('/spec/resolution', 'DNS')] }]
    : clean
}

/** A wildcard is resolved by nobody: traffic goes where it was sent, or each host is resolved when it is called. */
export const resolvable: Mend = ({ object }) => {
  const isWild = textsAt(object, 'spec', 'hosts').every((each) => each.startsWith('*'))
  const dynamic: Way = { code: 'resolve-each', operations: [replace('/spec/resolution', 'DYNAMIC_DNS')] }
  const none: Way = { code: 'resolve-none', operations: [replace('/spec/resolution', 'NONE')] }
  return isWild ? [dynamic, none] : [none]
}

/** istiod gives addresses to hosts that it lets proxies resolve. */
export const allocated: Mend = ({ object }) => {
  const resolution = textAt(object, 'spec', 'resolution') ?? 'NONE'
  const label = '/metadata/labels/networking.istio.io~1enable-autoallocate-ip'
  if (resolution !== 'NONE')
    return valueAt(object, label) === undefined ? [] : [{ code: 'allocate', operations: [remove(label)] }]
  return [{ code: 'resolve-dns', operations: [put('/spec/resolution', 'DNS')] }]
}

/** The same port twice, and nothing but its name differs, which no endpoint goes by. */
export const samePort: Mend = ({ object, pointer, value }) => {
  const place = parentOf(pointer)
  const ports = listAt(object, ...parentOf(place).split('/').slice(1))
  const [first, port] = [ports.find((each) => sameJson(numberOf(each), value)), valueAt(object, place)]
  const isUsed = listAt(object, 'spec', 'endpoints').some((each) => valueAt(each, '/ports') !== undefined)
  const isSame = ['protocol', 'targetPort'].every((field) => sameJson(fieldOf(first, field), fieldOf(port, field)))
  return isSame && !isUsed ? [{ code: 'remove-port', operations: [remove(place)] }] : []
}

const fieldOf = (of: Json | undefined, field: string): Json => valueAt(of ?? null, `/${field}`) ?? null
const numberOf = (port: Json): Json => fieldOf(port, 'number')

export const egressAnywhere: Mend = ({ value, pointer }) => {
  if (typeof value !== 'string' || !value.includes('.')) return []
  const host = `*/${value}`
  return [{ code: 'any-namespace', params: { host }, operations: [replace(pointer, host)] }]
}

/** One way a field: it stays, and the others go. */
export function keepEach(pointer: string, given: readonly string[]): Way[] {
  if (given.length < 2) return []
  return given.map((kept) => {
    const others = given.filter((each) => each !== kept)
    return {
      code: 'keep',
      params: { kept, gone: others.join(', ') },
      operations: others.map((each) => remove(`${pointer}/${each}`)),
    }
  })
}

const EVERYTHING_WITHOUT = [
  'EnvoyFilter',
  'ProxyConfig',
  'PeerAuthentication',
  'RequestAuthentication',
  'AuthorizationPolicy',
  'WasmPlugin',
  'TrafficExtension',
]

/** Without a selector these are for the whole namespace as well, and say so. */
export const openSelector: Mend = ({ object, pointer }) =>
  EVERYTHING_WITHOUT.includes(object.kind) ? [{ code: 'remove-selector', operations: [remove(pointer)] }] : []

/** Of providers the first is taken; of several settings each, the later before the earlier (pilot/pkg/model/telemetry.go). */
export const oneTracing: Mend = ({ pointer, value }) => {
  const all = Array.isArray(value) ? value : []
  if (lastOf(pointer) === 'providers') {
    return [
      {
        code: 'keep-first',
        operations: all.slice(1).map((_, index) => remove(`${pointer}/${all.length - 1 - index}`)),
      },
    ]
  }
  const isPlain = all.every((each) => valueAt(each, '/match') === undefined)
  const merged = Object.fromEntries(all.flatMap((each) => Object.entries(isRecord(each) ? each : {})))
  return isPlain ? [{ code: 'merge', operations: [replace(pointer, [merged])] }] : []
}
