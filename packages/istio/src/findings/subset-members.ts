import { listAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { isLive } from '../injection/pod-state.ts'
import { kinds } from '../world/kinds.ts'
import type { Labels } from '../world/labels.ts'
import { names } from '../world/names.ts'
import { areToCome } from './carriers.ts'
import type { Host, HostOwner } from './host-registry.ts'
import { allPodsWith, podsWith } from './pods.ts'
import type { MeshWorld } from './world.ts'

/** Resolutions whose clusters have a list of endpoints: without any of its own, the host itself, which has no labels. */
const listing = new Set(['STATIC', 'DNS', 'DNS_ROUND_ROBIN'])

/** Labels that istiod gives to endpoints by where their Pods are (istio pilot/pkg/serviceregistry/util/label, AugmentLabels). */
const hostname = 'kubernetes.io/hostname'
const places = [names.region, names.zone, names.subzone, hostname]
const ofCluster = ['topology.istio.io/cluster', names.network]

/**
 * Whether any Pod of the mesh has these labels, and those that a ServiceEntry selects by: all that istioctl analyze asks of
 * a subset (istio analyzers/destinationrule/subset.go). Labels of clusters and networks it knows only where Pods have them.
 */
export function isAnalysedFilled(world: MeshWorld, { kind, object }: HostOwner, labels: Labels): boolean {
  const selector = kind === 'Service' ? {} : stringsAt(object, 'spec', 'workloadSelector', 'labels')
  const entries = Object.entries({ ...selector, ...labels })
  const own = Object.fromEntries(entries.filter((each) => !isPlace(each)))
  const placed = Object.fromEntries(entries.filter(isPlace))
  return allPodsWith(world, own).some(({ cluster, pod }) => isPlaced(world, { cluster, pod }, placed))
}

/**
 * Whether a host has endpoints with these labels. Services select Pods and WorkloadEntries; one without a selector has
 * endpoints that somebody else keeps, of Pods of its namespace. ServiceEntries have endpoints of their own, or select;
 * those without any are not judged.
 */
export function isFilled(world: MeshWorld, host: Host, labels: Labels): boolean {
  return host.owners.some((owner) =>
    owner.kind === 'Service' ? serviceFilled(world, owner, labels) : entryFilled(world, owner, labels),
  )
}

/** Whether workloads are to make Pods with these labels behind a Service of the host. */
export function isPromised(world: MeshWorld, host: Host, labels: Labels): boolean {
  return host.owners.some(({ kind, cluster, object, namespace }) => {
    const view = world.clusters.find((each) => each.cluster === cluster)
    if (kind !== 'Service' || view === undefined) return false
    return areToCome(view, namespace, { ...stringsAt(object, 'spec', 'selector'), ...labels })
  })
}

function serviceFilled(world: MeshWorld, owner: HostOwner, labels: Labels): boolean {
  const { cluster, object, namespace } = owner
  const selector = stringsAt(object, 'spec', 'selector')
  const { own, placed } = parted({ ...selector, ...labels })
  const view = world.clusters.find((each) => each.cluster === cluster)
  const pods = view?.list(kinds.pod, namespace) ?? []
  return (
    pods.some((pod) => isLive(pod) && covers(labelsOf(pod), own) && isPlaced(world, { cluster, pod }, placed)) ||
    workloadEntriesFill(world, namespace, own)
  )
}

function entryFilled(world: MeshWorld, { object, namespace }: HostOwner, labels: Labels): boolean {
  const { own, placed } = parted(labels)
  const endpoints = listAt(object, 'spec', 'endpoints')
  const selector = stringsAt(object, 'spec', 'workloadSelector', 'labels')
  if (Object.keys(selector).length > 0) {
    const wanted = { ...selector, ...own }
    const pods = podsWith(world, wanted).filter(({ pod }) => pod.metadata.namespace === namespace)
    return pods.some((each) => isPlaced(world, each, placed)) || workloadEntriesFill(world, namespace, wanted)
  }
  if (endpoints.length === 0) return !listing.has(textAt(object, 'spec', 'resolution') ?? 'NONE')
  return endpoints.some((each) => covers(stringsAt(each, 'labels'), own))
}

function workloadEntriesFill(world: MeshWorld, namespace: string, labels: Labels): boolean {
  const entries = world.config.list(kinds.workloadEntry, namespace)
  return entries.some((each) => covers({ ...labelsOf(each), ...stringsAt(each, 'spec', 'labels') }, labels))
}

function isPlace([key]: [string, string]): boolean {
  return places.some((each) => each === key)
}

/** Labels of the Pod itself, and those that follow from its node; a cluster's or network's own are taken as given. */
function parted(labels: Labels): { own: Labels; placed: Labels } {
  const entries = Object.entries(labels).filter(([key]) => !ofCluster.includes(key))
  return {
    own: Object.fromEntries(entries.filter((each) => !isPlace(each))),
    placed: Object.fromEntries(entries.filter(isPlace)),
  }
}

function isPlaced(world: MeshWorld, at: { cluster: string; pod: KubernetesObject }, placed: Labels): boolean {
  const wanted = Object.entries(placed)
  if (wanted.length === 0) return true
  const node = textAt(at.pod, 'spec', 'nodeName')
  const view = world.clusters.find((each) => each.cluster === at.cluster)
  const found = node === undefined ? undefined : view?.get(kinds.node, node)
  const fromNode = found === undefined ? {} : labelsOf(found)
  const labels: Labels = { ...labelsOf(at.pod), ...fromNode, ...(node === undefined ? {} : { [hostname]: node }) }
  return wanted.every(([key, value]) => labels[key] === value)
}

function covers(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value)
}
