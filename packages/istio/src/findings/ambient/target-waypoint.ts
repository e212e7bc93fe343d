import { at, type Json, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf, refOf } from '@orbweaver/contracts/kubernetes'
import type { Fix } from '@orbweaver/contracts/plan'
import { step } from '../../pointer.ts'
import { faultOf, waypointOf } from '../../simulate/workloads/waypoints.ts'
import { type KindKey, kinds } from '../../world/kinds.ts'
import { names } from '../../world/names.ts'
import type { ClusterView } from '../../world/view.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { put } from '../operations.ts'
import type { MeshWorld } from '../world.ts'
import { inAmbient } from './unused-waypoint.ts'

const code = (severity: Code['severity'], ...aliases: string[]): Code => ({
  code: 'ambient.target-without-waypoint',
  severity,
  istio: 'ignores',
  aliases,
  docs: 'ambient/usage/l7-features/',
})
const rule = code('error', 'KIA0109', 'KIA1317')
const byKind: Readonly<Record<string, Code>> = {
  RequestAuthentication: code('error', 'KIA1110'),
  WasmPlugin: code('warning', 'KIA1111'),
  Telemetry: code('warning', 'KIA1112'),
}

/**
 * What refers to a Service is taken by the waypoint of that Service alone: sidecars and ztunnel leave it out (istio
 * pilot/pkg/model/policyattachment.go, ShouldAttachPolicy; pilot/pkg/serviceregistry/ambient/authorization.go; 1.31). Of a
 * waypoint that is asked for and cannot be used the findings of the Service speak.
 */
export const targetWaypoint: Judge = {
  says: [rule, ...Object.values(byKind)],
  kinds: [kinds.authorizationPolicy, kinds.requestAuthentication, kinds.wasmPlugin, kinds.telemetry],
  judge(subject, world) {
    if (!world.complete(kinds.service) || !world.complete(kinds.serviceEntry)) return []
    return targetsOf(subject.object).flatMap(({ target, pointer }) => {
      const owners = ownersOf(subject, world, target)
      if (owners.length === 0 || owners.some((each) => asksWaypoint(each, subject.namespace))) return []
      const params = { name: textAt(target, 'name') ?? '', kind: textAt(target, 'kind') ?? '' }
      const evidence = owners.map(({ view, object }) => refOf(view.cluster, object))
      const fixes = enrolled(subject, world, owners)
      return [found(subject, byKind[subject.object.kind] ?? rule, { pointer, params, evidence, fixes })]
    })
  },
}

type Target = { target: Json; pointer: string }
type Owner = { view: ClusterView; object: KubernetesObject }

/** Of both ways to say it Istio takes the list where it says something (GetTargetRefs). */
function targetsOf(policy: KubernetesObject): Target[] {
  const list = at(policy, 'spec', 'targetRefs')
  if (Array.isArray(list) && list.length > 0) {
    return list.map((target: Json, index) => ({ target, pointer: `/spec/targetRefs/${index}` }))
  }
  const target = at(policy, 'spec', 'targetRef')
  return target === undefined || target === null ? [] : [{ target, pointer: '/spec/targetRef' }]
}

/** A name counts in the namespace of the policy. */
function ownersOf({ namespace }: Subject, world: MeshWorld, target: Json): Owner[] {
  const kind = kindOf(target)
  const views = kind === kinds.service ? world.clusters : kind === kinds.serviceEntry ? [world.config] : []
  return views.flatMap((view) => {
    const object = kind === undefined ? undefined : view.get(kind, textAt(target, 'name') ?? '', namespace)
    return object === undefined ? [] : [{ view, object }]
  })
}

function kindOf(target: Json): KindKey | undefined {
  const [group, kind] = [textAt(target, 'group') ?? '', textAt(target, 'kind')]
  if (kind === 'Service' && ['', 'core'].includes(group)) return kinds.service
  return kind === 'ServiceEntry' && group === 'networking.istio.io' ? kinds.serviceEntry : undefined
}

function asksWaypoint({ view, object }: Owner, namespace: string): boolean {
  return waypointOf(view, { labels: labelsOf(object), namespace, traffic: 'service' }) !== undefined
}

/** By the one waypoint of the namespace, where it takes Services and somebody would go through it. */
function enrolled({ namespace }: Subject, world: MeshWorld, owners: readonly Owner[]): Fix[] {
  const [owner, ...others] = owners
  if (owner === undefined || others.length > 0 || world.look(inAmbient, '').length === 0) return []
  const { view, object } = owner
  const waypoints = view
    .list(kinds.kubernetesGateway, namespace)
    .filter((each) => textAt(each, 'spec', 'gatewayClassName') === 'istio-waypoint')
  const [only, ...more] = waypoints
  const isFit = only !== undefined && faultOf(view, only, { namespace, traffic: 'service' }) === undefined
  if (!isFit || more.length > 0 || labelsOf(object)[names.useWaypoint] !== undefined) return []
  const { name } = only.metadata
  const isLabelled = at(object, 'metadata', 'labels') !== undefined
  const operation = isLabelled
    ? put(`/metadata/labels${step(names.useWaypoint)}`, name)
    : put('/metadata/labels', { [names.useWaypoint]: name })
  const way = { code: 'enrol', params: { name, service: object.metadata.name } }
  return [fix({ cluster: view.cluster, object }, way, [operation])]
}
