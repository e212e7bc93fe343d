import type { Place } from '@orbweaver/contracts/explain'
import { at, isRecord, type Json, listAt, numberAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf, refOf } from '@orbweaver/contracts/kubernetes'
import { labelSelectorOf, matchesLabels } from '@orbweaver/contracts/selectors'
import { fact, type MeshWorld } from '../../../findings/world.ts'
import { byAge } from '../../../world/hosts.ts'
import { kinds } from '../../../world/kinds.ts'
import { names } from '../../../world/names.ts'
import { namespaceOf } from '../../../world/namespace-of.ts'
import { isDiscovered } from '../discovered.ts'
import { type GatewayConfig, plainHosts, type Server } from '../gateway-configs.ts'
import { parseProtocol } from '../protocols.ts'
import { certificatesHold } from './certificates.ts'
import { kindIn } from './references.ts'

/** What routes attach to: one listener. */
export type Parent = {
  /** Name of the Gateway that istiod makes of it, with its namespace. */
  gateway: string
  /** `Gateway/namespace/name`, `ListenerSet/namespace/name`. */
  key: string
  allowedKinds: readonly string[]
  /** `namespace/host` of the routes that it takes. */
  hosts: readonly string[]
  /** As it is written; empty for any. */
  hostname: string
  section: string
  port: number
  protocol: string
}

export type Listener = { parent: Parent; config: GatewayConfig; valid: boolean }

/** Listeners of all Gateways that Istio serves, and of their ListenerSets (config/kube/gateway/gateway_collection.go; 1.31). */
export const listeners = fact<readonly Listener[]>('route: listeners of the Gateway API', (world) => {
  const gateways = world.config
    .list(kinds.kubernetesGateway)
    .filter((each) => isServed(world, each) && isDiscovered(world, namespaceOf(each)))
  return gateways.flatMap((gateway) => listenersOf(world, gateway))
})

const controller = 'istio.io/gateway-controller'
export const waypointController = 'istio.io/mesh-controller'

/** Whether Istio's controller of gateways carries a Gateway out; without a class by the name of the one that istiod makes. */
export function isServed({ config }: Pick<MeshWorld, 'config'>, gateway: KubernetesObject): boolean {
  const name = textAt(gateway, 'spec', 'gatewayClassName') ?? ''
  const found = config.get(kinds.gatewayClass, name)
  if (found === undefined) return name === 'istio'
  return textAt(found, 'spec', 'controllerName') === controller
}

type Written = { owner: KubernetesObject; value: Json; index: number }

function listenersOf(world: MeshWorld, gateway: KubernetesObject): Listener[] {
  const services = gatewayServices(world, gateway)
  const written = [gateway, ...listenerSetsOf(world, gateway)].flatMap((owner) =>
    listAt(owner, 'spec', 'listeners').map((value, index): Written => ({ owner, value, index })),
  )
  const accepted: Written[] = []
  return written.flatMap((each) => {
    if (accepted.some((one) => !areDistinct(each.value, one.value))) return []
    accepted.push(each)
    const listener = listenerOf(world, gateway, { ...each, services })
    return listener === undefined || (each.owner !== gateway && !listener.valid) ? [] : [listener]
  })
}

/** ListenerSets that a Gateway lets in, oldest first: so their listeners stand behind its own (orderedMergedListeners). */
export function listenerSetsOf(world: MeshWorld, gateway: KubernetesObject): KubernetesObject[] {
  return world.config
    .list(kinds.listenerSet)
    .filter((each) => isOf(each, gateway) && takesSet(world, gateway, namespaceOf(each)))
    .toSorted(byAge)
}

function isOf(set: KubernetesObject, gateway: KubernetesObject): boolean {
  const parent = recordAt(set, 'spec', 'parentRef')
  const kind = kindIn(parent, { group: 'gateway.networking.k8s.io', kind: 'Gateway' })
  const namespace = textAt(parent, 'namespace') ?? namespaceOf(set)
  return (
    kind === kinds.kubernetesGateway &&
    textAt(parent, 'name') === gateway.metadata.name &&
    namespace === namespaceOf(gateway)
  )
}

