import { at } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding, Fix } from '@orbweaver/contracts/plan'
import { tlsOf } from '../../simulate/route/gateway-api/backend-tls.ts'
import { type Effective, effective, type TrafficPolicy, trafficPolicy } from '../../simulate/route/traffic-policies.ts'
import { exportToOf, resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { remove } from '../operations.ts'
import { rulesOf } from '../subsets.ts'
import type { MeshWorld } from '../world.ts'
import { type Aimed, aimedOf, docs } from './targets.ts'

const code: Code = { code: 'backendtlspolicy.overridden', severity: 'warning', istio: 'accepts', docs }

/**
 * A DestinationRule of the same namespace counts before what istiod makes of a policy, which fills in what that leaves open:
 * not in settings of one port where the policy is for all, and not at all where the rule is exported by name (istio
 * pilot/pkg/model/destination_rule.go, mergeDestinationRule; 1.31).
 */
export const overridden: Judge = {
  says: [code],
  kinds: [kinds.backendTlsPolicy],
  judge(subject, world) {
    return aimedOf(subject, world).flatMap((aimed) =>
      aimed.backend.hosts.flatMap((host) =>
        besides(subject, world, { ...aimed, host }).flatMap(toldOf(subject, world)),
      ),
    )
  },
}

type At = Aimed & { host: string }
/** Why it keeps the policy from a port is a word of `route.tls.kept`. */
type Beside = At & {
  rule: KubernetesObject
  lost: readonly { port: number; fault: 'tls' | 'exported' | 'port-settings' }[]
}

/** Rules for all clients beside a policy, with the ports that they keep it from. */
function besides(subject: Subject, world: MeshWorld, at: At): Beside[] {
  return rulesOf(world, resolveHost(at.host, subject.namespace, world.mesh.domain))
    .filter((rule) => namespaceOf(rule) === subject.namespace && isForAll(rule))
    .map((rule) => ({ ...at, rule, lost: lostTo(subject, world, { ...at, rule }) }))
}

/** Ports of a policy that are left to it. */
export function portsLeft(subject: Subject, world: MeshWorld, at: At): number[] {
  const lost = new Set(besides(subject, world, at).flatMap((each) => each.lost.map(({ port }) => port)))
  return at.ports.filter((port) => !lost.has(port))
}

function isForAll(rule: KubernetesObject): boolean {
  return at(rule, 'spec', 'workloadSelector') === undefined
}

function lostTo(
  subject: Subject,
  world: MeshWorld,
  { target, ports, rule }: At & { rule: KubernetesObject },
): Beside['lost'] {
  const isApart = exportToOf(rule).length > 0
  const own = policyIn(subject.cluster, rule)
  const made = madeOf(subject, world, target.section === undefined ? undefined : ports[0])
  return ports.flatMap((port) => {
    const { tls } = effective(isApart ? own : [...own, made], undefined, port)
    if (tls?.place.ref.kind === subject.object.kind) return []
    return [{ port, fault: tls !== undefined ? 'tls' : isApart ? 'exported' : 'port-settings' }]
  })
}

function toldOf(subject: Subject, world: MeshWorld): (beside: Beside) => Finding[] {
  return ({ target, host, rule, lost }) => {
    const [first] = lost
    if (first === undefined) return []
    const ports = lost.map(({ port }) => port).join(', ')
    const params = { host, rule: rule.metadata.name, ports, because: first.fault }
    const evidence = [refOf(subject.cluster, rule)]
    const fixes = first.fault === 'exported' ? unexported(subject, world, rule) : []
    return [found(subject, code, { pointer: target.pointer, params, evidence, fixes })]
  }
}

/** What a rule says of traffic to all that it is for; none or one. */
export function policyIn(cluster: string, rule: KubernetesObject): TrafficPolicy[] {
  const place = { ref: refOf(cluster, rule), pointer: '/spec/trafficPolicy' }
  return [trafficPolicy(at(rule, 'spec', 'trafficPolicy'), place) ?? []].flat()
}

function madeOf({ object, cluster }: Subject, world: MeshWorld, port: number | undefined): TrafficPolicy {
  const place = { ref: refOf(cluster, object), pointer: '/spec/validation' }
  const said: Effective = { tls: { value: tlsOf(world, object), place } }
  return port === undefined ? { fields: said, ports: new Map() } : { fields: {}, ports: new Map([[port, said]]) }
}

/** Exported to everybody by name is what nothing said means, unless the mesh says otherwise. */
function unexported({ cluster }: Subject, world: MeshWorld, rule: KubernetesObject): Fix[] {
  const isPublic = exportToOf(rule).join() === '*' && !world.mesh.exportTo.destinationRule.includes('.')
  if (!isPublic) return []
  const way = { code: 'no-export', params: { rule: rule.metadata.name } }
  return [fix({ cluster, object: rule }, way, [remove('/spec/exportTo')])]
}
