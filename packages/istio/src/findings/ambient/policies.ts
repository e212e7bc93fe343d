import { at, stringsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Fix } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { put } from '../operations.ts'
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
}

/**
 * What only a proxy of HTTP can do, for workloads that have none: a waypoint takes what refers to it, or to what it serves,
 * and nothing by selector (istio pilot/pkg/model/policyattachment.go, ShouldAttachPolicy). ztunnel takes a rule without
 * its HTTP fields if it denies, and not at all if it allows (istio pilot/pkg/serviceregistry/ambient/authorization.go; 1.31).
 */
export const policies: Judge = {
  says: [ruleAlone, ruleUntold, ...Object.values(alone), ...Object.values(untold)],
  kinds: [kinds.authorizationPolicy, kinds.requestAuthentication, kinds.wasmPlugin],
  judge(subject, world) {
    const { object, namespace } = subject
    const isTargeted = [at(object, 'spec', 'targetRef'), at(object, 'spec', 'targetRefs')].some(
      (each) => (each ?? null) !== null,
    )
    if (isTargeted || namespace === world.mesh.rootNamespace || !world.complete(kinds.pod)) return []
    const places = object.kind === 'AuthorizationPolicy' ? httpRules(object) : ['/spec']
    if (places.length === 0) return []
    const selector = stringsAt(object, 'spec', 'selector', 'matchLabels')
    if (!isAllAmbient(world, namespace, selector)) return []
    const waypoints = waypointsOf(world, namespace)
    const isAlone = waypoints.length === 0
    const code = isAlone ? (alone[object.kind] ?? ruleAlone) : (untold[object.kind] ?? ruleUntold)
    const params = { action: actionOf(object), waypoint: waypoints.map((each) => each.name).join(', ') }
    const fixes = referring(subject, world, waypoints)
    return places.map((pointer) => found(subject, code, { pointer, params, fixes }))
  },
}

function httpRules(policy: KubernetesObject): string[] {
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
