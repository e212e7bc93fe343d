import { at, type Json, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding, Fix } from '@orbweaver/contracts/plan'
import { isGranted, kindIn } from '../../simulate/route/gateway-api/references.ts'
import { type KindKey, kindOf, kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { type HostOwner, servicesByBareName, servicesByName } from '../host-registry.ts'
import { put } from '../operations.ts'
import { nearestWord } from '../../values/nearest.ts'
import type { MeshWorld } from '../world.ts'
import { granting } from './granting.ts'
import { isGateway, isOfOthers, parentsOf, routeKinds } from './parents.ts'

const docs = 'tasks/traffic-management/ingress/gateway-api/'
const missing: Code = {
  code: 'route.backend-not-found',
  severity: 'error',
  istio: 'accepts',
  aliases: ['KIA1402'],
  docs,
}
const port: Code = { code: 'route.backend-port-not-found', severity: 'error', istio: 'accepts', docs }
const refused: Code = {
  code: 'route.backend-not-granted',
  severity: 'error',
  istio: 'accepts',
  aliases: ['KIA1402'],
  docs,
}
const unknown: Code = { code: 'route.backend-kind', severity: 'error', istio: 'accepts', docs }
const unsent: Code = { code: 'route.mirror-unsent', severity: 'warning', istio: 'ignores', docs }
const dropping: Code = { code: 'route.mirror-drops-route', severity: 'error', istio: 'ignores', docs }

/**
 * Backends that requests cannot be sent to (istio pilot/pkg/config/kube/gateway/conversion.go, buildDestination; 1.31).
 * Those of a weight of 0 are not looked at, and in the mesh nobody needs to be let.
 */
export const backends: Judge = {
  says: [missing, port, refused, unknown, unsent, dropping],
  kinds: routeKinds,
  judge(subject, world) {
    const parents = parentsOf(subject.object).filter((each) => !isOfOthers(world, each))
    if (parents.length === 0) return []
    const around = { subject, world, asksGrant: parents.some(isGateway) }
    return backendsOf(subject).flatMap((backend) => {
      const faults = faultOf(around, backend)
      return backend.isMirror ? faults.map((each) => ofMirror(subject, backend, each)) : faults
    })
  },
}

type Around = { subject: Subject; world: MeshWorld; asksGrant: boolean }
export type Backend = {
  pointer: string
  reference: Json
  kind: KindKey
  name: string
  namespace: string
  isMirror: boolean
}

/** Those of rules, unless their weight is 0, and of mirrors. */
export function backendsOf({ object, namespace }: Subject): Backend[] {
  const written = listAt(object, 'spec', 'rules').flatMap((rule, index) => {
    const pointer = `/spec/rules/${index}`
    const own = listAt(rule, 'backendRefs').map((reference, place) => ({
      reference,
      pointer: `${pointer}/backendRefs/${place}`,
      isMirror: false,
    }))
    const mirrors = listAt(rule, 'filters').flatMap((filter, place) => {
      const reference = at(filter, 'requestMirror', 'backendRef')
      return reference === undefined
        ? []
        : [{ reference, pointer: `${pointer}/filters/${place}/requestMirror/backendRef`, isMirror: true }]
    })
    return [...own.filter(({ reference }) => numberAt(reference, 'weight') !== 0), ...mirrors]
  })
  return written.map((each) => ({
    ...each,
    kind: kindIn(each.reference, { group: '', kind: 'Service' }),
    name: textAt(each.reference, 'name') ?? '',
    namespace: textAt(each.reference, 'namespace') ?? namespace,
  }))
}

export const hostname = 'networking.istio.io/Hostname'
/** Read as the Service of its name. */
export const serviceImport = 'multicluster.x-k8s.io/ServiceImport'
/** What Istio can send to; the last only where its extension for inference is on. */
const known: readonly KindKey[] = [kinds.service, hostname, serviceImport, 'inference.networking.k8s.io/InferencePool']

function faultOf(around: Around, backend: Backend): Finding[] {
  const { subject, world, asksGrant } = around
  const { kind, name, namespace, pointer } = backend
  const params = { name, namespace, kind: kind.slice(kind.lastIndexOf('/') + 1) }
  if (name === '') return []
  if (!known.includes(kind)) return [found(subject, unknown, { pointer, params, fixes: nearKind(around, backend) })]
  const reaching = { from: kindOf(subject.object), fromNamespace: subject.namespace, to: kind, toNamespace: namespace }
  if (asksGrant && world.config.has(kinds.referenceGrant) && !isGranted(world, { ...reaching, name })) {
    return [found(subject, refused, { pointer, params, fixes: granting(subject, world, { kind, name, namespace }) })]
  }
  if (kind === hostname) return ofHostname(around, backend)
  return kind === kinds.service || kind === serviceImport ? ofService(around, backend) : []
}

/**
 * Without its mirror an HTTPRoute answers as ever. Of a GRPCRoute Istio then takes no rule at all (conversion.go,
 * convertGRPCRoute), but for a port that is not there, which it does not look at.
 */
function ofMirror(subject: Subject, { name, namespace, kind }: Backend, fault: Finding): Finding {
  const { pointer, evidence, fixes } = fault
  const isDropping = kindOf(subject.object) === kinds.grpcRoute && fault.code !== port.code
  const params = { name, namespace, kind: kind.slice(kind.lastIndexOf('/') + 1) }
  return found(subject, isDropping ? dropping : unsent, { pointer, params, evidence, fixes })
}

/** A Service of that name that was spelt otherwise, or asked for in another group. */
function nearKind({ subject, world }: Around, { pointer, reference, name, namespace }: Backend): Fix[] {
  const isThere = world.look(servicesByName, `${name}.${namespace}`).length > 0
  if (!isThere || nearestWord(['Service'], textAt(reference, 'kind') ?? 'Service') === undefined) return []
  return [fix(subject, { code: 'service' }, [put(`${pointer}/group`, ''), put(`${pointer}/kind`, 'Service')])]
}

function ofHostname({ subject, world }: Around, { name, namespace, pointer }: Backend): Finding[] {
  if (!world.complete(kinds.service) || !world.complete(kinds.serviceEntry)) return []
  if (world.hosts.find(name, namespace) !== undefined) return []
  return [found(subject, missing, { pointer, params: { name, namespace, kind: 'Hostname' } })]
}

function ofService(around: Around, backend: Backend): Finding[] {
  const { subject, world } = around
  const { name, namespace, pointer, reference } = backend
  const owners = world.look(servicesByName, `${name}.${namespace}`)
  if (owners.length === 0) {
    if (!world.complete(kinds.service)) return []
    const params = { name, namespace, kind: backend.kind === kinds.service ? 'Service' : 'ServiceImport' }
    const fixes = backend.kind === kinds.service ? elsewhere(around, backend) : []
    return [found(subject, missing, { pointer, params, fixes })]
  }
  const number = numberAt(reference, 'port')
  const ports = portsOf(owners)
  if (number === undefined || ports.length === 0 || ports.includes(number)) return []
  const [only, ...others] = ports
  const way = { code: 'port', params: { port: only ?? 0 } }
  const params = { name, namespace, port: number, ports: ports.join(', ') }
  return [
    found(subject, port, {
      pointer: `${pointer}/port`,
      params,
      evidence: owners.map(({ cluster, object }) => refOf(cluster, object)),
      fixes: only === undefined || others.length > 0 ? [] : [fix(subject, way, [put(`${pointer}/port`, only)])],
    }),
  ]
}

export function portsOf(owners: readonly HostOwner[]): number[] {
  return [...new Set(owners.flatMap(({ ports }) => ports.map((each) => each.number)))]
}

/** The only Service of that name: of another namespace a Gateway's route must be let. */
function elsewhere({ subject, world, asksGrant }: Around, { name, pointer }: Backend): Fix[] {
  const owners = world.look(servicesByBareName, name)
  const [namespace, ...others] = new Set(owners.map((each) => each.namespace))
  if (namespace === undefined || others.length > 0) return []
  const change = fix(subject, { code: 'other-namespace', params: { name, namespace } }, [
    put(`${pointer}/namespace`, namespace),
  ])
  const wanted = { kind: kinds.service, name, namespace }
  const from = { from: kindOf(subject.object), fromNamespace: subject.namespace }
  const isLet = isGranted(world, { ...from, to: kinds.service, toNamespace: namespace, name })
  if (!asksGrant || isLet) return [change]
  return granting(subject, world, wanted).map(({ patches }) => ({
    ...change,
    patches: [...change.patches, ...patches],
  }))
}
