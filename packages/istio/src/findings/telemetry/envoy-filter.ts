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

/**
 * Patches that do nothing where they are applied, or depend on what others have done (istio analyzers/envoyfilter). Of routes,
 * and of filters of listeners, istiod carries out what its analyser says it does not
 * (pilot/pkg/networking/core/envoyfilter/rc_patch.go, patchHTTPRoutes; listener_patch.go, patchListenerFilters; 1.31).
 */
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
      const other = instead(operationOf(each))
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

const replaceable = ['NETWORK_FILTER', 'HTTP_FILTER', 'VIRTUAL_HOST']

/** What istiod does, and its analyser has nothing to say of: not even which patches come first. */
const carriedOut = ['REMOVE HTTP_ROUTE', 'REPLACE LISTENER_FILTER']

function codeOf(patch: Json, by: { isOrdered: boolean; isPinned: boolean }): Code | undefined {
  const [operation, applyTo] = [operationOf(patch), applyToOf(patch)]
  const onRoutes = applyTo === 'ROUTE_CONFIGURATION'
  if (operation === 'ADD') return onRoutes ? added : undefined
  if (!isRelative.includes(operation) || carriedOut.includes(`${operation} ${applyTo}`)) return undefined
  if (operation === 'REMOVE' && onRoutes) return removed
  if (operation === 'REPLACE' && !replaceable.includes(applyTo)) return replaced
  if (by.isOrdered) return undefined
  return by.isPinned ? versioned : relative
}

const isRelative = ['REMOVE', 'REPLACE', 'INSERT_BEFORE', 'INSERT_AFTER']

/** What does to such a thing what was meant: it is there already, so that it is changed. */
function instead(operation: string): string | undefined {
  return operation === 'ADD' || operation === 'REPLACE' ? 'MERGE' : undefined
}

/** Of the filter that a patch is about: what it writes, else what it looks for. */
function nameOf(patch: Json): string {
  const value = at(patch, 'patch', 'value')
  if (!isRecord(value)) return ''
  const name = at(value, 'name')
  if (name !== undefined) return JSON.stringify(name)
  return textAt(patch, 'match', 'listener', 'filterChain', 'filter', 'name') ?? ''
}
