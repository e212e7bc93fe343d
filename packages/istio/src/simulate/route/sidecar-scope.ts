import type { Place } from '@orbweaver/contracts/explain'
import {
  at,
  isRecord,
  type JsonRecord,
  listAt,
  numberAt,
  recordAt,
  stringsAt,
  textAt,
  textsAt,
} from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { MeshWorld } from '../../findings/world.ts'
import { byAge } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { chosenServices, type EgressHosts, egressHosts, takesRule } from './egress-hosts.ts'
import { mostSpecific } from './host-names.ts'
import { parseProtocol, type Protocol } from './protocols.ts'
import type { Proxy } from './proxy.ts'
import { parted, type Rule } from './rules.ts'
import { isShown, registry, type Service, servicesFor } from './services.ts'

export type EgressListener = {
  place: Place | undefined
  port: { number: number; protocol: Protocol } | undefined
  bind: string
  /** Not captured: bound to a port of its own. */
  bound: boolean
  services: readonly Service[]
  rules: readonly Rule[]
  /** Which rule speaks for a host by the most specific of its names. */
  speaking: ReadonlyMap<string, Rule>
}

/** What a sidecar knows (istio pilot/pkg/model/sidecar.go, SidecarScope; 1.31). */
export type Scope = {
  sidecar: { place: Place; object: KubernetesObject } | undefined
  listeners: readonly EgressListener[]
  services: ReadonlyMap<string, Service>
  outbound: { mode: 'ALLOW_ANY' | 'REGISTRY_ONLY'; proxy: JsonRecord | undefined; place: Place | undefined }
}

type Known = { world: MeshWorld; rules: readonly Rule[]; isRead: (object: KubernetesObject) => boolean }

export function scopeOf(known: Known, proxy: Proxy): Scope {
  const { world } = known
  const object = sidecarOf(known, proxy)
  const ref = object === undefined ? undefined : refOf(world.config.cluster, object)
  const sidecar = object === undefined || ref === undefined ? undefined : { place: { ref, pointer: '' }, object }
  const egress = listAt(object, 'spec', 'egress')
  const written = egress.length === 0 ? [{ hosts: ['*/*'] }] : egress
  const listeners = written.map((each, index) => {
    const place = ref === undefined || egress.length === 0 ? undefined : { ref, pointer: `/spec/egress/${index}` }
    return listenerOf(known, proxy, { each, place })
  })
  const services = imported(known, proxy, listeners)
  return { sidecar, listeners, services, outbound: outboundOf(world, sidecar) }
}

/** The Sidecar's own, which says less than it seems where it names no mode; else the mesh's. */
function outboundOf({ mesh }: MeshWorld, sidecar: Scope['sidecar']): Scope['outbound'] {
  const policy = at(sidecar?.object, 'spec', 'outboundTrafficPolicy')
  if (sidecar === undefined || !isRecord(policy)) return { mode: mesh.outbound, proxy: undefined, place: undefined }
  return {
    mode: textAt(policy, 'mode') === 'ALLOW_ANY' ? 'ALLOW_ANY' : 'REGISTRY_ONLY',
    proxy: isRecord(policy.egressProxy) ? policy.egressProxy : undefined,
    place: { ...sidecar.place, pointer: '/spec/outboundTrafficPolicy' },
  }
}

/** Of the proxy's namespace: those that select it before the one for all; else the root namespace's (doGetSidecarScope). */
export function sidecarOf({ world, isRead }: Omit<Known, 'rules'>, proxy: Proxy): KubernetesObject | undefined {
  const lying = (namespace: string) => world.config.list(kinds.sidecar, namespace).filter(isRead).toSorted(byAge)
  const selects = (each: KubernetesObject) => {
    const labels = Object.entries(stringsAt(each, 'spec', 'workloadSelector', 'labels'))
    return labels.every(([key, value]) => proxy.labels[key] === value)
  }
  const hasSelector = (each: KubernetesObject) => isRecord(at(each, 'spec', 'workloadSelector'))
  const own = lying(proxy.namespace)
  return (
    own.find((each) => hasSelector(each) && selects(each)) ??
    own.find((each) => !hasSelector(each)) ??
    lying(world.mesh.rootNamespace).find((each) => !hasSelector(each))
  )
}

type Written = { each: unknown; place: Place | undefined }

function listenerOf({ world, rules }: Known, proxy: Proxy, { each, place }: Written): EgressListener {
  const number = numberAt(each, 'port', 'number')
  const protocol = parseProtocol(textAt(each, 'port', 'protocol') ?? '')
  const port = number === undefined ? undefined : { number, protocol }
  const hosts = egressHosts(textsAt(each, 'hosts'), proxy.namespace)
  const needsPort = port !== undefined && port.number !== 0 && protocol !== 'HTTP_PROXY'
  const trimmed = (service: Service) => (needsPort ? withPort(service, port.number) : service)
  const services = chosenServices(servicesFor(world, proxy.namespace), { hosts, namespace: proxy.namespace }, trimmed)
  const taken = takenRules(rules, proxy.namespace, hosts)
  return {
    place,
    port,
    bind: textAt(each, 'bind') ?? '',
    bound: textAt(each, 'captureMode') === 'NONE',
    services,
    rules: taken,
    speaking: speaking(taken, services),
  }
}

