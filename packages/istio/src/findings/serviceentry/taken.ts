import { listAt, numberAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { byAge, exportToOf, isVisible } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { type Code, found, type Judge, type Subject } from '../finding.ts'
import { servicesByName } from '../host-registry.ts'
import { defineIndex, type Index } from '../index-of.ts'
import { protocolNamed } from '../port-protocols.ts'
import type { MeshWorld } from '../world.ts'

const ofService: Code = { code: 'serviceentry.host-of-service', severity: 'warning', istio: 'ignores' }
const address: Code = { code: 'serviceentry.address-taken', severity: 'warning', istio: 'ignores' }

/** What is said of one port of one address. */
type Said = { cluster: string; object: KubernetesObject; kind: 'Service' | 'ServiceEntry' }

/** Services and ServiceEntries by each of their addresses with each port that is not told apart by host. */
const byAddress: Index<Said> = defineIndex({
  name: 'services by address',
  kinds: [kinds.service, kinds.serviceEntry],
  where: 'every',
  entries: (object, cluster) =>
    object.kind === 'Service'
      ? addressesOf(object).map((key): [string, Said] => [key, { cluster, object, kind: 'Service' }])
      : keysOf(object).map((key): [string, Said] => [key, { cluster, object, kind: 'ServiceEntry' }]),
})

/**
 * A ServiceEntry for what is somebody else's: the host of a Kubernetes Service, which is taken instead (istio
 * pilot/pkg/model/sidecar.go), or an address and port of TCP that another one has: proxies know one listener for both.
 */
export const taken: Judge = {
  says: [ofService, address],
  kinds: [kinds.serviceEntry],
  judge: (subject, world) => [...hostsOf(subject, world), ...addresses(subject, world)],
}

function hostsOf(subject: Subject, world: MeshWorld): Finding[] {
  const suffix = `.svc.${world.mesh.domain}`
  return textsAt(subject.object, 'spec', 'hosts').flatMap((host, index) => {
    const services = host.endsWith(suffix) ? world.look(servicesByName, host.slice(0, -suffix.length)) : []
    const visible = services.filter((each) => isVisible(each.exportTo, each.namespace, subject.namespace))
    if (visible.length === 0) return []
    const evidence = visible.map((each) => refOf(each.cluster, each.object))
    return [found(subject, ofService, { pointer: `/spec/hosts/${index}`, params: { host }, evidence })]
  })
}

function addresses(subject: Subject, world: MeshWorld): Finding[] {
  const { object } = subject
  const keys = new Set(keysOf(object))
  const rivals = [...keys].flatMap((key) =>
    world
      .look(byAddress, key)
      .filter((each) => each.object !== object && meets(each, subject))
      .map((each) => ({ ...each, key })),
  )
  const [first] = rivals.toSorted((a, b) => byAge(a.object, b.object))
  if (first === undefined) return []
  const isFirst = first.kind === 'ServiceEntry' && byAge(object, first.object) < 0
  const name = `${namespaceOf(first.object)}/${first.object.metadata.name}`
  const params = { place: first.key, other: `${first.kind} ${name}` }
  const evidence = rivals.map((each) => refOf(each.cluster, each.object))
  return [
    found(subject, address, { pointer: '/spec/addresses', params, evidence, severity: isFirst ? 'info' : 'warning' }),
  ]
}

/** Those of the same hosts are put together, and those that nobody sees beside this one do not matter. */
function meets({ cluster, object, kind }: Said, { cluster: home, object: own }: Subject): boolean {
  if (kind === 'Service') return true
  // Of other clusters istiod reads Services alone.
  if (cluster !== home) return false
  const hosts = textsAt(own, 'spec', 'hosts')
  const same = textsAt(object, 'spec', 'hosts').some((each) => hosts.includes(each))
  return !same && isVisible(exportToOf(object), namespaceOf(object), namespaceOf(own))
}

/** HTTP is told apart by its host, TLS by SNI; what is left by its address alone. */
function keysOf(entry: KubernetesObject): string[] {
  const numbers = listAt(entry, 'spec', 'ports').flatMap((port) => {
    const protocol = textAt(port, 'protocol') ?? ''
    const isBare = protocol === '' || protocolNamed(protocol) === 'tcp'
    return isBare ? [numberAt(port, 'number') ?? 0] : []
  })
  return textsAt(entry, 'spec', 'addresses').flatMap((each) => numbers.map((number) => `${each} ${number}`))
}

function addressesOf(service: KubernetesObject): string[] {
  const ip = textAt(service, 'spec', 'clusterIP') ?? ''
  if (ip === '' || ip === 'None') return []
  return listAt(service, 'spec', 'ports').map((port) => `${ip} ${numberAt(port, 'port') ?? 0}`)
}