/** Sets of no other namespace, unless the Gateway lets them in (NamespaceAcceptedByAllowListeners). */
export function takesSet(world: MeshWorld, gateway: KubernetesObject, namespace: string): boolean {
  const said = at(gateway, 'spec', 'allowedListeners', 'namespaces')
  if (!isRecord(said)) return false
  const from = textAt(said, 'from')
  if (from === 'All') return true
  if (from === 'Same') return namespace === namespaceOf(gateway)
  return from === 'None' ? false : selected(world, said.selector).includes(namespace)
}

/** Whether two listeners can stand beside each other (gatewaycommon/listener_conflict.go, listenersDistinct). */
export function areDistinct(a: Json, b: Json): boolean {
  if (numberAt(a, 'port') !== numberAt(b, 'port')) return true
  const layers = [a, b].map((each) => (['TCP', 'UDP'].includes(textAt(each, 'protocol') ?? '') ? 'stream' : 'http'))
  const known = [a, b].every((each) => ['TCP', 'UDP', 'HTTP', 'HTTPS', 'TLS'].includes(textAt(each, 'protocol') ?? ''))
  if (!known) return textAt(a, 'protocol') !== textAt(b, 'protocol')
  if (layers.includes('stream')) return false
  return hostnameOf(a) !== hostnameOf(b)
}

function hostnameOf(listener: Json): string {
  const said = textAt(listener, 'hostname') ?? ''
  return said === '' ? '*' : said
}

/** The Service that istiod makes for it, or those that its addresses name (extractGatewayServices). */
export function gatewayServices({ mesh }: Pick<MeshWorld, 'mesh'>, gateway: KubernetesObject): string[] {
  const full = (name: string) => fullServiceName({ mesh }, gateway, name)
  if (isManaged(gateway)) {
    const own = annotationsOf(gateway)['gateway.istio.io/name-override']
    return [full(own ?? `${gateway.metadata.name}-${textAt(gateway, 'spec', 'gatewayClassName') ?? ''}`)]
  }
  return listAt(gateway, 'spec', 'addresses')
    .filter((each) => (textAt(each, 'type') ?? 'Hostname') === 'Hostname')
    .map((each) => full(textAt(each, 'value') ?? ''))
}

/** A short name is that of a Service beside the Gateway. */
export function fullServiceName({ mesh }: Pick<MeshWorld, 'mesh'>, gateway: KubernetesObject, name: string): string {
  return name.includes('.') ? name : `${name}.${namespaceOf(gateway)}.svc.${mesh.domain}`
}

/** Whether istiod makes a Deployment and a Service for it: unless its addresses name Services. */
export function isManaged(gateway: KubernetesObject): boolean {
  const [first, ...more] = listAt(gateway, 'spec', 'addresses')
  if (first === undefined) return true
  return more.length === 0 && (textAt(first, 'type') ?? 'IPAddress') === 'IPAddress'
}

function listenerOf(
  world: MeshWorld,
  gateway: KubernetesObject,
  of: Written & { services: string[] },
): Listener | undefined {
  const { owner, value, index } = of
  const namespace = namespaceOf(owner)
  const section = textAt(value, 'name') ?? ''
  const protocol = textAt(value, 'protocol') ?? ''
  const hosts = hostsOf(world, owner, value)
  const place = { ref: refOf(world.config.cluster, owner), pointer: `/spec/listeners/${index}` }
  const server = serverOf(owner, value, { place, hosts })
  if (server === undefined) return undefined
  const name = `${owner.metadata.name}~istio-autogenerated-k8s-gateway~${section}`
  const config: GatewayConfig = {
    name,
    title: `${namespace}/${owner.metadata.name}`,
    namespace,
    created: textAt(owner, 'metadata', 'creationTimestamp') ?? '',
    selector: undefined,
    services: of.services,
    servedIn: namespaceOf(gateway),
    madeOf: { namespace: namespaceOf(gateway), name: gateway.metadata.name },
    managed: isManaged(gateway),
    servers: [server],
  }
  const parent: Parent = {
    gateway: `${namespace}/${name}`,
    key: `${owner.kind}/${namespace}/${owner.metadata.name}`,
    allowedKinds: allowedKinds(value, protocol),
    hosts,
    hostname: textAt(value, 'hostname') ?? '',
    section,
    port: numberAt(value, 'port') ?? 0,
    protocol,
  }
  const valid = ['HTTP', 'HTTPS', 'TLS', 'TCP'].includes(protocol) && certificatesHold(world, owner, value)
  return { parent, config, valid }
}

