import { textAt, textsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { meshNetwork } from '../blueprints/network.ts'
import { clustersOf, type Mesh } from '../meshes/mesh.ts'
import { groupedBy } from '../world/grouped.ts'
import { kinds } from '../world/kinds.ts'
import type { ClusterView } from '../world/view.ts'
import { type AddressRange, rangeOf } from './address.ts'
import { all, check, type ClusterFacts, fix, type PreflightCheck, seen } from './check.ts'

/**
 * Clusters on one network dial each other's Pods by address: two with the same range cannot, and neither can one whose
 * Services have addresses that elsewhere are Pods'. Ranges are those of the nodes (`spec.podCIDRs`), which some networks
 * leave out.
 */
export function podNetworks(mesh: Mesh, facts: ReadonlyMap<string, ClusterFacts>): PreflightCheck[] {
  if (mesh.kind !== 'Managed') return []
  const known = clustersOf(mesh).flatMap((cluster) => facts.get(cluster) ?? [])
  const networks = groupedBy(known, ({ cluster, network }) => meshNetwork(mesh, cluster, network) ?? mesh.name)
  return [...networks].flatMap(([network, members]) => (members.length < 2 ? [] : onNetwork(network, members)))
}

type Ranges = { cluster: string; view: ClusterView; ranges: (AddressRange & { node: string })[] }

function onNetwork(network: string, members: readonly ClusterFacts[]): PreflightCheck[] {
  const read = members.flatMap(({ view }) => (view === undefined ? [] : [rangesOf(view)]))
  const silent = [
    ...members.filter(({ view }) => view === undefined).map(({ cluster }) => cluster),
    ...read.filter(({ ranges }) => ranges.length === 0).map(({ cluster }) => cluster),
  ]
  const told = [...overlaps(network, read), ...meetings(network, read)]
  const unknown = silent.map((cluster) => check('pod-network.unknown', 'unknown', { cluster, params: { network } }))
  if (told.length > 0 || unknown.length > 0) return [...told, ...unknown]
  return [check('pod-network.ok', 'ok', { params: { network, count: members.length } })]
}

function rangesOf(view: ClusterView): Ranges {
  const ranges = view.list(kinds.node).flatMap((node) => {
    const listed = textsAt(node, 'spec', 'podCIDRs')
    const texts = listed.length > 0 ? listed : [textAt(node, 'spec', 'podCIDR') ?? '']
    return texts.flatMap((text) => {
      const range = rangeOf(text)
      return range === undefined ? [] : [{ ...range, node: node.metadata.name }]
    })
  })
  return { cluster: view.cluster, view, ranges: ranges.toSorted((a, b) => (a.from < b.from ? -1 : 1)) }
}

/** Each pair once, told of the cluster that comes later. */
function overlaps(network: string, read: readonly Ranges[]): PreflightCheck[] {
  return read.flatMap((right, index) =>
    read.slice(0, index).flatMap((left) => {
      const pair = firstOverlap(left, right)
      if (pair === undefined) return []
      const evidence = [nodeSeen(left, pair[0]), nodeSeen(right, pair[1])].flat()
      const params = { other: left.cluster, network, range: pair[1].text }
      const grounds = [...all(left, kinds.node), ...all(right, kinds.node)]
      const extras = { cluster: right.cluster, params, evidence, grounds, fix: fix('separate-networks') }
      return [check('pod-network.overlap', 'blocking', extras)]
    }),
  )
}

type Range = Ranges['ranges'][number]

function firstOverlap(left: Ranges, right: Ranges): [Range, Range] | undefined {
  for (const mine of right.ranges) {
    const theirs = left.ranges.find((each) => each.from <= mine.to && mine.from <= each.to)
    if (theirs !== undefined) return [theirs, mine]
  }
  return undefined
}

function nodeSeen({ view, cluster }: Ranges, range: Range) {
  const node = view.get(kinds.node, range.node)
  return node === undefined ? [] : [seen(cluster, node, range.text)]
}

/** A Service's address in one cluster that is a Pod's in another: kube-proxy takes what was meant for that Pod. */
function meetings(network: string, read: readonly Ranges[]): PreflightCheck[] {
  return read.flatMap((own) => {
    const addresses = own.view.list(kinds.service).flatMap((service) => {
      const address = rangeOf(textAt(service, 'spec', 'clusterIP') ?? '')
      return address === undefined ? [] : [{ service, ...address }]
    })
    for (const other of read) {
      if (other === own) continue
      const met = firstMet(addresses, other.ranges)
      if (met === undefined) continue
      const evidence = [seen(own.cluster, met.service, met.address), ...nodeSeen(other, met.range)]
      const params = { other: other.cluster, network, range: met.range.text }
      const grounds = [...all(own, kinds.service), ...all(other, kinds.node)]
      const extras = { cluster: own.cluster, params, evidence, grounds, fix: fix('separate-networks') }
      return [check('pod-network.meets-services', 'warning', extras)]
    }
    return []
  })
}

type ServiceAddress = AddressRange & { service: KubernetesObject }

/** Most clusters have their Services far from everybody's Pods: those are told by the outermost addresses alone. */
function firstMet(addresses: readonly ServiceAddress[], ranges: readonly Range[]) {
  const [lowest] = ranges
  if (lowest === undefined) return undefined
  const highest = ranges.reduce((most, { to }) => (to > most ? to : most), lowest.to)
  for (const { service, text, from } of addresses) {
    if (from < lowest.from || from > highest) continue
    const range = ranges.find((each) => each.from <= from && from <= each.to)
    if (range !== undefined) return { service, address: text, range }
  }
  return undefined
}
