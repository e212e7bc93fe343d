import {
  at,
  isRecord,
  type Json,
  type JsonRecord,
  numberAt,
  recordAt,
  stringsAt,
  textAt,
  textsAt,
} from '@orbweaver/contracts/json'
import { type HttpRule, type Match, placeOf, says } from './http-rule.ts'

/** Routes of another VirtualService under one of a root (istio pilot/pkg/model/virtualservice.go, MergeHTTPRoutes; 1.31). */

/** What the root says where the delegate does not. */
const inherited = [
  'rewrite',
  'directResponse',
  'timeout',
  'retries',
  'fault',
  'mirror',
  'mirrorPercent',
  'mirrorPercentage',
  'corsPolicy',
  'mirrors',
  'headers',
]

/** The delegate's route as it is under the root's; undefined where its matches are not within the root's. */
export function merged(root: HttpRule, own: HttpRule): HttpRule | undefined {
  const matches = mergedMatches(root.matches, own.matches)
  if (matches === undefined) return undefined
  const value: JsonRecord = { ...own.value }
  const from = { ...own.from }
  for (const field of inherited) {
    if (says(value, field) || !says(root.value, field)) continue
    value[field] = root.value[field]
    from[field] = placeOf(root, field)
  }
  const name = joinedName(textAt(root.value, 'name'), textAt(own.value, 'name'))
  return { ...own, root: root.place, value: name === undefined ? value : { ...value, name }, matches, from }
}

function joinedName(root: string | undefined, own: string | undefined): string | undefined {
  if (own === undefined || own === '') return root
  return root === undefined || root === '' ? own : `${root}-${own}`
}

function mergedMatches(root: readonly Match[], own: readonly Match[]): readonly Match[] | undefined {
  if (root.length === 0) return own
  if (own.length === 0) return root
  const out: Match[] = []
  for (const each of own) {
    const within = root.filter((one) => !conflicts(one.value, each.value))
    if (within.length === 0) return undefined
    out.push(...within.map((one) => ({ value: mergedMatch(one.value, each.value), place: each.place })))
  }
  return out
}

const strings = ['uri', 'scheme', 'method', 'authority']
const maps = ['headers', 'withoutHeaders', 'queryParams', 'sourceLabels']

function mergedMatch(root: JsonRecord, own: JsonRecord): JsonRecord {
  const out: JsonRecord = { ...own }
  const isSaid = (field: string) => {
    if (field === 'port') return (numberAt(own, 'port') ?? 0) !== 0
    if (field === 'sourceNamespace') return (textAt(own, field) ?? '') !== ''
    return field === 'gateways' ? textsAt(own, field).length > 0 : says(own, field)
  }
  for (const field of [...strings, 'port', 'sourceNamespace', 'gateways']) {
    if (!isSaid(field) && says(root, field)) out[field] = root[field]
  }
  for (const field of maps) out[field] = { ...recordAt(root, field), ...recordAt(own, field) }
  const name = joinedName(textAt(root, 'name'), textAt(own, 'name'))
  return name === undefined ? out : { ...out, name }
}

function conflicts(root: JsonRecord, own: JsonRecord): boolean {
  if (strings.some((field) => stringsConflict(root[field], own[field]))) return true
  for (const field of ['headers', 'withoutHeaders', 'queryParams']) {
    const given = recordAt(own, field)
    if (Object.keys(given).some((key) => stringsConflict(at(root, field, key), given[key] ?? {}))) return true
  }
  if ((root.ignoreUriCase === true) !== (own.ignoreUriCase === true)) return true
  const [rootPort, ownPort] = [numberAt(root, 'port') ?? 0, numberAt(own, 'port') ?? 0]
  if (rootPort > 0 && ownPort > 0 && rootPort !== ownPort) return true
  return sourcesConflict(root, own)
}

function sourcesConflict(root: JsonRecord, own: JsonRecord): boolean {
  const namespace = textAt(root, 'sourceNamespace') ?? ''
  if (namespace !== '' && namespace !== (textAt(own, 'sourceNamespace') ?? '')) return true
  const labels = stringsAt(root, 'sourceLabels')
  const differs = ([key, value]: [string, string]) => labels[key] !== undefined && labels[key] !== value
  if (Object.entries(stringsAt(own, 'sourceLabels')).some(differs)) return true
  const [wide, narrow] = [textsAt(root, 'gateways'), textsAt(own, 'gateways')]
  if (wide.length === 0 || narrow.length === 0) return false
  return wide.length < narrow.length || narrow.some((each) => !wide.includes(each))
}

/** Whether what a delegate wants of a text is not within what its root wants (stringMatchConflict). */
function stringsConflict(root: Json | undefined, own: Json | undefined): boolean {
  if (!isRecord(root) || !isRecord(own)) return false
  const [wide, narrow] = [formsOf(root), formsOf(own)]
  const any = ({ regex, prefix, exact }: Forms) => [regex, prefix, exact].some((each) => each !== '')
  const isRegex = wide.regex !== '' ? any(narrow) : narrow.regex !== '' && any(wide)
  if (isRegex) return true
  if (wide.exact !== '') return narrow.prefix !== '' || narrow.exact !== wide.exact
  const text = narrow.prefix === '' ? narrow.exact : narrow.prefix
  return wide.prefix === '' || text === '' || !text.startsWith(wide.prefix)
}

type Forms = { exact: string; prefix: string; regex: string }

function formsOf(match: JsonRecord): Forms {
  const form = (name: string) => textAt(match, name) ?? ''
  return { exact: form('exact'), prefix: form('prefix'), regex: form('regex') }
}
