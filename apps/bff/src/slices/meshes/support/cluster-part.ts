import { type KubernetesObject, labelsOf, type ObjectRef, refKey, refOf } from '@orbweaver/contracts/kubernetes'
import { blueprint } from '@orbweaver/istio/blueprints/blueprint'
import { namespaceState } from '@orbweaver/istio/injection/namespace-state'
import { configMapNames } from '@orbweaver/istio/meshes/config-maps'
import { discover } from '@orbweaver/istio/meshes/discover'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { revisionOf } from '@orbweaver/istio/meshes/names'
import { documentsAllowed } from '@orbweaver/istio/support/allowed'
import type { Resource } from '@orbweaver/kube/client'
import * as kinds from '@orbweaver/kube/resources'
import { inFlight } from '../../../changes/in-flight.ts'
import { seenCapabilities } from '../../../fleet/capabilities.ts'
import { injectionIn } from '../../../fleet/injection.ts'
import { viewOfMirror } from '../../../kube/cluster-view.ts'
import type { ClusterDoor } from '../../../kube/doors.ts'
import { observe } from '../../../reconciler/observe.ts'
import type { Asking } from '../asking.ts'
import type { Bundle } from './bundle.ts'
import { configMapsPart, eventsPart, logsPart, openLive } from './live.ts'

/** Objects of one file at most, and injected namespaces whose events are read. */
const mostObjects = 200
const mostNamespaces = 20

const sail = [kinds.istios, kinds.istioRevisions, kinds.istioRevisionTags, kinds.istioCnis, kinds.ztunnels]
const webhooks = [kinds.mutatingWebhookConfigurations, kinds.validatingWebhookConfigurations]
/** What runs and what leads to it, where the control plane is. */
const installed = [kinds.deployments, kinds.pods, kinds.services]

export type Making = Asking & { mesh: Mesh; bundle: Bundle; endsAt: number }

/** What one cluster of a mesh says: from its mirror as the viewer sees it, and asked live with their rights. */
export async function clusterPart(making: Making, door: ClusterDoor): Promise<void> {
  const { bundle, mesh, viewer, fleet } = making
  const cluster = door.name
  const at = `clusters/${cluster}`
  const { namespace } = mesh.controlPlane
  await mirrored(making, door, { file: `${at}/sail.yaml`, resources: sail })
  await mirrored(making, door, { file: `${at}/webhooks.yaml`, resources: webhooks })
  await mirrored(making, door, { file: `${at}/control-plane.yaml`, resources: installed, namespace })
  await mirrored(making, door, { file: `${at}/namespace.yaml`, resources: [kinds.namespaces], only: namespace })
  await mirrored(making, door, { file: `${at}/nodes.yaml`, resources: [kinds.nodes] })
  await desiredPart(making, door)
  const record = await viewer.get(fleet.hub.name, kinds.fleetClusters, { name: cluster })
  bundle.objects(`${at}/cluster.yaml`, record === undefined ? [] : [record])
  const capabilities = await seenCapabilities(making, { name: cluster })
  bundle.document(`${at}/capabilities.json`, capabilities, documentsAllowed.capabilities)
  await livePart(making, door)
}

async function livePart(making: Making, door: ClusterDoor): Promise<void> {
  const { mesh, viewer } = making
  const { namespace } = mesh.controlPlane
  const at = `clusters/${door.name}`
  const live = openLive(making, door)
  const pods = await viewer.list(door.name, kinds.pods)
  const isIstiod = (pod: KubernetesObject) => labelsOf(pod).app === 'istiod' && pod.metadata.namespace === namespace
  const operators = pods.filter((pod) => labelsOf(pod)['control-plane'] === 'sail-operator')
  // Alone: a cluster that swallows questions is asked one.
  await logsPart(live, pods.filter(isIstiod).slice(0, 1), `${at}/logs`)
  const homes = operators.map((pod) => pod.metadata.namespace).filter((each) => each !== undefined)
  const places = [...new Set([namespace, 'default', ...homes, ...(await injected(making, door.name))])]
  await eventsPart(live, places, `${at}/events.json`)
  await logsPart(live, [...pods.filter(isIstiod).slice(1), ...operators], `${at}/logs`)
  const names = revisionsIn(mesh, door).flatMap((revision) =>
    configMapBases.flatMap((base) => configMapNames(base, revision)),
  )
  await configMapsPart(live, { namespace, names }, `${at}/config-maps.yaml`)
}

const configMapBases = ['istio', 'values'] as const

/** Those whose istiod runs here: only they have ConfigMaps. */
function revisionsIn(mesh: Mesh, door: ClusterDoor): string[] {
  const found = discover(viewOfMirror(door)).filter(
    (each) => !each.remote && each.namespace === mesh.controlPlane.namespace,
  )
  const own = door.name === mesh.controlPlane.cluster ? [revisionOf(mesh)] : []
  return [...new Set([...own, ...found.map((each) => each.revision)])]
}

/** Namespaces whose Pods the mesh injects, those of the most Pods first. */
async function injected({ fleet, viewer, mesh, bundle }: Making, cluster: string): Promise<string[]> {
  const world = injectionIn(fleet, mesh, cluster)
  if (world === undefined) return []
  const names = (await viewer.list(cluster, kinds.namespaces)).map((each) => each.metadata.name)
  const states = names.map((name) => namespaceState(world, name)).filter((each) => each.servedBy !== undefined)
  if (states.length > mostNamespaces) bundle.cut(`clusters/${cluster}/events.json`, 'many-namespaces')
  const largest = states.toSorted((a, b) => b.pods.total - a.pods.total)
  return largest.slice(0, mostNamespaces).map((each) => each.namespace)
}

type File = { file: string; resources: readonly Resource[]; namespace?: string; only?: string }

async function mirrored({ viewer, bundle }: Making, door: ClusterDoor, wanted: File): Promise<void> {
  const { file, resources, namespace, only } = wanted
  const where = namespace === undefined ? {} : { namespace }
  const lists = await inFlight(resources, 4, async (resource) => {
    const what = { cluster: door.name, what: resource.kind, ...where }
    const right = { verb: 'list', group: resource.group, resource: resource.plural, ...where }
    if (!door.mirror.known(resource)) bundle.unread({ ...what, reason: 'not-read' })
    else if (!(await viewer.lists(door.name, resource, namespace))) {
      bundle.unread({ ...what, reason: 'kube.forbidden', right })
    }
    return viewer.list(door.name, resource, namespace)
  })
  const found = lists.flat().filter((each) => only === undefined || each.metadata.name === only)
  if (found.length > mostObjects) bundle.cut(file, 'many-objects')
  bundle.objects(file, found.slice(0, mostObjects))
}

/** What the Mesh asks of this cluster, as far as the viewer may know of such an object there. */
async function desiredPart({ fleet, viewer, mesh, bundle }: Making, door: ClusterDoor): Promise<void> {
  const stages = blueprint(mesh, observe(fleet, mesh)).filter((each) => each.cluster === door.name)
  const wanted = stages.flatMap((stage) => stage.objects)
  const refs = wanted.map((each): ObjectRef => refOf(door.name, each))
  const seen = await viewer.seesWhich(refs)
  bundle.objects(
    `clusters/${door.name}/desired.yaml`,
    wanted.filter((each) => seen.has(refKey(refOf(door.name, each)))),
  )
}
