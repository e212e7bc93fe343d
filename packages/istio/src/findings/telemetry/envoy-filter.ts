import { at, isRecord, type Json, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge } from '../finding.ts'
import { put, replace } from '../operations.ts'

const relative: Code = { code: 'envoyfilter.relative', severity: 'warning', istio: 'accepts', aliases: ['IST0151'] }
const replaced: Code = {
  code: 'envoyfilter.replace-ignored',
  severity: 'error',
  istio: 'ignores',
  aliases: ['IST0152'],
}
const added: Code = { code: 'envoyfilter.add-ignored', severity: 'error', istio: 'ignores', aliases: ['IST0153'] }
const removed: Code = { code: 'envoyfilter.remove-ignored', severity: 'error', istio: 'ignores', aliases: ['IST0154'] }
const versioned: Code = {
  code: 'envoyfilter.relative-by-version',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['IST0155'],
}

/** Patches that do nothing where they are applied, or depend on what others have done (istio analyzers/envoyfilter). */
export const envoyPatches: Judge = {
  says: [relative, replaced, added, removed, versioned],
  kinds: [kinds.envoyFilter],
  judge(subject) {
    const { object } = subject
    const isOrdered = (numberAt(object, 'spec', 'priority') ?? 0) !== 0
    const pinned = new Set<string>()
    return listPatches(object).flatMap((each, index) => {
      const name = nameOf(each)
      const code = codeOf(each, { isOrdered, isPinned: pinned.has(name) })
      if ((textAt(each, 'match', 'proxy', 'proxyVersion') ?? '') !== '') pinned.add(name)
      if (code === undefined) return []
      const pointer = `/spec/configPatches/${index}/patch/operation`
      const params = { operation: operationOf(each), applyTo: applyToOf(each) }
      const isOrder = code === relative || code === versioned
      const other = instead(operationOf(each), applyToOf(each))
      const way = { code: 'operation', params: { right: other ?? '' } }
      const meant = other === undefined ? [] : [fix(subject, way, [replace(pointer, other)])]
      const order = fix(subject, { code: 'order' }, [put('/spec/priority', 10)])
      return [found(subject, code, { pointer, params, fixes: isOrder ? [order] : meant })]
    })
  },
}

/** Up to the first that has no patch: Istio's analyser stops there. */
function listPatches(object: KubernetesObject): Json[] {
  const patches = listAt(object, 'spec', 'configPatches')
  const end = patches.findIndex((each) => !isRecord(at(each, 'patch')))
  return end < 0 ? patches : patches.slice(0, end)
}

function operationOf(patch: Json): string {
  return textAt(patch, 'patch', 'operation') ?? 'INVALID'
}

function applyToOf(patch: Json): string {
  return textAt(patch, 'applyTo') ?? 'INVALID'
}

const routes = ['ROUTE_CONFIGURATION', 'HTTP_ROUTE']
const replaceable = ['NETWORK_FILTER', 'HTTP_FILTER', 'VIRTUAL_HOST']

function codeOf(patch: Json, by: { isOrdered: boolean; isPinned: boolean }): Code | undefined {
  const onRoutes = routes.includes(applyToOf(patch))
  const order = by.isOrdered ? undefined : by.isPinned ? versioned : relative
  switch (operationOf(patch)) {
    case 'ADD':
      return onRoutes ? added : undefined
    case 'REMOVE':
      return onRoutes ? removed : order
    case 'REPLACE':
      return replaceable.includes(applyToOf(patch)) ? order : replaced
    case 'INSERT_BEFORE':
    case 'INSERT_AFTER':
      return order
    default:
      return undefined
  }
}

/** What does to such a thing what was meant: it is there already, so that it is changed, or put among others. */
function instead(operation: string, applyTo: string): string | undefined {
  if (operation === 'ADD') return applyTo === 'HTTP_ROUTE' ? 'INSERT_FIRST' : 'MERGE'
  return operation === 'REPLACE' ? 'MERGE' : undefined
}

/** Of the filter that a patch is about: what it writes, else what it looks for. */
function nameOf(patch: Json): string {
  const value = at(patch, 'patch', 'value')
  if (!isRecord(value)) return ''
  const name = at(value, 'name')
  if (name !== undefined) return JSON.stringify(name)
  return textAt(patch, 'match', 'listener', 'filterChain', 'filter', 'name') ?? ''
}
