import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Mesh } from '../meshes/mesh.ts'
import { names } from '../world/names.ts'

/** Labels by which a mesh's objects are found again, whoever reads the cluster. */
export function ownLabels(mesh: Mesh): Record<string, string> {
  return { [names.managedBy]: 'orbweaver', [names.mesh]: mesh.name }
}

/**
 * The control-plane namespace, which Sail never makes. Its network label is what istiod takes for the cluster's
 * network; without the annotation istiod neither patches webhooks nor writes its root certificate in another cluster.
 */
export function controlPlaneNamespace(
  mesh: Mesh,
  network: string | undefined,
  servedFrom: string | undefined,
): KubernetesObject {
  const labels = { ...ownLabels(mesh), ...(network === undefined ? {} : { [names.network]: network }) }
  const metadata = { name: mesh.controlPlane.namespace, labels }
  const annotations = servedFrom === undefined ? {} : { annotations: { [names.controlPlaneClusters]: servedFrom } }
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { ...metadata, ...annotations } }
}

/** A revision that nobody uses any more stays a day, so that going back stays possible (Sail's default is 30 s). */
const gracePeriodSeconds = 86_400

/** The Sail Istio of one cluster: always revision-based and pinned, so that an upgrade can be tried and taken back. */
export function istioObject(mesh: Mesh, profile: 'default' | 'remote', values: JsonRecord): KubernetesObject {
  return {
    apiVersion: 'sailoperator.io/v1',
    kind: 'Istio',
    metadata: { name: mesh.name, labels: ownLabels(mesh) },
    spec: {
      version: mesh.version,
      profile,
      namespace: mesh.controlPlane.namespace,
      updateStrategy: {
        type: 'RevisionBased',
        inactiveRevisionDeletionGracePeriodSeconds: gracePeriodSeconds,
      },
      values,
    },
  }
}

/** Points at the revision, never at the Istio object, which would move every namespace at the next upgrade. */
export function defaultTag(mesh: Mesh, revision: string): KubernetesObject {
  return {
    apiVersion: 'sailoperator.io/v1',
    kind: 'IstioRevisionTag',
    metadata: { name: 'default', labels: ownLabels(mesh) },
    spec: { targetRef: { kind: 'IstioRevision', name: revision } },
  }
}

/** Every sidecar learns of its own namespace and the root namespace only, where no other Sidecar says more. */
export function discoveryScope(mesh: Mesh): KubernetesObject {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Sidecar',
    metadata: { name: 'default', namespace: mesh.controlPlane.namespace, labels: ownLabels(mesh) },
    spec: { egress: [{ hosts: ['./*', `${mesh.controlPlane.namespace}/*`] }] },
  }
}