function takenRules(rules: readonly Rule[], namespace: string, hosts: EgressHosts): Rule[] {
  const { own, exported, open } = parted(rules, 'mesh', namespace)
  const isLocal = (each: Rule) => each.semantics === 'gateway-api' && each.namespace === namespace
  const ordered = [own, exported, open].flatMap((part) => [
    ...part.filter(isLocal),
    ...part.filter((each) => !isLocal(each)),
  ])
  return ordered.filter((each) => takesRule(each, hosts))
}

function withPort(service: Service, number: number): Service | undefined {
  const ports = service.ports.filter((each) => each.number === number).slice(0, 1)
  return ports.length === 0 ? undefined : { ...service, ports }
}

/** The first rule under each name, looked up by the most specific name of each host (computeWildcardHostVirtualServiceIndex). */
function speaking(rules: readonly Rule[], services: readonly Service[]): Map<string, Rule> {
  const byHost = new Map<string, Rule>()
  for (const rule of rules) for (const host of rule.hosts) if (!byHost.has(host)) byHost.set(host, rule)
  return new Map(
    services.flatMap(({ host }) => {
      const rule = mostSpecific(host, byHost)
      return rule === undefined ? [] : [[host, rule]]
    }),
  )
}

/** Hosts of all listeners, and those that their rules send to (collectImportedServices). */
function imported({ world }: Known, proxy: Proxy, listeners: readonly EgressListener[]): Map<string, Service> {
  const added = new Map<string, Service>()
  for (const { services, rules, port } of listeners) {
    for (const each of services) add(added, each)
    const isAny = port === undefined || port.protocol === 'HTTP_PROXY'
    for (const [host, ports] of rules.flatMap((rule) => [...destinationPorts(rule, proxy.namespace)])) {
      const service = bestOf(world, host, proxy.namespace)
      if (service !== undefined) add(added, isAny ? withPorts(service, ports) : withPort(service, port.number))
    }
  }
  return added
}

function add(added: Map<string, Service>, service: Service | undefined): void {
  if (service === undefined) return
  const known = added.get(service.host)
  if (known === undefined || (known.registry !== 'Kubernetes' && service.registry === 'Kubernetes')) {
    added.set(service.host, service)
    return
  }
  if (known.registry !== service.registry || known.namespace !== service.namespace) return
  if (known.resolution !== service.resolution) return
  const more = service.ports.filter(({ number }) => known.ports.every((each) => each.number !== number))
  if (more.length > 0) added.set(service.host, { ...known, ports: [...known.ports, ...more] })
}

/** In the client's namespace, else a Kubernetes Service, else the oldest of those that it sees (pickBestVisibleNamespace). */
function bestOf(world: MeshWorld, host: string, namespace: string): Service | undefined {
  const known = world.known(registry)
  const own = known.in(host, namespace)
  if (own !== undefined) return own
  const shown = known.of(host).filter((each) => isShown(each, namespace))
  return (
    shown.find((each) => each.registry === 'Kubernetes') ??
    shown.toSorted((a, b) => (a.created < b.created ? -1 : 1))[0]
  )
}

function withPorts(service: Service, wanted: ReadonlySet<number>): Service | undefined {
  if (wanted.size === 0 || wanted.has(0)) return service
  const ports = service.ports.filter(({ number }) => wanted.has(number))
  if (ports.length === service.ports.length) return service
  return ports.length === 0 ? undefined : { ...service, ports }
}

/** Ports of the hosts that a rule sends to; 0 for all (virtualServiceDestinationsFilteredBySourceNamespace). */
function destinationPorts(rule: Rule, namespace: string): Map<string, Set<number>> {
  const out = new Map<string, Set<number>>()
  const note = (destination: unknown) => {
    const host = textAt(destination, 'host')
    if (host === undefined) return
    const ports = out.get(host) ?? new Set<number>()
    out.set(host, ports.add(numberAt(destination, 'port', 'number') ?? 0))
  }
  for (const { value, matches } of rule.http) {
    const sources = matches.map((each) => textAt(each.value, 'sourceNamespace') ?? '').filter((each) => each !== '')
    if (sources.length > 0 && !sources.includes(namespace)) continue
    for (const each of listAt(value, 'route')) note(recordAt(each, 'destination'))
    if (isRecord(value.mirror)) note(value.mirror)
    for (const each of listAt(value, 'mirrors')) note(recordAt(each, 'destination'))
  }
  for (const { value } of [...rule.tcp, ...rule.tls]) {
    for (const each of listAt(value, 'route')) note(recordAt(each, 'destination'))
  }
  return out
}
