import type { Json } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import { readProxy } from '../../injection/proxy.ts'
import { kinds } from '../../world/kinds.ts'
import type { Labels } from '../../world/labels.ts'
import { names } from '../../world/names.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { put } from '../operations.ts'
import { podsIn } from '../pods.ts'
import { portsOver, type ServedPort, targetNumbers } from '../served-ports.ts'
import type { MeshWorld } from '../world.ts'
import { homeSource } from './home-source.ts'
import { actionOf, isHttpOnly, type Rule, rulesOf, selectorOf, targetsOf } from './policy-rules.ts'

const shut: Code = { code: 'authorizationpolicy.tcp-shut', severity: 'warning', istio: 'ignores' }
const denied: Code = { code: 'authorizationpolicy.tcp-denied', severity: 'warning', istio: 'accepts' }

/**
 * Rules that ask for what only HTTP has, over ports of TCP: there istiod leaves an ALLOW rule out as a whole, so it lets
 * nobody in, and of a DENY rule just those fields, so it stops more (istio authz/model/model.go, checkError).
 */
export const tcpPorts: Judge = {
  says: [shut, denied],
  kinds: [kinds.authorizationPolicy],
  judge(subject, world) {
    const { object } = subject
    if (targetsOf(object).length > 0 || !rulesOf(object).some(isHttpOnly)) return []
    const ports = portsOf(subject, world)
    if (ports.length === 0) return []
    if (actionOf(object) === 'DENY') return ofDeny(subject, ports)
    return actionOf(object) === 'ALLOW' ? ofAllow(subject, world, ports) : []
  },
}

const gatewayKinds = ['gateway', 'managed-gateway']

/** By the labels that Istio's charts and its Gateway API controller select gateways by. */
function isOfGateway(selector: Labels): boolean {
  return selector['istio'] !== undefined || selector[names.gatewayName] !== undefined
}

type TcpPort = ServedPort & { numbers: readonly number[] }

function portsOf({ object, namespace }: Subject, world: MeshWorld): TcpPort[] {
  const home = namespace === world.mesh.rootNamespace ? '*' : namespace
  return portsOver(world, home, selectorOf(object))
    .filter(({ application }) => application === 'tcp')
    .flatMap((each) => {
      const pods = podsOf(world, each)
      // A gateway ends TLS where its Gateways say so: what it serves there may be HTTP.
      const isGateway = isOfGateway(each.selector) || pods.some((pod) => gatewayKinds.includes(readProxy(pod).kind))
      return isGateway ? [] : [{ ...each, numbers: targetNumbers(pods, each.target) }]
    })
    .filter(({ numbers }) => numbers.length > 0)
}

function podsOf(world: MeshWorld, { service, selector }: ServedPort): KubernetesObject[] {
  return podsIn(world, service.metadata.namespace ?? '', selector).map(({ pod }) => pod)
}

/** Whether a rule can be about a port: it names none, or this one among others. */
function isAbout({ to }: Rule, { numbers }: TcpPort): boolean {
  if (to.length === 0) return true
  return to.some((part) => {
    const asked = part.asked.find(({ field }) => field === 'ports')
    const has = (list: readonly string[]) => numbers.some((number) => list.includes(String(number)))
    return asked === undefined || ((asked.values.length === 0 || has(asked.values)) && !has(asked.excluded))
  })
}

/** Shut where no rule of any policy over these workloads lets somebody in by what TCP has. */
function ofAllow(subject: Subject, world: MeshWorld, ports: readonly TcpPort[]) {
  const { namespace } = subject
  const homes = [...new Set([namespace, world.mesh.rootNamespace])]
  const rules = homes
    .flatMap((each) => world.config.list(kinds.authorizationPolicy, each))
    .filter((each) => actionOf(each) === 'ALLOW' && targetsOf(each).length === 0)
    .flatMap(rulesOf)
    .filter((rule) => !isHttpOnly(rule))
  const closed = ports.filter((port) => !rules.some((rule) => isAbout(rule, port)))
  const [first] = closed
  if (first === undefined) return []
  const numbers = [...new Set(closed.flatMap((each) => each.numbers.map(String)))]
  const home = homeSource(subject, world)
  const rule: Json = { from: [{ source: home }], to: [{ operation: { ports: numbers } }] }
  const way = { code: 'allow-port', params: { ports: numbers.join(', '), namespace } }
  const fixes = home === undefined ? [] : [fix(subject, way, [{ op: 'add', path: '/spec/rules/-', value: rule }])]
  return [found(subject, shut, { pointer: '/spec/rules', ...spoken(closed, first), fixes })]
}

function ofDeny(subject: Subject, ports: readonly TcpPort[]) {
  return rulesOf(subject.object).flatMap((rule) => {
    const met = ports.filter((port) => isAbout(rule, port))
    const [first] = met
    if (!isHttpOnly(rule) || first === undefined) return []
    const numbers = [...new Set(met.flatMap((each) => each.numbers.map(String)))]
    const operations =
      rule.to.length === 0
        ? [put(`${rule.pointer}/to`, [{ operation: { notPorts: numbers } }])]
        : rule.to
            .filter((part) => part.asked.every(({ field }) => field !== 'ports'))
            .map(({ pointer }) => put(`${pointer}/notPorts`, numbers))
    const isWhole = operations.length === Math.max(1, rule.to.length)
    const way = { code: 'except-ports', params: { ports: numbers.join(', ') } }
    const fixes = isWhole ? [fix(subject, way, operations)] : []
    return [found(subject, denied, { pointer: rule.pointer, ...spoken(met, first), fixes })]
  })
}

function spoken(ports: readonly TcpPort[], { port, service }: TcpPort) {
  const services = new Map(ports.map((each) => [each.service, each.cluster]))
  return {
    params: { port, service: service.metadata.name, count: ports.length },
    evidence: [...services].slice(0, 5).map(([each, cluster]) => refOf(cluster, each)),
  }
}
