import { listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { gatewayServices, isManaged, isServed } from '../../simulate/route/gateway-api/listeners.ts'
import { byAge } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { type Code, found, type Judge, type Subject } from '../finding.ts'
import { defineIndex, type Index } from '../index-of.ts'
import type { MeshWorld } from '../world.ts'
import { type Listener, listenersOf } from './parents.ts'

const docs = 'tasks/traffic-management/ingress/gateway-api/'
const dropped: Code = {
  code: 'k8sgateway.listener-dropped',
  severity: 'error',
  istio: 'ignores',
  aliases: ['KIA1501'],
  docs,
}
const shared: Code = {
  code: 'k8sgateway.listener-shared',
  severity: 'info',
  istio: 'accepts',
  aliases: ['KIA1501'],
  docs,
}
const address: Code = {
  code: 'k8sgateway.address-taken',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['KIA1502'],
  docs,
}

const byPlace: Index<KubernetesObject> = defineIndex({
  name: 'gateways of the gateway api by namespace',
  kinds: [kinds.kubernetesGateway],
  entries: (object) => [[namespaceOf(object), object]],
})

const byAddress: Index<KubernetesObject> = defineIndex({
  name: 'gateways of the gateway api by address',
  kinds: [kinds.kubernetesGateway],
  entries: (object) => {
    const wanted = addressOf(object)
    return wanted === undefined ? [] : [[wanted, object]]
  },
})

/**
 * Gateways on one address. Those that name a Service instead of having one made are put together on its proxies, as Istio's own
 * Gateways are (istio pilot/pkg/model/gateway.go, MergeGateways; 1.31); any other has proxies of its own, and its address
 * becomes the `loadBalancerIP` of its Service (istio-discovery/files/kube-gateway.yaml).
 */
export const sharedAddress: Judge = {
  says: [dropped, shared, address],
  kinds: [kinds.kubernetesGateway],
  judge(subject, world) {
    if (!isServed(world, subject.object)) return []
    return isManaged(subject.object) ? ofAddress(subject, world) : ofService(subject, world)
  },
}

function ofAddress(subject: Subject, world: MeshWorld): Finding[] {
  const { object, cluster } = subject
  const wanted = addressOf(object)
  if (wanted === undefined) return []
  const own = new Set(portsOf(object))
  const others = world
    .look(byAddress, wanted)
    .filter((each) => each !== object && isServed(world, each) && portsOf(each).some((port) => own.has(port)))
  const [first] = others.toSorted(byAge)
  if (first === undefined || byAge(first, object) > 0) return []
  const ports = portsOf(first).filter((port) => own.has(port))
  const params = { address: wanted, other: nameOf(first), ports: [...new Set(ports)].join(', ') }
  return [found(subject, address, { pointer: '/spec/addresses/0', params, evidence: [refOf(cluster, first)] })]
}

function ofService(subject: Subject, world: MeshWorld): Finding[] {
  const { object, namespace, cluster } = subject
  const services = new Set(gatewayServices(world, object))
  const others = world
    .look(byPlace, namespace)
    .filter((each) => each !== object && isServed(world, each) && !isManaged(each))
    .filter((each) => gatewayServices(world, each).some((service) => services.has(service)))
  return listenersOf(object).flatMap((listener) => {
    const rivals = others.filter((each) => listenersOf(each).some((one) => isSame(one, listener))).toSorted(byAge)
    const [first] = rivals
    if (first === undefined) return []
    const isTls = ['HTTPS', 'TLS'].includes(textAt(listener.value, 'protocol') ?? '')
    const code = isTls && byAge(first, object) < 0 ? dropped : shared
    const params = {
      listener: listener.name,
      other: nameOf(first),
      host: hostOf(listener),
      port: numberAt(listener.value, 'port') ?? 0,
    }
    return [found(subject, code, { pointer: listener.pointer, params, evidence: [refOf(cluster, first)] })]
  })
}

function isSame(one: Listener, other: Listener): boolean {
  return numberAt(one.value, 'port') === numberAt(other.value, 'port') && hostOf(one) === hostOf(other)
}

function hostOf({ value }: Listener): string {
  const said = textAt(value, 'hostname') ?? ''
  return said === '' ? '*' : said
}

/** What the load balancer of a Gateway is asked for; undefined where it has another kind of Service, or asks for nothing. */
function addressOf(gateway: KubernetesObject): string | undefined {
  const type = annotationsOf(gateway)['networking.istio.io/service-type'] ?? 'LoadBalancer'
  const [only] = listAt(gateway, 'spec', 'addresses')
  const value = textAt(only, 'value') ?? ''
  return type === 'LoadBalancer' && isManaged(gateway) && value !== '' ? value : undefined
}

function portsOf(gateway: KubernetesObject): number[] {
  return listenersOf(gateway).map(({ value }) => numberAt(value, 'port') ?? 0)
}

function nameOf(gateway: KubernetesObject): string {
  return `${namespaceOf(gateway)}/${gateway.metadata.name}`
}
