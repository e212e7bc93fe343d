import { textAt } from '@orbweaver/contracts/json'
import { renamedFilters } from '../../validation/envoy-filter.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge } from '../finding.ts'
import { defineIndex, type Index } from '../index-of.ts'
import { replace } from '../operations.ts'
import { matched, type Patch, patchesOf } from './patches.ts'

const code: Code = { code: 'envoyfilter.filter-renamed', severity: 'error', istio: 'ignores' }

/** Names that patches themselves give to filters. */
const added: Index<string> = defineIndex({
  name: 'names of filters that patches add',
  kinds: [kinds.envoyFilter],
  entries: (object) =>
    patchesOf(object).flatMap(({ value }): [string, string][] => {
      const name = textAt(value, 'patch', 'value', 'name') ?? ''
      return name === '' ? [] : [[name, name]]
    }),
})

/**
 * Old names of Envoy's filters: istiod gives them their new ones, and compares names as they are written (istio
 * pilot/pkg/networking/core/envoyfilter/listener_patch.go, networkFilterMatch; pkg/config/xds/deprecated.go; 1.31).
 */
export const filterNames: Judge = {
  says: [code],
  kinds: [kinds.envoyFilter],
  judge: (subject, world) =>
    patchesOf(subject.object).flatMap((patch) =>
      namesOf(patch).flatMap(({ text: name, pointer }) => {
        const right = nameNow(name, pointer)
        if (right === undefined || world.look(added, name).length > 0) return []
        const fixes = [fix(subject, { code: 'new-name', params: { right } }, [replace(pointer, right)])]
        return [found(subject, code, { pointer, params: { name, right }, fixes })]
      }),
    ),
}

/** Two filters had one name; which is meant is told by where it is said. */
function nameNow(name: string, pointer: string): string | undefined {
  const now = Object.hasOwn(renamedFilters, name) ? renamedFilters[name] : undefined
  return pointer.endsWith('/filter/name') ? now?.replace('.filters.http.', '.filters.network.') : now
}

/** The filter of an HTTP filter is not looked for where one is put first or last. */
function namesOf(patch: Patch) {
  const isEnd = patch.operation === 'ADD' || patch.operation === 'INSERT_FIRST'
  const places = [
    ['listener', 'filterChain', 'filter', 'name'],
    ...(isEnd
      ? []
      : [
          ['listener', 'filterChain', 'filter', 'subFilter', 'name'],
          ['listener', 'listenerFilter'],
        ]),
  ]
  const filters = ['NETWORK_FILTER', 'HTTP_FILTER', 'LISTENER_FILTER']
  if (!filters.includes(patch.applyTo)) return []
  return places.map((path) => matched(patch, ...path)).filter((each) => each !== undefined)
}
