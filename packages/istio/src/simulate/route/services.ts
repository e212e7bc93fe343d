import { flagAt, type Json, listAt, numberAt, stringsAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { inTextOrder } from '@orbweaver/contracts/text-order'
import { fact, type MeshWorld } from '../../findings/world.ts'
import { isVisible } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import type { Labels } from '../../world/labels.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { anyAddress, isAddress } from './addresses.ts'
import { isDiscovered } from './discovered.ts'
import { parseProtocol, type Protocol, protocolOf } from './protocols.ts'

export type ServicePort = { number: number; name: string; protocol: Protocol }

/** How a proxy finds the addresses behind a host (istio pilot/pkg/model/service.go, Resolution; 1.31). */
type Resolution = 'list' | 'dns' | 'dns-round-robin' | 'dynamic-dns' | 'passthrough' | 'alias'

/** Where a host is described: a Service, once a cluster, or a ServiceEntry. */
type Source = { cluster: string; object: KubernetesObject }

/** A host of the mesh as istiod holds it (istio pilot/pkg/model/service.go; 1.31). */
export type Service = {
  host: string
  namespace: string
  registry: 'Kubernetes' | 'External'
  resolution: Resolution
  /** What proxies of a cluster reach it by. */
  addresses: ReadonlyMap<string, string>
  /** Where a proxy's cluster has no address of its own. */
  address: string
  ports: readonly ServicePort[]
  external: boolean
  exportTo: readonly string[]
  labels: Labels
  /** Of an alias: the host it stands for. */
  externalName: string | undefined
  aliases: readonly string[]
  sources: readonly Source[]
  created: string
}

export type Registry = {
  /** Oldest first. */
  readonly all: readonly Service[]
  in(host: string, namespace: string): Service | undefined
  of(host: string): readonly Service[]
}

/** All hosts of the mesh; Services of one name in several clusters are one. */
export const registry = fact<Registry>('route: hosts', (world) => {
  const all = aliased([...kubernetesServices(world), ...entryServices(world)].toSorted(byAge))
  const byHost = new Map<string, Map<string, Service>>()
  for (const each of all) {
    const spaces = byHost.get(each.host) ?? new Map<string, Service>()
    byHost.set(each.host, spaces)
    const known = spaces.get(each.namespace)
    const wins = known === undefined || (known.registry !== 'Kubernetes' && each.registry === 'Kubernetes')
    if (wins) spaces.set(each.namespace, each)
  }
  return {
    all,
    in: (host, namespace) => byHost.get(host)?.get(namespace),
    of: (host) => [...(byHost.get(host)?.values() ?? [])],
  }
})

/** Those that a namespace sees, oldest first: its own before what everybody sees (servicesExportedToNamespace). */
export function servicesFor(world: MeshWorld, namespace: string): Service[] {
  const { all } = world.known(registry)
  const open = (each: Service) => each.exportTo.includes('*')
  const given = all.filter((each) => !open(each) && isShown(each, namespace))
  return [...given, ...all.filter(open)]
}

export function isShown({ exportTo, namespace }: Service, viewer: string): boolean {
  return !exportTo.includes('~') && exportTo.length > 0 && isVisible(exportTo, namespace, viewer)
}

/** By what a proxy of this cluster reaches it. */
export function addressFor(service: Service, cluster: string): string {
  return service.addresses.get(cluster) ?? service.address
}

export function portOf(service: Service, number: number): ServicePort | undefined {
  return service.ports.find((each) => each.number === number)
}

function kubernetesServices(world: MeshWorld): Service[] {
  const found = new Map<string, Service>()
  const views = [world.config, ...world.clusters.filter((each) => each.cluster !== world.config.cluster)]
  for (const view of views) {
    for (const object of view.list(kinds.service)) {
      if (!isDiscovered(world, namespaceOf(object))) continue
      const each = kubernetesService(world, view.cluster, object)
      const known = found.get(each.host)
      found.set(each.host, known === undefined ? each : joined(known, each))
    }
  }
  return [...found.values()]
}

/** Another cluster brings its address and its endpoints; all else is as the first says (aggregate/controller.go, mergeService). */
function joined(first: Service, other: Service): Service {
  return {
    ...first,
    addresses: new Map([...first.addresses, ...other.addresses]),
    sources: [...first.sources, ...other.sources],
  }
}

function kubernetesService(world: MeshWorld, cluster: string, object: KubernetesObject): Service {
  const namespace = namespaceOf(object)
  const clusterIp = textAt(object, 'spec', 'clusterIP') ?? ''
  const externalName = externalNameOf(object)
  const address = clusterIp === '' || clusterIp === 'None' ? anyAddress : clusterIp
  const said = (annotationsOf(object)['networking.istio.io/exportTo'] ?? '').split(',').map((each) => each.trim())
  return {
    host: `${object.metadata.name}.${namespace}.svc.${world.mesh.domain}`,
    namespace,
    registry: 'Kubernetes',
    resolution: clusterIp === 'None' ? 'passthrough' : externalName === undefined ? 'list' : 'alias',
    addresses: new Map([[cluster, address]]),
    address,
    ports: portsOf(object, 'port', protocolOf),
    external: externalName !== undefined,
    exportTo: exportToOr(world, said.join('') === '' ? [] : said),
    labels: labelsOf(object),
    externalName,
    aliases: [],
    sources: [{ cluster, object }],
    created: textAt(object, 'metadata', 'creationTimestamp') ?? '',
  }
}

function externalNameOf(object: KubernetesObject): string | undefined {
  const name = textAt(object, 'spec', 'externalName') ?? ''
  return textAt(object, 'spec', 'type') === 'ExternalName' && name !== '' ? name : undefined
}

function portsOf(object: KubernetesObject, field: string, protocol: (port: Json) => Protocol): ServicePort[] {
  return listAt(object, 'spec', 'ports').flatMap((each): ServicePort[] => {
    const number = numberAt(each, field)
    return number === undefined ? [] : [{ number, name: textAt(each, 'name') ?? '', protocol: protocol(each) }]
  })
}

const resolutions: Readonly<Record<string, Resolution>> = {
  NONE: 'passthrough',
  STATIC: 'list',
  DNS: 'dns',
  DNS_ROUND_ROBIN: 'dns-round-robin',
  DYNAMIC_DNS: 'dynamic-dns',
}

/** One host for each name and each address (serviceentry/conversion.go, convertServices). */
function entryServices(world: MeshWorld): Service[] {
  const { cluster } = world.config
  return world.config.list(kinds.serviceEntry).flatMap((object) => {
    const namespace = namespaceOf(object)
    if (!isDiscovered(world, namespace)) return []
    const given = textsAt(object, 'spec', 'addresses').flatMap(usable)
    const none = listAt(object, 'spec', 'addresses').length === 0
    const ports = portsOf(object, 'number', (each) => parseProtocol(textAt(each, 'protocol') ?? ''))
    const base: Omit<Service, 'host' | 'address'> = {
      namespace,
      registry: 'External',
      resolution: resolutions[textAt(object, 'spec', 'resolution') ?? 'NONE'] ?? 'passthrough',
      addresses: new Map<string, string>(),
      ports,
      external: (textAt(object, 'spec', 'location') ?? 'MESH_EXTERNAL') === 'MESH_EXTERNAL',
      exportTo: exportToOr(world, textsAt(object, 'spec', 'exportTo')),
      labels: labelsOf(object),
      externalName: undefined,
      aliases: [],
      sources: [{ cluster, object }],
      created: textAt(object, 'metadata', 'creationTimestamp') ?? '',
    }
    return textsAt(object, 'spec', 'hosts').flatMap((host) =>
      (none ? [anyAddress] : given).map((address): Service => ({ ...base, host, address })),
    )
  })
}

/** A range of one address is that address; what is neither is left out. */
function usable(address: string): string[] {
  const [base = '', bits] = address.split('/', 2)
  if (!isAddress(base)) return []
  return [bits === '32' || bits === '128' ? base : address]
}

function exportToOr({ mesh }: MeshWorld, said: readonly string[]): readonly string[] {
  if (said.length > 0) return said
  return mesh.exportTo.service.length > 0 ? mesh.exportTo.service : ['*']
}

/** Which aliases stand for a host, through any number of them; those in a circle stand for none (resolveServiceAliases). */
function aliased(services: readonly Service[]): Service[] {
  const next = new Map(
    services.flatMap(({ host, externalName }) => (externalName === undefined ? [] : [[host, externalName]])),
  )
  if (next.size === 0) return [...services]
  const aliases = new Map<string, string[]>()
  for (const { host, externalName } of services) {
    if (externalName === undefined) continue
    const end = endOf(externalName, next)
    if (end !== undefined) aliases.set(end, [...(aliases.get(end) ?? []), host])
  }
  return services.map((each) => ({ ...each, aliases: (aliases.get(each.host) ?? []).toSorted() }))
}

function endOf(from: string, next: ReadonlyMap<string, string>): string | undefined {
  const seen = new Set<string>()
  let here = from
  for (;;) {
    const further = next.get(here)
    if (further === undefined) return here
    if (seen.has(further)) return undefined
    seen.add(further)
    here = further
  }
}

function byAge(a: Service, b: Service): number {
  return inTextOrder(ageOf(a), ageOf(b))
}

/** A Service by its name, a ServiceEntry's by its host. */
function ageOf({ created, registry: kind, sources, host, namespace }: Service): string {
  const name = kind === 'Kubernetes' ? (sources[0]?.object.metadata.name ?? '') : host
  return [created, name, namespace].join('\u0000')
}

/** Whether endpoints count before they are ready. */
export function countsUnready(service: Service): boolean {
  return service.sources.some(({ object }) => flagAt(object, 'spec', 'publishNotReadyAddresses') === true)
}

export function selectorOf({ object }: Source): Labels {
  const own = stringsAt(object, 'spec', 'selector')
  return Object.keys(own).length > 0 ? own : stringsAt(object, 'spec', 'workloadSelector', 'labels')
}
