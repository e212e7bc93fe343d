import { textAt, textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import type { MemberSync } from '@orbweaver/contracts/member-sync'
import type { Exposure, NetworkCluster, NodeLocality } from '@orbweaver/contracts/networks'
import { crossNetworkName } from '@orbweaver/istio/blueprints/east-west'
import { meshNetwork, ownNetwork } from '@orbweaver/istio/blueprints/network'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { networkGateway, opensNetwork } from '@orbweaver/istio/networks/gateways'
import { stalePods } from '@orbweaver/istio/networks/stale'
import { names } from '@orbweaver/istio/world/names'
import type { ClusterView } from '@orbweaver/istio/world/view'
import {
  endpointSlices,
  fleetClusters,
  istioGateways,
  namespaces,
  nodes as nodeResource,
  pods as podResource,
  services as serviceResource,
} from '@orbweaver/kube/resources'
import { inFlight } from '../../changes/in-flight.ts'
import { readerMs } from '../../fleet/ask-soon.ts'
import { viewOfMirror } from '../../kube/cluster-view.ts'
import { isReadable } from '../../kube/current.ts'
import type { Asking } from './asking.ts'
import { syncsOf } from './sync.ts'

type Networks = {
  kind: Mesh['kind']
  deleting: boolean
  members: (NetworkCluster & { sync?: MemberSync })[]
  exposure?: Exposure
}

/** As many nodes as are told of one cluster; the others are counted. */
const mostNodes = 500

/** What lies between the clusters of a mesh, each part as far as the viewer may list what it is read from. */
export async function networksOf(asking: Asking, mesh: Mesh): Promise<Networks> {
  const syncs = await syncsOf(asking, mesh, readerMs)
  const members = await inFlight(clustersOf(mesh), 4, async (cluster) => {
    const sync = syncs.get(cluster)
    return { ...(await networkCluster(asking, mesh, cluster)), ...(sync !== undefined && { sync }) }
  })
  const { kind, deleting } = mesh
  if (kind !== 'Managed') return { kind, deleting, members }
  return { kind, deleting, members, exposure: await exposureOf(asking, mesh) }
}

async function networkCluster(asking: Asking, mesh: Mesh, cluster: string): Promise<NetworkCluster> {
  const stated = textAt(asking.fleet.hub.mirror.get(fleetClusters, { name: cluster }), 'spec', 'network')
  const own = ownNetwork(mesh, cluster)
  const settings = settingsOf(mesh, cluster)
  const base = {
    cluster,
    role: cluster === mesh.controlPlane.cluster ? ('control-plane' as const) : ('member' as const),
    source: own !== undefined ? ('mesh' as const) : stated !== undefined ? ('cluster' as const) : ('assumed' as const),
    ...(settings !== undefined && { settings }),
  }
  const found = await readCluster(asking, mesh, cluster)
  const network = mesh.kind === 'External' ? found.label : meshNetwork(mesh, cluster, stated)
  const { pods, ...told } = found
  return {
    ...base,
    ...told,
    ...(network !== undefined && { network }),
    ...(pods !== undefined && { stale: stalePods(pods.view, pods.listed, network) }),
  }
}

function settingsOf(mesh: Mesh, cluster: string): NetworkCluster['settings'] {
  const found = mesh.networks.gateways.find((each) => each.cluster === cluster)
  if (found === undefined) return undefined
  const { replicas, resources, annotations, addresses, port } = found
  return {
    ...(replicas !== undefined && { replicas }),
    ...(Object.keys(resources).length > 0 && { resources }),
    ...(Object.keys(annotations).length > 0 && { annotations }),
    ...(addresses.length > 0 && { addresses, port }),
  }
}

type Seen = Pick<NetworkCluster, 'unread' | 'label' | 'gateways' | 'nodes' | 'podCidrs'> & {
  pods?: { view: ClusterView; listed: readonly KubernetesObject[] }
}

async function readCluster(asking: Asking, mesh: Mesh, cluster: string): Promise<Seen> {
  const { fleet, viewer } = asking
  const { namespace } = mesh.controlPlane
  const door = fleet.get(cluster)
  if (door === undefined || !isReadable(door) || !door.mirror.known(serviceResource)) {
    return { unread: { code: 'network.away', params: { cluster } }, podCidrs: [] }
  }
  const pods = (await viewer.lists(cluster, podResource)) ? await viewer.list(cluster, podResource) : undefined
  const seen = {
    ...(await nodesOf(asking, cluster)),
    ...(pods !== undefined && { pods: { view: viewOfMirror(door), listed: pods } }),
  }
  const home = await viewer.get(cluster, namespaces, { name: namespace })
  if (home === undefined || !(await viewer.lists(cluster, serviceResource, namespace))) {
    return { ...seen, unread: { code: 'network.not-permitted', params: { cluster, namespace } } }
  }
  const label = labelsOf(home)[names.network]
  return { ...seen, ...(label !== undefined && { label }), gateways: await gatewaysOf(asking, mesh, cluster) }
}

async function nodesOf({ viewer }: Asking, cluster: string): Promise<Pick<Seen, 'nodes' | 'podCidrs'>> {
  if (!(await viewer.lists(cluster, nodeResource))) return { podCidrs: [] }
  const listed = await viewer.list(cluster, nodeResource)
  return {
    nodes: { total: listed.length, items: listed.slice(0, mostNodes).map(localityOf) },
    podCidrs: [...new Set(listed.flatMap(cidrsOf))],
  }
}

async function gatewaysOf({ viewer }: Asking, mesh: Mesh, cluster: string) {
  const listed = await viewer.list(cluster, serviceResource)
  const found = listed.filter((each) => labelsOf(each)[names.network] !== undefined)
  const settings = mesh.networks.gateways.find((each) => each.cluster === cluster)
  const gateways = await inFlight(found, 4, async (service) => {
    const { namespace } = service.metadata
    const permitted = await viewer.lists(cluster, endpointSlices, namespace)
    const slices = permitted ? await viewer.list(cluster, endpointSlices, namespace) : undefined
    return networkGateway(cluster, service, { slices, settings })
  })
  return gateways.filter((each) => each !== undefined)
}

async function exposureOf({ fleet, viewer }: Asking, mesh: Mesh): Promise<Exposure> {
  const { cluster, namespace } = mesh.controlPlane
  const { group, version, kind } = istioGateways
  const door = fleet.get(cluster)
  const told = door?.mirror.known(istioGateways) === true && (await viewer.lists(cluster, istioGateways, namespace))
  const rules = told ? await viewer.list(cluster, istioGateways, namespace) : []
  return {
    wanted: mesh.networks.exposeServices,
    found: told ? (rules.some(opensNetwork) ? 'yes' : 'no') : 'unknown',
    ref: {
      cluster,
      group,
      version,
      kind,
      namespace,
      name: rules.find(opensNetwork)?.metadata.name ?? crossNetworkName,
    },
  }
}

function localityOf(node: KubernetesObject): NodeLocality {
  const labels = labelsOf(node)
  const [region, zone, subzone] = [labels[names.region], labels[names.zone], labels[names.subzone]]
  return {
    name: node.metadata.name,
    ...(region !== undefined && { region }),
    ...(zone !== undefined && { zone }),
    ...(subzone !== undefined && { subzone }),
  }
}

function cidrsOf(node: KubernetesObject): string[] {
  const all = textsAt(node, 'spec', 'podCIDRs')
  const one = textAt(node, 'spec', 'podCIDR')
  return all.length > 0 || one === undefined ? all : [one]
}
