import { annotationsOf, type KubernetesObject, labelsOf, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding, Fix } from '@orbweaver/contracts/plan'
import { step } from '../../pointer.ts'
import {
  canaryBy,
  canaryLevels,
  faultOf,
  type NoWaypoint,
  shareIn,
  type Wanted,
  waypointOf,
} from '../../simulate/workloads/waypoints.ts'
import { kinds } from '../../world/kinds.ts'
import { names } from '../../world/names.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import type { ClusterView } from '../../world/view.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { has } from '../upgrade/step.ts'
import { put, remove } from '../operations.ts'
import { creating, mending } from './use-waypoint.ts'

const docs = 'ambient/usage/waypoint/'
const said = (code: string, severity: Code['severity'] = 'warning'): Code => ({
  code: `waypoint.${code}`,
  severity,
  istio: 'ignores',
  docs,
})
const missing = said('canary-not-found')
const unready = said('canary-not-ready')
const closed = said('canary-closed')
const other = said('canary-other-traffic')
const same = said('canary-is-waypoint')
const alone = said('canary-alone')
const misweighed = said('canary-weight')
const unread = said('canary-unread')
const idle: Code = { ...said('canary-idle', 'info'), istio: 'accepts' }

const byFault: Readonly<Record<NoWaypoint['code'], Code>> = {
  'waypoint-not-there': missing,
  'waypoint-not-ready': unready,
  'waypoint-closed': closed,
  'waypoint-other-traffic': other,
}

/**
 * Canary waypoints (`istio.io/use-waypoint-canary`; istio pilot/pkg/serviceregistry/ambient/waypoints.go,
 * buildWeightedWaypoints, 1.31): for Services and ServiceEntries, beside the waypoint that they use. Where one cannot be
 * used, all traffic goes through that one.
 */
export const canaryWaypoint: Judge = {
  says: [unread, missing, unready, closed, other, same, alone, misweighed, idle],
  kinds: [kinds.namespace, kinds.service, kinds.serviceEntry],
  where: 'every',
  judge(subject, world) {
    const { object, view } = subject
    if (!view.has(kinds.kubernetesGateway) || labelsOf(object)[names.gatewayManaged] !== undefined) return []
    const home = object.kind === 'Namespace' ? object.metadata.name : subject.namespace
    const levels = levelsOf(subject)
    const naming = levels.find((each) => labelsOf(each)[names.canaryWaypoint] !== undefined)
    const canary = naming === undefined ? undefined : canaryBy(labelsOf(naming), home)
    if (canary === undefined) return []
    if (has(world.version ?? '', since) === false) return naming === object ? [about(subject, unread, { canary })] : []
    const primary = primaryOf(subject, home)
    if (primary === undefined)
      return naming === object ? [about(subject, alone, { canary, fixes: [without(subject)] })] : []
    const asked = { canary, home, levels, isOwn: naming === object }
    return [...placeFinding(subject, primary, asked), ...weightFinding(subject, asked)]
  },
}

/** Of istiod; the label is nothing to those before. */
const since = '1.31'

/** `levels`: the object, then its namespace where it inherits from it. `isOwn`: the object itself names the canary. */
type Asked = { canary: Wanted; home: string; levels: readonly KubernetesObject[]; isOwn: boolean }

function levelsOf({ object, view }: Subject): KubernetesObject[] {
  return object.kind === 'Namespace' ? [object] : canaryLevels(view, object)
}

/** The waypoint beside which it stands, as `namespace/name`, whether it can be used or not. */
function primaryOf({ object, view }: Subject, namespace: string): string | undefined {
  const labels = object.kind === 'Namespace' ? {} : labelsOf(object)
  const primary = waypointOf(view, { labels, namespace, traffic: 'service' })
  if (primary === undefined || 'code' in primary) return primary?.name
  return `${namespaceOf(primary.gateway)}/${primary.gateway.metadata.name}`
}

function placeFinding(subject: Subject, primary: string, { canary, home, isOwn }: Asked): Finding[] {
  const { view } = subject
  if (!isOwn) return []
  if (`${canary.namespace}/${canary.name}` === primary)
    return [about(subject, same, { canary, fixes: [without(subject)] })]
  const gateway = view.get(kinds.kubernetesGateway, canary.name, canary.namespace)
  const fault = faultOf(view, gateway, { namespace: home, traffic: 'service' })
  if (fault === undefined) return []
  if (gateway === undefined) return [about(subject, byFault[fault], { canary, fixes: creating(subject, canary) })]
  const fixes = mending(subject, fault, { gateway, namespace: home })
  return [{ ...about(subject, byFault[fault], { canary, fixes }), evidence: [refOf(subject.cluster, gateway)] }]
}

type Canary = { canary: Wanted; fixes?: Fix[] }

function about(subject: Subject, code: Code, { canary, fixes = [] }: Canary): Finding {
  return found(subject, code, {
    pointer: `/metadata/labels${step(names.canaryWaypoint)}`,
    params: { ...canary },
    fixes,
  })
}

function without(subject: Subject): Fix {
  const labels = labelsOf(subject.object)
  const gone = [names.canaryWaypoint, names.canaryWaypointNamespace].filter((each) => labels[each] !== undefined)
  const operations = gone.map((each) => remove(`/metadata/labels${step(each)}`))
  return fix(subject, { code: 'without', params: { labels: gone.join(', ') } }, operations)
}

/** The share in percent; what is not said is none (getCanaryWeight). */
function weightFinding(subject: Subject, { canary, levels, isOwn, home }: Asked): Finding[] {
  const own = weightOf(subject.object)
  if (own === undefined && !isOwn) return []
  const value = levels.map(weightOf).find((each) => each !== undefined) ?? '0'
  const pointer = own === undefined ? `/metadata/labels${step(names.canaryWaypoint)}` : place
  const weight = shareIn(value)
  if (weight === undefined) {
    return [found(subject, misweighed, { pointer, params: { ...canary, weight: value }, fixes: inPercent(subject) })]
  }
  const isIdle = weight === 0 && isOwn && !isWeighedBelow(subject, home)
  return isIdle ? [found(subject, idle, { pointer, params: { ...canary } })] : []
}

const place = `/metadata/annotations${step(names.canaryWaypointWeight)}`

/** `10%` means 10. */
function inPercent(subject: Subject): Fix[] {
  const weight = /^\s*(\d+)\s*%?\s*$/.exec(weightOf(subject.object) ?? '')?.[1]
  if (weight === undefined || shareIn(weight) === undefined) return []
  return [fix(subject, { code: 'percent', params: { weight } }, [put(place, weight)])]
}

const weightOf = (object: KubernetesObject) => annotationsOf(object)[names.canaryWaypointWeight]

/** Whether Services of a namespace say a share for themselves. */
function isWeighedBelow({ object, view }: Subject, home: string): boolean {
  return object.kind === 'Namespace' && belowIn(view, home).some((each) => weightOf(each) !== undefined)
}

function belowIn(view: ClusterView, home: string): readonly KubernetesObject[] {
  return [...view.list(kinds.service, home), ...view.list(kinds.serviceEntry, home)]
}
