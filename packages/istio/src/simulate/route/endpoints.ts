import type { RouteEndpoint } from '@orbweaver/contracts/explain'
import { flagAt, type Json, listAt, numberAt, stringsAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { conditionOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import type { MeshWorld } from '../../findings/world.ts'
import { isLive } from '../../injection/pod-state.ts'
import { readProxy } from '../../injection/proxy.ts'
import { isClusterLocal } from '../../world/cluster-local.ts'
import { kinds } from '../../world/kinds.ts'
import type { Labels } from '../../world/labels.ts'
import { names } from '../../world/names.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import type { ClusterView } from '../../world/view.ts'
import { localityOf, networkOf, placeLabels } from './places.ts'
import { podAddresses } from './proxy.ts'
import { countsUnready, registry, selectorOf, type Service, type ServicePort } from './services.ts'

/** One address behind a host, and what is known of who is there. */
export type Endpoint = RouteEndpoint & {
  labels: Labels
  /** Whether a proxy there can take mutual TLS. */
  meshed: boolean
  /** Whether HBONE is spoken there: by ztunnel, by a sidecar that says so, by a waypoint. */
  hbone: boolean
  /** What it is: a Pod, a WorkloadEntry; undefined for an address that is written down. */
  object: KubernetesObject | undefined
}

type Wanted = {
  service: Service
  port: ServicePort
  labels: Labels
  /** The cluster of the proxy that is sent these; without it all are told. */
  from?: string
}

/** Endpoints of a port of a host that have these labels: in every cluster, unless the host is kept to the one of who asks. */
export function endpointsOf(world: MeshWorld, { service, port, labels, from }: Wanted): Endpoint[] {
  const isKept = from !== undefined && isClusterLocal(service.host, world.mesh)
  if (service.registry === 'Kubernetes' && service.exportTo.includes('~')) return []
  const found = sourcesOf(world, service).flatMap((source) => {
    const view = world.clusters.find((each) => each.cluster === source.cluster) ?? world.config
    return source.object.kind === 'Service'
      ? ofService(world, { view, service, port, object: source.object })
      : ofEntry(world, { view, service, port, object: source.object })
  })
  const wanted = Object.entries(labels)
  const seen = new Set<string>()
  return found.filter((each) => {
    const key = [each.cluster, each.namespace, each.pod ?? '', each.entry ?? '', each.address, each.port].join(' ')
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew && (!isKept || each.cluster === from) && wanted.every(([name, value]) => each.labels[name] === value)
  })
}

/** Who says the same host in the same namespace adds to its endpoints (model/endpointshards.go). */
function sourcesOf(world: MeshWorld, { host, namespace, sources }: Service): Service['sources'] {
  const all = world.known(registry).all.filter((each) => each.host === host && each.namespace === namespace)
  const others = all
    .flatMap((each) => each.sources)
    .filter(({ object }) => sources.every((own) => own.object !== object))
  return [...new Map([...sources, ...others].map((each) => [each.object, each])).values()]
}

type Of = { view: ClusterView; service: Service; port: ServicePort; object: KubernetesObject }

/** A Service selects Pods and WorkloadEntries of its own cluster (kube/controller/multicluster.go, initializeCluster). */
function ofService(world: MeshWorld, of: Of): Endpoint[] {
  const { view, object } = of
  const namespace = namespaceOf(object)
  const slices = view
    .list(kinds.endpointSlice, namespace)
    .filter((each) => labelsOf(each)['kubernetes.io/service-name'] === object.metadata.name)
  const selector = selectorOf({ cluster: view.cluster, object })
  // Of a headless Service only Pods are endpoints (kube/controller/controller.go, collectWorkloadInstanceEndpoints).
  const isJoined = of.service.resolution === 'list' && Object.keys(selector).length > 0
  const entries = isJoined ? entriesWith(view, namespace, selector) : []
  const written = listAt(object, 'spec', 'ports').find((each) => numberAt(each, 'port') === of.port.number)
  const fromEntries = entries.map((each) =>
    ofWorkloadEntry(world, each, { of, port: targetPort(written, of.port, undefined) }),
  )
  if (slices.length > 0) return [...slices.flatMap((each) => ofSlice(world, each, of)), ...fromEntries]
  if (Object.keys(selector).length === 0) return []
  const pods = podsWith(view, namespace, selector)
  return [
    ...pods.flatMap((pod) => ofPod(world, { view, pod, port: targetPort(written, of.port, pod), of })),
    ...fromEntries,
  ]
}

function podsWith(view: ClusterView, namespace: string, selector: Labels): KubernetesObject[] {
  const wanted = Object.entries(selector)
  return view.list(kinds.pod, namespace).filter((pod) => {
    const labels = labelsOf(pod)
    return isLive(pod) && wanted.every(([key, value]) => labels[key] === value)
  })
}

/** A number, or the name of a port of the Pod's containers. */
function targetPort(
  written: Json | undefined,
  port: ServicePort,
  pod: KubernetesObject | undefined,
): number | undefined {
  const number = numberAt(written, 'targetPort')
  if (number !== undefined) return number
  const name = textAt(written, 'targetPort')
  if (name === undefined) return port.number
  const containers = [...listAt(pod, 'spec', 'containers'), ...listAt(pod, 'spec', 'initContainers')]
  const found = containers.flatMap((each) => listAt(each, 'ports')).find((each) => textAt(each, 'name') === name)
  return numberAt(found, 'containerPort')
}

type AtPod = { view: ClusterView; pod: KubernetesObject; port: number | undefined; of: Of }

function ofPod(world: MeshWorld, { view, pod, port, of }: AtPod): Endpoint[] {
  if (port === undefined) return []
  const endpoint = podEndpoint(world, { view, pod, port })
  return [{ ...endpoint, ready: endpoint.ready || countsUnready(of.service) }]
}

/** A port of a Pod, whoever stands for it. */
export function podEndpoint(world: MeshWorld, { view, pod, port }: Omit<AtPod, 'of'> & { port: number }): Endpoint {
  const locality = localityOf(view, pod)
  const network = networkOf(world, view, labelsOf(pod))
  const ready = conditionOf(pod, 'Ready')
  return {
    cluster: view.cluster,
    namespace: namespaceOf(pod),
    pod: pod.metadata.name,
    address: podAddresses(pod)[0] ?? '',
    port,
    ...(locality !== undefined && { locality }),
    ...(network !== '' && { network }),
    ready: ready === undefined || ready.status === 'True',
    labels: { ...placeLabels(view, pod), [names.network]: network, ...labelsOf(pod) },
    meshed: labelsOf(pod)['security.istio.io/tlsMode'] === 'istio',
    hbone: speaksHbone(world, view, pod),
    object: pod,
  }
}

/**
 * As endpoint_builder.go has it (supportTunnel); a Pod that ztunnel was not told of yet does not. Of ambient workloads
 * istiod knows those of its own cluster, unless it is told to look further (AMBIENT_ENABLE_MULTI_NETWORK).
 */
function speaksHbone({ config }: MeshWorld, view: ClusterView, pod: KubernetesObject): boolean {
  const proxy = readProxy(pod)
  if (proxy.kind === 'ambient') return proxy.ready && view.cluster === config.cluster
  return (proxy.kind === 'managed-gateway' && proxy.waypoint) || takesHbone(labelsOf(pod))
}

function takesHbone(labels: Labels): boolean {
  return (labels['networking.istio.io/tunnel'] ?? '').split(',').includes('http')
}

/** Of EndpointSlices: what the API server or somebody else has listed. */
function ofSlice(world: MeshWorld, slice: KubernetesObject, of: Of): Endpoint[] {
  const port = listAt(slice, 'ports').find((each) => (textAt(each, 'name') ?? '') === of.port.name)
  const number = numberAt(port, 'port')
  if (number === undefined) return []
  return listAt(slice, 'endpoints').flatMap((each) =>
    textsAt(each, 'addresses').flatMap((address): Endpoint[] => {
      const name = textAt(each, 'targetRef', 'kind') === 'Pod' ? textAt(each, 'targetRef', 'name') : undefined
      const namespace = namespaceOf(slice)
      const pod = name === undefined ? undefined : of.view.get(kinds.pod, name, namespace)
      const known = pod === undefined ? undefined : ofPod(world, { view: of.view, pod, port: number, of })[0]
      const zone = textAt(each, 'zone')
      const base: Endpoint = known ?? {
        cluster: of.view.cluster,
        namespace,
        ...(name !== undefined && { pod: name }),
        address,
        port: number,
        ...(zone !== undefined && { locality: zone }),
        ready: true,
        labels: {},
        meshed: false,
        hbone: false,
        object: undefined,
      }
      const ready = flagAt(each, 'conditions', 'ready') ?? true
      return [{ ...base, address, ready: ready || countsUnready(of.service) }]
    }),
  )
}

/** WorkloadEntries of a namespace with these labels, their own and those of what they describe together. */
function entriesWith(view: ClusterView, namespace: string, selector: Labels): KubernetesObject[] {
  const wanted = Object.entries(selector)
  return view.list(kinds.workloadEntry, namespace).filter((each) => {
    const labels = entryLabels(each)
    return wanted.every(([key, value]) => labels[key] === value)
  })
}

function entryLabels(entry: KubernetesObject): Labels {
  return { ...stringsAt(entry, 'spec', 'labels'), ...labelsOf(entry) }
}

function ofWorkloadEntry(world: MeshWorld, entry: KubernetesObject, at: Omit<Written, 'labels'>): Endpoint {
  const written = ofAddress(world, entry.spec ?? null, { ...at, labels: entryLabels(entry) })
  return { ...written, namespace: namespaceOf(entry), entry: entry.metadata.name, object: entry }
}

type Written = { of: Of; port: number | undefined; labels: Labels }

/** An endpoint as a ServiceEntry or a WorkloadEntry writes it: a port of its own goes before the host's. */
function ofAddress(world: MeshWorld, value: Json, { of, port, labels }: Written): Endpoint {
  const locality = textAt(value, 'locality')
  const network = textAt(value, 'network') ?? networkOf(world, of.view, labels)
  const mode = labels['security.istio.io/tlsMode'] ?? (textAt(value, 'serviceAccount') === undefined ? '' : 'istio')
  return {
    cluster: of.view.cluster,
    namespace: of.service.namespace,
    address: textAt(value, 'address') ?? '',
    port: numberAt(value, 'ports', of.port.name) ?? port ?? of.port.number,
    ...(locality !== undefined && { locality }),
    ...(network !== '' && { network }),
    ready: true,
    labels: { [names.network]: network, 'topology.istio.io/cluster': of.view.cluster, ...labels },
    meshed: mode === 'istio',
    hbone: takesHbone(labels),
    object: undefined,
  }
}

function ofEntry(world: MeshWorld, of: Of): Endpoint[] {
  const { object, port, service } = of
  const written = listAt(object, 'spec', 'ports').find((each) => numberAt(each, 'number') === port.number)
  if (written === undefined) return []
  const target = numberAt(written, 'targetPort') ?? port.number
  const selector = selectorOf({ cluster: of.view.cluster, object })
  if (Object.keys(selector).length > 0) {
    const pods = world.clusters.flatMap((view) =>
      podsWith(view, service.namespace, selector).flatMap((pod) => ofPod(world, { view, pod, port: target, of })),
    )
    const entries = entriesWith(world.config, service.namespace, selector)
    return [...pods, ...entries.map((each) => ofWorkloadEntry(world, each, { of, port: target }))]
  }
  const listed = listAt(object, 'spec', 'endpoints')
  if (listed.length === 0 && (service.resolution === 'dns' || service.resolution === 'dns-round-robin')) {
    return [ofAddress(world, { address: service.host }, { of, port: target, labels: {} })]
  }
  return listed.map((each) => ofAddress(world, each, { of, port: target, labels: stringsAt(each, 'labels') }))
}