type Serving = { place: Place; hosts: readonly string[] }

/** None where TLS is spoken of and not said (buildListener). */
function serverOf(owner: KubernetesObject, value: Json, { place, hosts }: Serving): Server | undefined {
  const written = textAt(value, 'protocol') ?? ''
  const tls = at(value, 'tls')
  if (!isRecord(tls) && (written === 'HTTPS' || written === 'TLS')) return undefined
  return {
    place,
    port: numberAt(value, 'port') ?? 0,
    portName: 'default',
    protocol: parseProtocol(written),
    written,
    bind: '',
    hosts: plainHosts(hosts, namespaceOf(owner)),
    tls: isRecord(tls) ? { mode: modeOf(owner, value), httpsRedirect: false } : undefined,
  }
}

function modeOf(owner: KubernetesObject, value: Json): string {
  if ((textAt(value, 'tls', 'mode') ?? 'Terminate') !== 'Passthrough') {
    return textAt(value, 'tls', 'options', 'gateway.istio.io/tls-terminate-mode') === 'ISTIO_MUTUAL'
      ? 'ISTIO_MUTUAL'
      : 'SIMPLE'
  }
  const labels = labelsOf(owner)
  const between = labels['networking.istio.io/gatewayPort'] ?? '15443'
  const isBetween =
    textAt(value, 'tls', 'options', 'gateway.istio.io/listener-mode') === 'auto-passthrough' ||
    textAt(value, 'tls', 'options', 'gateway.istio.io/listener-protocol') === 'auto-passthrough' ||
    (labels[names.network] !== undefined && String(numberAt(value, 'port')) === between)
  return isBetween ? 'AUTO_PASSTHROUGH' : 'PASSTHROUGH'
}

/** `namespace/host` for each namespace that routes may come from; `~` where there is none (buildHostnameMatch). */
function hostsOf(world: MeshWorld, owner: KubernetesObject, value: Json): string[] {
  const host = textAt(value, 'hostname') ?? '*'
  const allowed = allowedNamespaces(world, owner, value)
  return allowed.length === 0 ? [`~/${host}`] : allowed.map((each) => `${each}/${host}`)
}

function allowedNamespaces(world: MeshWorld, owner: KubernetesObject, value: Json): string[] {
  const said = at(value, 'allowedRoutes', 'namespaces')
  const from = textAt(said, 'from') ?? 'Same'
  if (from === 'Same') return [namespaceOf(owner)]
  const selector = at(said, 'selector')
  return from === 'All' || selector === undefined ? ['*'] : selected(world, selector)
}

function selected({ config }: MeshWorld, selector: Json | undefined): string[] {
  const conditions = labelSelectorOf(selector)
  if (conditions === undefined) return []
  return config
    .list(kinds.namespace)
    .filter((each) =>
      matchesLabels(conditions, { ...labelsOf(each), 'kubernetes.io/metadata.name': each.metadata.name }),
    )
    .map(({ metadata }) => metadata.name)
    .toSorted()
}

/** By protocol, and of those what the listener names (GenerateGatewaySupportedKinds). */
export function allowedKinds(value: Json, protocol: string): string[] {
  const byProtocol: Readonly<Record<string, readonly string[]>> = {
    HTTP: [kinds.httpRoute, kinds.grpcRoute],
    HTTPS: [kinds.httpRoute, kinds.grpcRoute],
    TCP: [kinds.tcpRoute],
    TLS: textAt(value, 'tls', 'mode') === 'Terminate' ? [kinds.tlsRoute, kinds.tcpRoute] : [kinds.tlsRoute],
  }
  const supported = byProtocol[protocol] ?? []
  const wanted = listAt(value, 'allowedRoutes', 'kinds')
  if (wanted.length === 0) return [...supported]
  const named = wanted.map((each) => kindIn(each, { group: 'gateway.networking.k8s.io', kind: '' }))
  return supported.filter((each) => named.includes(each))
}
