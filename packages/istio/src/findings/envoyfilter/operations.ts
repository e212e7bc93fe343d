import type { Fix } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { replace } from '../operations.ts'
import { matched, type Patch, patchesOf } from './patches.ts'

const ignored: Code = { code: 'envoyfilter.operation-ignored', severity: 'error', istio: 'ignores' }
const bootstrap: Code = { code: 'envoyfilter.bootstrap-ignored', severity: 'error', istio: 'ignores' }
const unsaid: Code = { code: 'envoyfilter.filter-unsaid', severity: 'error', istio: 'ignores' }

/**
 * Operations that come to nothing (istio pilot/pkg/networking/core/envoyfilter; pilot/pkg/model/envoyfilter.go; 1.31), beside
 * those that istioctl knows. Nobody applies patches of the bootstrap any more (releasenotes/notes/bds-removal.yaml).
 */
export const operations: Judge = {
  says: [ignored, bootstrap, unsaid],
  kinds: [kinds.envoyFilter],
  judge: (subject) => patchesOf(subject.object).flatMap((patch) => judgePatch(subject, patch)),
}

function judgePatch(subject: Subject, patch: Patch) {
  const { applyTo, operation, pointer } = patch
  if (applyTo === 'BOOTSTRAP') return [found(subject, bootstrap, { pointer: `${pointer}/applyTo` })]
  const place = `${pointer}/patch/operation`
  const params = { operation, applyTo }
  if (isIgnored(patch)) return [found(subject, ignored, { pointer: place, params, fixes: merging(subject, patch) })]
  const path = filterPaths[applyTo]
  if (path === undefined || !needsFilter(patch) || matched(patch, ...path) !== undefined) return []
  return [found(subject, unsaid, { pointer: place, params: { ...params, field: path.join('.') } })]
}

/** Where it is said which filter is meant. */
const filterPaths: Readonly<Record<string, readonly string[]>> = {
  LISTENER_FILTER: ['listener', 'listenerFilter'],
  NETWORK_FILTER: ['listener', 'filterChain', 'filter', 'name'],
  HTTP_FILTER: ['listener', 'filterChain', 'filter', 'subFilter', 'name'],
}

const inserts = ['INSERT_BEFORE', 'INSERT_AFTER', 'INSERT_FIRST']

/** What is not among others takes an insertion for ADD; lists are replaced by whole messages only. */
function isIgnored({ applyTo, operation }: Patch): boolean {
  if (applyTo === 'ROUTE_CONFIGURATION') return inserts.includes(operation)
  if (applyTo === 'EXTENSION_CONFIG') return ['MERGE', 'MERGE_AND_REPLACE_LIST', 'REMOVE'].includes(operation)
  return operation === 'MERGE_AND_REPLACE_LIST' && filterPaths[applyTo] !== undefined
}

/** Without a filter REMOVE and REPLACE do nothing; a merge goes into every one, but for filters of listeners. */
function needsFilter({ applyTo, operation }: Patch): boolean {
  if (applyTo === 'LISTENER_FILTER' && operation === 'MERGE') return true
  return operation === 'REMOVE' || operation === 'REPLACE'
}

function merging(subject: Subject, { applyTo, pointer }: Patch): Fix[] {
  if (applyTo === 'EXTENSION_CONFIG') return []
  return [fix(subject, { code: 'merge' }, [replace(`${pointer}/patch/operation`, 'MERGE')])]
}
