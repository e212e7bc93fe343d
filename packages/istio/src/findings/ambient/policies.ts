import { at, listAt, stringsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import type { Fix } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import type { Labels } from '../../world/labels.ts'
import { names } from '../../world/names.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { proxyImageOf } from '../in-mesh.ts'
import { put } from '../operations.ts'
import { podsIn } from '../pods.ts'
import { actionOf, isHttpOnly, rulesOf } from '../security/policy-rules.ts'
import type { MeshWorld } from '../world.ts'
import { isAllAmbient, waypointsOf } from './reach.ts'

const docs = 'ambient/usage/l7-features/'
const ruleAlone: Code = {
  code: 'ambient.policy-without-waypoint',
  severity: 'error',
  istio: 'ignores',
  aliases: ['KIA0109', 'KIA1317'],
  docs,
}
const ruleUntold: Code = {
  code: 'ambient.policy-for-ztunnel',
  severity: 'error',
  istio: 'ignores',
  aliases: ['KIA0110'],
  docs,
}
const alone: Readonly<Record<string, Code>> = {
  RequestAuthentication: {
    code: 'ambient.tokens-without-waypoint',
    severity: 'error',
    istio: 'ignores',
    aliases: ['KIA1110'],
    docs,
  },
  WasmPlugin: {
    code: 'ambient.plugin-without-waypoint',
    severity: 'warning',
    istio: 'ignores',
    aliases: ['KIA1111'],
    docs,
  },
  Telemetry: {
    code: 'ambient.telemetry-without-waypoint',
    severity: 'warning',
    istio: 'ignores',
    aliases: ['KIA1112'],
    docs,
  },
}
const untold: Readonly<Record<string, Code>> = {
  RequestAuthentication: {
    code: 'ambient.tokens-for-ztunnel',
    severity: 'error',
    istio: 'ignores',
    aliases: ['KIA1115'],
    docs,
  },
  WasmPlugin: {
    code: 'ambient.plugin-for-ztunnel',
    severity: 'warning',
    istio: 'ignores',
    aliases: ['KIA1116'],
    docs,
  },
  Telemetry: {
    code: 'ambient.telemetry-for-ztunnel',
    severity: 'warning',
    istio: 'ignores',
    aliases: ['KIA1117'],
    docs,
  },
}

/**
 * What only a proxy of HTTP can do, for workloads that have none: a waypoint takes what refers to it, or to what it serves,
 * and nothing by selector (istio pilot/pkg/model/policyattachment.go, ShouldAttachPolicy). ztunnel takes a rule without
 * its HTTP fields if it denies, and not at all if it allows (istio pilot/pkg/serviceregistry/ambient/authorization.go; 1.31).
 * A Telemetry without a selector is for a namespace's waypoints, and for what others serve of it
 * (istio pilot/pkg/model/telemetry.go, applicableTelemetries).
 */
export const policies: Judge = {
  says: [ruleAlone, ruleUntold, ...Object.values(alone), ...Object.values(untold)],
  kinds: [kinds.authorizationPolicy, kinds.requestAuthentication, kinds.wasmPlugin, kinds.telemetry],
  judge(subject, world) {
    const { object, namespace } = subject
    if (isTargeted(object) || namespace === world.mesh.rootNamespace || !world.complete(kinds.pod)) return []
    const places = placesOf(object)
    const selector = stringsAt(object, 'spec', 'selector', 'matchLabels')
    if (places.length === 0 || !isAllAmbient(world, namespace, selector)) return []
    const waypoints = waypointsOf(world, namespace)
    const isAlone = waypoints.length === 0
    if (object.kind === 'Telemetry' && isTakenByProxy(world, { namespace, selector, isAlone })) return []
    const code = isAlone ? (alone[object.kind] ?? ruleAlone) : (untold[object.kind] ?? ruleUntold)
    const params = { action: actionOf(object), waypoint: waypoints.map((each) => each.name).join(', ') }
    const fixes = referring(subject, world, waypoints)
    return places.map((pointer) => found(subject, code, { pointer, params, fixes }))
  },
}

function isTargeted({ spec }: KubernetesObject): boolean {
  return (at(spec, 'targetRef') ?? null) !== null || listAt(spec, 'targetRefs').length > 0
}

type Meant = { namespace: string; selector: Labels; isAlone: boolean }

/** Whether a waypoint takes a Telemetry as it is, or a gateway of the namespace does. */
function isTakenByProxy(world: MeshWorld, { namespace, selector, isAlone }: Meant): boolean {
  const isWide = Object.keys(selector).length === 0
  const isWaypoint = (pod: KubernetesObject) => labelsOf(pod)[names.gatewayManaged] === 'istio.io-mesh-controller'
  const hasGateway = podsIn(world, namespace, selector).some(
    ({ pod }) => proxyImageOf(pod.spec) !== '' && !isWaypoint(pod),
  )
  return hasGateway || (isWide && !isAlone)
}

/** What of it only a proxy of HTTP can do. */
function placesOf(policy: KubernetesObject): string[] {
  if (policy.kind !== 'AuthorizationPolicy') return ['/spec']
  if (!['ALLOW', 'DENY'].includes(actionOf(policy))) return []
  return rulesOf(policy)
    .filter(isHttpOnly)
    .map(({ pointer }) => pointer)
}

/** To the one waypoint, where it is of the same namespace: what is selected cannot be said there. */
function referring(
  subject: Subject,
  world: MeshWorld,
  waypoints: readonly { name: string; namespace: string }[],
): Fix[] {
  const [only, ...others] = waypoints
  const isSelective = at(subject.object, 'spec', 'selector') !== undefined
  if (only === undefined || others.length > 0 || isSelective || only.namespace !== subject.namespace) return []
  if (world.config.get(kinds.kubernetesGateway, only.name, only.namespace) === undefined) return []
  const value = [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: only.name }]
  const isThere = at(subject.object, 'spec') !== undefined
  const operation = isThere ? put('/spec/targetRefs', value) : put('/spec', { targetRefs: value })
  return [fix(subject, { code: 'refer', params: { name: only.name } }, [operation])]
}
