import { listAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { byAge } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { defineIndex, type Index } from '../index-of.ts'
import { put, replace } from '../operations.ts'
import { type ServedPort, servedBy, share } from '../served-ports.ts'
import type { MeshWorld } from '../world.ts'

const conflict: Code = { code: 'service.protocol-conflict', severity: 'warning', istio: 'ignores' }
const headless: Code = { code: 'service.headless-port', severity: 'warning', istio: 'accepts' }

/** Ports of Services by the port of the Pods that they lead to. */
const byTarget: Index<ServedPort> = defineIndex({
  name: 'ports of services by target',
  kinds: [kinds.service],
  where: 'every',
  entries: (service, cluster) =>
    servedBy(service, cluster).map((each): [string, ServedPort] => [keyOf(namespaceOf(service), each), each]),
})

function keyOf(namespace: string, { cluster, target }: ServedPort): string {
  return `${cluster} ${namespace} ${target}`
}

/**
 * A port of Pods has one listener, whose protocol the oldest Service before it says (istio core/listener_inbound.go);
 * and one that is reached without a Service between, by the address of a Pod, has no other number in front.
 */
export const servicePorts: Judge = {
  says: [conflict, headless],
  kinds: [kinds.service],
  where: 'every',
  judge: (subject, world) =>
    servedBy(subject.object, subject.cluster).flatMap((port) => [
      ...ofConflict(subject, world, port),
      ...ofHeadless(subject, port),
    ]),
}

function isTold({ application }: ServedPort): boolean {
  return application === 'http' || application === 'tcp'
}

/** Ports of other Services before the same port of the same Pods, that say their protocol. */
export function besides({ object, namespace }: Subject, world: MeshWorld, port: ServedPort): ServedPort[] {
  return world
    .look(byTarget, keyOf(namespace, port))
    .filter((each) => each.service !== object && isTold(each))
    .filter(({ selector }) => share(world, { namespace, one: selector, other: port.selector }))
}

function ofConflict(subject: Subject, world: MeshWorld, port: ServedPort): Finding[] {
  if (!isTold(port)) return []
  const elder = besides(subject, world, port).find(
    (each) => each.application !== port.application && byAge(each.service, subject.object) < 0,
  )
  if (elder === undefined) return []
  const pointer = `/spec/ports/${port.index}`
  const { application, service } = elder
  const params = { port: port.port, target: String(port.target), service: service.metadata.name, application }
  const way = fix(subject, { code: 'same-protocol', params: { application } }, [
    put(`${pointer}/appProtocol`, application),
  ])
  return [found(subject, conflict, { pointer, params, evidence: [refOf(subject.cluster, service)], fixes: [way] })]
}

function ofHeadless(subject: Subject, port: ServedPort): Finding[] {
  const { target } = port
  if (!isHeadless(subject.object) || typeof target !== 'number' || target === port.port) return []
  const pointer = `/spec/ports/${port.index}/port`
  const params = { port: port.port, target }
  const isTaken = listAt(subject.object, 'spec', 'ports').length > 1
  const way = fix(subject, { code: 'port-of-pods', params: { target } }, [replace(pointer, target)])
  return [found(subject, headless, { pointer, params, fixes: isTaken ? [] : [way] })]
}

export function isHeadless(service: KubernetesObject): boolean {
  return textAt(service, 'spec', 'clusterIP') === 'None'
}
