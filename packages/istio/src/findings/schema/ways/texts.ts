import { isRecord, type Json, stringsAt, textAt } from '@orbweaver/contracts/json'
import { step } from '../../../pointer.ts'
import { quoted } from '../../../validation/names.ts'
import { compileProblem } from '../../../validation/re2.ts'
import { replace } from '../../operations.ts'
import { valueAt } from '../spots.ts'
import { changed, lastOf, type Mend, type Operation, parentOf, renamed } from './way.ts'

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

/** Without blanks and quotes around it. */
const bare = (text: string): string =>
  text
    .trim()
    .replace(/^(["'])(.*)\1$/s, '$2')
    .trim()

/** The host of what was written as a URL, or with a port. */
function hostAlone(text: string): string {
  const [, ofUrl] = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)/i.exec(bare(text)) ?? []
  const authority = ofUrl ?? bare(text)
  const [, bracketed] = /^\[([^\]]*)\](?::\d+)?$/.exec(authority) ?? []
  return bracketed ?? authority.replace(/^([^:]*):\d+$/, '$1')
}

export const cleanHost: Mend = (spot) => changed('host-alone', spot, hostAlone(textOf(spot.value)))

/** A whole part of a name may be a wildcard, and `*example.com` has only forgotten the dot. */
export const dottedWildcard: Mend = (spot) => {
  const text = textOf(spot.value)
  return /^(?:[^/*]*\/)?\*[a-z\d][^*]*\.[^*]*$/i.test(text) ? changed('dot', spot, text.replace('*', '*.')) : []
}

/** Keys and values of labels, whose map is the place. */
export const cleanLabelValue: Mend = ({ object, pointer, params: { value = '' } }) => {
  const wrong = Object.entries(stringsAt(valueAt(object, pointer))).filter(([, each]) => isQuoted(each, value))
  const better = bare(wrong[0]?.[1] ?? '')
  if (better === '' || isQuoted(better, value)) return []
  const operations = wrong.map(([key]) => replace(pointer + step(key), better))
  return [{ code: 'use-value', params: { value: better }, operations }]
}

/** istiod quotes what it speaks of. */
const isQuoted = (text: string, words: string): boolean => quoted(text) === `"${words}"`

export const cleanLabelKey: Mend = ({ object, pointer, params: { key = '' } }) =>
  keyed(object, pointer + step(key), bare(key))

function keyed(object: Json, pointer: string, better: string): ReturnType<Mend> {
  const operations: Operation[] = better === '' ? [] : renamed(object, pointer, better)
  return operations.length === 0 ? [] : [{ code: 'use-name', params: { value: better }, operations }]
}

/** `x-user:` and `"x-user"` are x-user. The name is an entry of a list, or the key of a map. */
export const cleanHeaderName: Mend = (spot) => {
  const { object, pointer, value, params } = spot
  const { name = '' } = params
  const better = bare(bare(name).replace(/:$/, ''))
  if (value === name) return changed('use-name', spot, better)
  return lastOf(pointer) === step(name).slice(1) ? keyed(object, pointer, better) : []
}

/** What was written for a shell: `*` for any text, and all else for itself. */
export const globAsRegex: Mend = ({ object, pointer, value }) => {
  const place = typeof value === 'string' ? pointer : `${pointer}/regex`
  const glob = textOf(valueAt(object, place))
  if (!/^[\w*./-]*$/.test(glob) || !glob.startsWith('*')) return []
  const regex = glob.replaceAll('.', '\\.').replaceAll(/\*+/g, '.*')
  return compileProblem(regex) === undefined ? changed('as-regex', { pointer: place, value: glob }, regex) : []
}

/** A header or a parameter whose text may begin with anything is asked for by its name alone; anything else is not asked. */
export const emptyPrefix: Mend = (spot) => {
  const { pointer, value } = spot
  if (textAt(value, 'prefix') !== '') return []
  const map = lastOf(parentOf(pointer))
  const isNamed = ['headers', 'withoutHeaders', 'queryParams'].includes(map)
  return isNamed && isRecord(value)
    ? [{ code: 'presence', operations: [{ op: 'remove', path: `${pointer}/prefix` }] }]
    : [{ code: 'any', operations: [{ op: 'remove', path: pointer }] }]
}

/** A port's name is letters, digits and dashes; endpoints name it too. */
export const cleanPortName: Mend = ({ object, pointer, value }) => {
  const name = textOf(value)
  const better = bare(name)
    .replaceAll(/[^A-Za-z\d-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  const ports = valueAt(object, parentOf(parentOf(pointer)))
  const isTaken = Array.isArray(ports) && ports.some((port) => textAt(port, 'name') === better)
  if (better === '' || better === name || isTaken) return []
  const endpoints = valueAt(object, '/spec/endpoints')
  const others = (Array.isArray(endpoints) ? endpoints : []).flatMap((endpoint, index) => {
    const given = isRecord(endpoint) ? endpoint['ports'] : undefined
    const has = isRecord(given) && given[name] !== undefined
    return has ? renamed(object, `/spec/endpoints/${index}/ports${step(name)}`, better) : []
  })
  return [{ code: 'name-port', params: { name: better }, operations: [replace(pointer, better), ...others] }]
}

/** A subset's name is a DNS label; rules that name it as it was are refused as well. */
export const cleanSubsetName: Mend = (spot) => {
  const name = bare(textOf(spot.value))
  const better = name
    .toLowerCase()
    .replaceAll(/[^a-z\d-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  const subsets = valueAt(spot.object, parentOf(parentOf(spot.pointer)))
  const isTaken = Array.isArray(subsets) && subsets.some((subset) => textAt(subset, 'name') === better)
  return better === '' || isTaken ? [] : changed('use-name', spot, better)
}
