import { setImmediate } from 'node:timers/promises'
import { textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf, refOf } from '@orbweaver/contracts/kubernetes'
import type { ExportedFile } from '@orbweaver/contracts/portable-mesh'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { isMarkedNamespace, isWritten, portable, portableNamespace } from '@orbweaver/istio/meshes/portable'
import { names } from '@orbweaver/istio/world/names'
import type { Resource } from '@orbweaver/kube/client'
import * as kinds from '@orbweaver/kube/resources'
import { kubernetesYamlText } from '@orbweaver/istio/kubernetes-yaml'
import { stringify } from 'yaml'
import { inFlight } from '../../changes/in-flight.ts'
import type { ViewerDoor } from '../../kube/doors.ts'
import { istioKinds } from '../../kube/mirrored-kinds.ts'
import type { Asking } from './asking.ts'
import type { MeshRow } from './summary.ts'

/** Bytes of YAML that one answer carries at most: some 4,000 rules. */
export const exportLimitBytes = 4_194_304

const sail: readonly Resource[] = [kinds.istioCnis, kinds.ztunnels, kinds.istios, kinds.istioRevisionTags]

type Gathered = { cluster: string; objects: readonly KubernetesObject[]; unread: string[] }

/**
 * A mesh as files for kubectl, one a cluster, each in the order in which it can be applied: the Mesh for a hub; the
 * namespaces that Istio treats in a way of its own, Sail's objects and, where the control plane reads them, the rules.
 * From the mirrors, as far as the viewer may see it; never a Secret. Undefined when it is larger than the limit.
 */
export async function exportOf(
  { fleet, viewer }: Asking,
  { mesh, object }: MeshRow,
  limitBytes = exportLimitBytes,
): Promise<ExportedFile[] | undefined> {
  const clusters = await inFlight(clustersOf(mesh), 4, (cluster) => gatheredIn(viewer, mesh, cluster))
  const all: Gathered[] = [{ cluster: fleet.hub.name, objects: [portable(object)], unread: [] }, ...clusters]
  let left = limitBytes
  const files: ExportedFile[] = []
  for (const { cluster, objects, unread } of all) {
    const documents: ExportedFile['documents'] = []
    for (const each of objects) {
      const yaml = stringify(each, kubernetesYamlText)
      left -= Buffer.byteLength(yaml)
      if (left < 0) return undefined
      documents.push({ ref: refOf(cluster, each), yaml })
      // Writing YAML takes time that others wait for.
      if (documents.length % 100 === 0) await setImmediate()
    }
    files.push({ cluster, documents, unread })
  }
  return files
}

async function gatheredIn(viewer: ViewerDoor, mesh: Mesh, cluster: string): Promise<Gathered> {
  const configures = cluster === mesh.controlPlane.cluster
  const wanted = [kinds.namespaces, ...sail, ...(configures ? istioKinds : [])]
  const readable = await inFlight(wanted, 6, (each) => viewer.lists(cluster, each))
  const written = async (resource: Resource) => (await viewer.list(cluster, resource)).filter(isWritten)
  const installed = (await inFlight(sail, 4, written)).flat().filter((each) => isOfMesh(mesh, each))
  const governing = configures ? (await inFlight(istioKinds, 4, written)).flat() : []
  const governed = new Set(governing.map((each) => each.metadata.namespace))
  const places = (await viewer.list(cluster, kinds.namespaces)).filter(
    (each) =>
      each.metadata.name === mesh.controlPlane.namespace || governed.has(each.metadata.name) || isMarkedNamespace(each),
  )
  return {
    cluster,
    objects: [...places.map(portableNamespace), ...[...installed, ...governing].map(portable)],
    unread: wanted.filter((_, index) => readable[index] !== true).map(({ kind }) => kind),
  }
}

/** What a mesh's control plane is installed by; of an adopted one, which has no labels of ours, what is in its namespace. */
function isOfMesh(mesh: Mesh, object: KubernetesObject): boolean {
  const owner = labelsOf(object)[names.mesh]
  if (owner !== undefined) return owner === mesh.name
  if (object.kind === kinds.istioRevisionTags.kind) return mesh.kind === 'External'
  const namespace = textAt(object, 'spec', 'namespace')
  return object.kind !== kinds.istios.kind || (mesh.kind === 'External' && namespace === mesh.controlPlane.namespace)
}
