import type { Capabilities } from '@orbweaver/contracts/clusters'
import { flagAt, listAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { loadBalancerAddress } from '../blueprints/gates.ts'
import { prometheusCandidates } from '../metrics/candidates.ts'
import { compareVersions, readVersion } from '../versions.ts'
import { groupedBy } from '../world/grouped.ts'
import { kinds } from '../world/kinds.ts'
import type { ClusterView } from '../world/view.ts'

type Known = Omit<Capabilities, 'hidden'>

/** What a cluster has, by its Nodes, Services and definitions; of a kind that was not read nothing is said. */
export function capabilities(view: ClusterView, apiServer: string | undefined): Known {
  return {
    ...(view.has(kinds.node) && ofNodes(view.list(kinds.node), apiServer)),
    ...(view.has(kinds.service) && ofServices(view)),
    ...(view.has(kinds.crd) && ofDefinitions(view.list(kinds.crd))),
  }
}

/** A cluster of a thousand nodes has as many ranges. */
const shownRanges = 4

function ofNodes(nodes: readonly KubernetesObject[], apiServer: string | undefined): Known {
  const ranges = nodes.flatMap((node) => textsAt(node, 'spec', 'podCIDRs'))
  return {
    ...kubeletsOf(nodes, apiServer),
    localities: localitiesOf(nodes),
    podRanges: { first: ranges.slice(0, shownRanges), total: ranges.length },
  }
}

function kubeletsOf(nodes: readonly KubernetesObject[], apiServer: string | undefined): Pick<Known, 'kubelets'> {
  const versions = nodes.map((node) => textAt(node, 'status', 'nodeInfo', 'kubeletVersion') ?? '')
  const sorted = versions.filter((each) => readVersion(each) !== undefined).toSorted(compareVersions)
  const [newest, oldest] = [sorted[0], sorted.at(-1)]
  if (newest === undefined || oldest === undefined) return {}
  return { kubelets: { oldest, newest, skew: skewOf({ oldest, newest }, apiServer) } }
}

/** A kubelet may be three minors older than the API server, and never newer (kubernetes.io version-skew-policy, 1.36). */
const mostBehind = 3

function skewOf({ oldest, newest }: { oldest: string; newest: string }, apiServer = '') {
  const server = readVersion(apiServer)
  const [first, last] = [readVersion(oldest), readVersion(newest)]
  if (server === undefined || first === undefined || last === undefined) return 'unknown'
  if (last.minor > server.minor) return 'newer'
  return server.minor - first.minor > mostBehind ? 'older' : 'within'
}

/** As istiod reads a locality (istio pilot/pkg/serviceregistry/kube/controller/controller.go, 1.31). */
const localityLabels = {
  region: 'topology.kubernetes.io/region',
  zone: 'topology.kubernetes.io/zone',
  subzone: 'topology.istio.io/subzone',
} as const

function localitiesOf(nodes: readonly KubernetesObject[]): NonNullable<Known['localities']> {
  const placed = nodes.map((node) => {
    const labels = labelsOf(node)
    const { [localityLabels.region]: region, [localityLabels.zone]: zone, [localityLabels.subzone]: subzone } = labels
    return {
      ...(region !== undefined && { region }),
      ...(zone !== undefined && { zone }),
      ...(subzone !== undefined && { subzone }),
    }
  })
  const groups = groupedBy(placed, ({ region = '', zone = '', subzone = '' }) => [region, zone, subzone].join('/'))
  return [...groups.entries()]
    .toSorted(([a, left], [b, right]) => right.length - left.length || a.localeCompare(b))
    .flatMap(([, [first, ...others]]) => (first === undefined ? [] : [{ ...first, nodes: 1 + others.length }]))
}

function ofServices(view: ClusterView): Known {
  const balanced = view.list(kinds.service).filter((each) => textAt(each, 'spec', 'type') === 'LoadBalancer')
  const assigned = balanced.filter((each) => loadBalancerAddress(each) !== undefined)
  const own = view.get(kinds.service, 'kubernetes', 'default')
  const single = own === undefined ? undefined : textAt(own, 'spec', 'clusterIP')
  const addresses = own === undefined ? [] : textsAt(own, 'spec', 'clusterIPs')
  return {
    loadBalancers: { assigned: assigned.length, total: balanced.length },
    prometheus: { candidates: prometheusCandidates(view) },
    ...(own !== undefined && {
      serviceAddresses: addresses.length > 0 || single === undefined ? addresses : [single],
    }),
  }
}

const gatewayGroup = 'gateway.networking.k8s.io'
const groups = [
  'networking.istio.io',
  'security.istio.io',
  'telemetry.istio.io',
  'extensions.istio.io',
  'sailoperator.io',
  gatewayGroup,
  'multicluster.x-k8s.io',
]

function ofDefinitions(definitions: readonly KubernetesObject[]): Known {
  const byGroup = groupedBy(definitions, (each) => textAt(each, 'spec', 'group') ?? '')
  const apis = groups.map((group) => ({ group, served: servedOf(byGroup.get(group) ?? []) }))
  const [gateway] = (byGroup.get(gatewayGroup) ?? []).toSorted(
    (a, b) => Number(isGateway(b)) - Number(isGateway(a)) || a.metadata.name.localeCompare(b.metadata.name),
  )
  return { apis, ...(gateway !== undefined && { gatewayApi: bundleOf(gateway) }) }
}

/** Written by the bundle on each of its definitions (gateway-api pkg/consts/consts.go, 1.6). */
function bundleOf(definition: KubernetesObject): NonNullable<Known['gatewayApi']> {
  const annotations = annotationsOf(definition)
  const { [`${gatewayGroup}/bundle-version`]: version, [`${gatewayGroup}/channel`]: channel } = annotations
  return { ...(version !== undefined && { version }), ...(channel !== undefined && { channel }) }
}

/** Bundles of several releases may be mixed: the definition of Gateway itself, which all have, speaks for them. */
function isGateway({ metadata }: KubernetesObject): boolean {
  return metadata.name === `gateways.${gatewayGroup}`
}

function servedOf(definitions: readonly KubernetesObject[]): string[] {
  const served = definitions.flatMap((each) =>
    listAt(each, 'spec', 'versions').filter((version) => flagAt(version, 'served') === true),
  )
  const names = served.map((version) => textAt(version, 'name') ?? '').filter((name) => name !== '')
  return [...new Set(names)].toSorted((a, b) => a.length - b.length || b.localeCompare(a))
}
