import { numberAt } from '@orbweaver/contracts/json'
import type { Finding, Fix } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { put, replace } from '../operations.ts'
import { matched, type Patch, patchesOf } from './patches.ts'

const waypoint: Code = { code: 'envoyfilter.waypoint-context', severity: 'error', istio: 'ignores' }
const elsewhere: Code = { code: 'envoyfilter.name-of-other-context', severity: 'error', istio: 'ignores' }
const old: Code = { code: 'envoyfilter.old-cluster-name', severity: 'error', istio: 'ignores' }
const unread: Code = { code: 'envoyfilter.gateway-match-unread', severity: 'warning', istio: 'accepts' }

/**
 * Matches of what a context never has (istio pilot/pkg/networking/core/envoyfilter; listener_builder.go, patchListeners;
 * 1.31): nothing is patched. Names of inbound clusters have no port name and host since 1.8
 * (releasenotes/notes/inbound-cluster-name.yaml).
 */
export const places: Judge = {
  says: [waypoint, elsewhere, old, unread],
  kinds: [kinds.envoyFilter],
  judge: (subject) =>
    patchesOf(subject.object).flatMap((patch) => [
      ...ofContext(subject, patch),
      ...ofNames(subject, patch),
      ...ofGateway(subject, patch),
    ]),
}

/** Waypoints are patched as sidecars are; nothing asks for a context of their own. */
function ofContext(subject: Subject, { context, pointer }: Patch): Finding[] {
  return context === 'WAYPOINT' ? [found(subject, waypoint, { pointer: `${pointer}/match/context` })] : []
}

const outbound = 'SIDECAR_OUTBOUND'
const inbound = 'SIDECAR_INBOUND'
const gateway = 'GATEWAY'

type Naming = { path: readonly string[]; pattern: RegExp; contexts: readonly string[] }

/** Names that only some contexts give (pilot/pkg/model/context.go; pilot/pkg/networking/core/httproute.go, gateway.go). */
const namings: readonly Naming[] = [
  { path: ['listener', 'name'], pattern: /^virtualInbound$/, contexts: [inbound] },
  { path: ['listener', 'name'], pattern: /^virtualOutbound$/, contexts: [outbound] },
  { path: ['cluster', 'name'], pattern: /^inbound(-vip)?\|/, contexts: [inbound] },
  { path: ['cluster', 'name'], pattern: /^outbound(_\.\d+_|\|)/, contexts: [outbound, gateway] },
  { path: ['routeConfiguration', 'name'], pattern: /^https?\.\d+/, contexts: [gateway] },
  { path: ['routeConfiguration', 'name'], pattern: /^inbound(-vip)?\|/, contexts: [inbound] },
  { path: ['routeConfiguration', 'name'], pattern: /^\d+$/, contexts: [outbound] },
]

function ofNames(subject: Subject, patch: Patch): Finding[] {
  const known = [outbound, inbound, gateway]
  if (patch.operation === 'ADD' && patch.applyTo === 'CLUSTER') return []
  return namings.flatMap(({ path, pattern, contexts }) => {
    const said = matched(patch, ...path)
    if (said === undefined || !pattern.test(said.text)) return []
    const { text: name, pointer } = said
    if (known.includes(patch.context) && !contexts.includes(patch.context)) {
      const params = { name, context: patch.context, contexts: contexts.join(', ') }
      return [found(subject, elsewhere, { pointer, params, fixes: moving(subject, patch, contexts) })]
    }
    const [, port = '', ...rest] = name.split('|')
    if (!name.startsWith('inbound|') || path[0] !== 'cluster' || rest.every((each) => each === '')) return []
    const right = `inbound|${port}||`
    const way = fix(subject, { code: 'new-name', params: { right } }, [replace(pointer, right)])
    return [found(subject, old, { pointer, params: { name }, fixes: [way] })]
  })
}

function moving(subject: Subject, { pointer }: Patch, [only, ...others]: readonly string[]): Fix[] {
  if (only === undefined || others.length > 0) return []
  const way = { code: 'context', params: { right: only } }
  return [fix(subject, way, [replace(`${pointer}/match/context`, only)])]
}

/** Sidecars look at the name and port of routes alone: what else is said narrows nothing. */
function ofGateway(subject: Subject, patch: Patch): Finding[] {
  if (patch.context !== inbound && patch.context !== outbound) return []
  const said = ['gateway', 'portName'].map((field) => matched(patch, 'routeConfiguration', field))
  const [first] = said.filter((each) => each !== undefined)
  if (first === undefined) return []
  const way = fix(subject, { code: 'context', params: { right: gateway } }, [
    put(`${patch.pointer}/match/context`, gateway),
  ])
  const isNarrowed =
    matched(patch, 'routeConfiguration', 'name') !== undefined ||
    numberAt(patch.value, 'match', 'routeConfiguration', 'portNumber') !== undefined
  const params = { said: first.text, context: patch.context }
  return [found(subject, unread, { pointer: first.pointer, params, fixes: isNarrowed ? [] : [way] })]
}
