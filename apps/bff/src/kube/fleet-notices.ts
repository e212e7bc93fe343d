import type { Notice } from '@orbweaver/contracts/events'
import { fleetClusters, meshes, namespaces, pods, secrets, virtualServices } from '@orbweaver/kube/resources'
import type { Resource } from '@orbweaver/kube/client'
import type { Fleet, ViewerDoor } from './doors.ts'
import { truthChanged } from './mirror.ts'

type Word = Notice['word']

const byKind: Record<string, readonly Word[]> = {
  [truthChanged]: ['clusters', 'meshes', 'sidecars', 'security', 'objects'],
  'orbweaver.dev/FleetCluster': ['clusters', 'meshes'],
  'orbweaver.dev/Mesh': ['meshes', 'clusters'],
  'orbweaver.dev/Change': ['history'],
  'apiextensions.k8s.io/CustomResourceDefinition': ['clusters', 'meshes', 'objects'],
  Namespace: ['sidecars', 'objects', 'clusters'],
  Pod: ['sidecars', 'meshes'],
  Service: ['meshes', 'objects'],
  ConfigMap: ['meshes', 'sidecars'],
  Node: ['clusters'],
  Secret: ['security'],
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': ['sidecars', 'meshes'],
}

const byGroup: Record<string, readonly Word[]> = {
  apps: ['sidecars', 'meshes'],
  'sailoperator.io': ['meshes', 'clusters', 'sidecars'],
  'networking.istio.io': ['objects', 'security'],
  'security.istio.io': ['objects'],
  'telemetry.istio.io': ['objects'],
  'extensions.istio.io': ['objects'],
  'gateway.networking.k8s.io': ['objects', 'security'],
}

/** Which pages may read differently after these kinds changed. */
export function wordsOf(kinds: ReadonlySet<string>): Set<Word> {
  const words = new Set<Word>()
  for (const kind of kinds) for (const word of byKind[kind] ?? byGroup[groupOf(kind)] ?? []) words.add(word)
  return words
}

function groupOf(kind: string): string {
  return kind.slice(0, Math.max(0, kind.lastIndexOf('/')))
}

/** By what of a cluster's one may know that something under a word changed there. */
const evidence: Record<Exclude<Word, 'access' | 'clusters' | 'history'>, readonly Resource[]> = {
  meshes: [namespaces, pods],
  objects: [namespaces, virtualServices],
  sidecars: [namespaces, pods],
  security: [secrets],
}

/**
 * May this person know that something changed? A notice about a cluster is for those who may list something of it; one
 * about the hub's own objects for those who may list these. History says that there is some to everybody signed in:
 * which items somebody sees is decided item by item when it is read.
 */
export async function mayKnow(fleet: Fleet, viewer: ViewerDoor, notice: Notice): Promise<boolean> {
  const { word, mesh, cluster } = notice
  const hub = fleet.hub.name
  if (mesh !== undefined && (await viewer.get(hub, meshes, { name: mesh })) === undefined) return false
  if (word === 'history' || word === 'access') return true
  if (word === 'clusters') return viewer.lists(hub, fleetClusters)
  if (cluster === hub) return viewer.lists(hub, meshes)
  return cluster === undefined || seesAny(viewer, cluster, evidence[word])
}

async function seesAny(viewer: ViewerDoor, cluster: string, resources: readonly Resource[]): Promise<boolean> {
  for (const resource of resources) if ((await viewer.list(cluster, resource)).length > 0) return true
  return false
}
