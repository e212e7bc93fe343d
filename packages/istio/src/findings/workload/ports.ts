import { type Json, stringsAt, textAt } from '@orbweaver/contracts/json'
import { refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { step } from '../../pointer.ts'
import { kinds } from '../../world/kinds.ts'
import { templated, templateLabels } from '../carriers.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { remove, replace } from '../operations.ts'
import { type ContainerPort, containerPorts, portsOver, targetNumbers } from '../served-ports.ts'
import type { MeshWorld } from '../world.ts'
import { podOf } from '../../world/pod-of.ts'
import { runsInMesh } from './template.ts'

const twice: Code = { code: 'workload.port-twice', severity: 'warning', istio: 'accepts' }
const reserved: Code = { code: 'workload.reserved-port', severity: 'error', istio: 'accepts' }
const excluded: Code = { code: 'workload.port-excluded', severity: 'warning', istio: 'accepts' }

/** Ports of containers that cannot be served, or are kept from the proxy though a Service leads there. */
export const workloadPorts: Judge = {
  says: [twice, reserved, excluded],
  kinds: templated,
  where: 'every',
  judge(subject, world) {
    const declared = containerPorts(subject.object).filter(({ pointer }) => isOfApplication(subject, pointer))
    return [...ofTwice(subject, declared), ...ofReserved(subject, world, declared), ...ofExcluded(subject, world)]
  },
}

/** Of containers that run beside each other, but for the proxy. */
function isOfApplication({ object }: Subject, pointer: string): boolean {
  const [, , , , list = '', index = ''] = pointer.split('/')
  return (
    list === 'containers' && textAt(object, 'spec', 'template', 'spec', list, Number(index), 'name') !== 'istio-proxy'
  )
}

/** One network for all containers of a Pod: the second that binds a port fails. */
function ofTwice(subject: Subject, declared: readonly ContainerPort[]): Finding[] {
  return declared.flatMap((port, index) => {
    const first = declared
      .slice(0, index)
      .find(({ number, protocol }) => number === port.number && protocol === port.protocol)
    if (first === undefined) return []
    const isOfOne = containerOf(first) === containerOf(port)
    const fixes = isOfOne ? [fix(subject, { code: 'once' }, [remove(port.pointer)])] : []
    return [found(subject, twice, { pointer: port.pointer, params: { port: port.number }, fixes })]
  })
}

function containerOf({ pointer }: ContainerPort): string {
  return pointer.slice(0, pointer.lastIndexOf('/ports/'))
}

/** Ports that the proxy binds itself in every Pod (istio.io, Application Requirements, ports used by the sidecar). */
const ofProxy = [15000, 15001, 15004, 15006, 15008, 15020, 15021, 15053, 15090]

function ofReserved(subject: Subject, world: MeshWorld, declared: readonly ContainerPort[]): Finding[] {
  const taken = declared.filter(({ number, protocol }) => ofProxy.includes(number) && protocol === 'TCP')
  if (taken.length === 0 || !world.complete(kinds.pod) || !runsInMesh(subject)) return []
  return taken.map(({ number, pointer }) => found(subject, reserved, { pointer, params: { port: number } }))
}

const annotation = 'traffic.sidecar.istio.io/excludeInboundPorts'

/** Clients send mutual TLS to every port of a Pod that has a proxy; where none takes it, the application gets it. */
function ofExcluded(subject: Subject, world: MeshWorld): Finding[] {
  const { object, namespace, cluster } = subject
  const text = stringsAt(object, 'spec', 'template', 'metadata', 'annotations')[annotation] ?? ''
  if (text === '') return []
  const said = text.split(',').map((each) => each.trim())
  const pod = podOf(object)
  const met = portsOver(world, namespace, templateLabels(object))
    .filter((each) => each.cluster === cluster)
    .filter(({ selector }) => Object.entries(selector).every(([key, wanted]) => templateLabels(object)[key] === wanted))
    .flatMap((each) => targetNumbers([pod], each.target).map((number) => ({ ...each, number })))
    .filter(({ number }) => said.includes(String(number)))
  const [first] = met
  if (first === undefined) return []
  const kept = said.filter((each) => !met.some(({ number }) => String(number) === each))
  const pointer = `/spec/template/metadata/annotations${step(annotation)}`
  const value: Json = kept.join(',')
  const way = fix(subject, { code: 'not-excluded' }, [kept.length === 0 ? remove(pointer) : replace(pointer, value)])
  const params = { port: first.number, service: first.service.metadata.name }
  return [found(subject, excluded, { pointer, params, evidence: [refOf(cluster, first.service)], fixes: [way] })]
}
