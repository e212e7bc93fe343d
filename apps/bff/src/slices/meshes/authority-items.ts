import type { PluggedCa } from '@orbweaver/contracts/certificates'
import { numberAt, stringsAt } from '@orbweaver/contracts/json'
import { labelsOf, type ObjectRef, refOf, targetOf } from '@orbweaver/contracts/kubernetes'
import { authoritySecrets } from '@orbweaver/istio/certificates/secret'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { revisionOf } from '@orbweaver/istio/meshes/names'
import { names } from '@orbweaver/istio/world/names'
import { deployments, secrets } from '@orbweaver/kube/resources'
import type { DraftItem } from '../../changes/draft.ts'
import type { ClusterDoor } from '../../kube/doors.ts'

type Place = Pick<Mesh['controlPlane'], 'cluster' | 'namespace'>

function secretAt({ cluster, namespace }: Place) {
  const metadata = { name: authoritySecrets.pluggedIn, namespace }
  const object = { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque' }
  return { metadata, object, common: { ref: refOf(cluster, object), resource: secrets, by: 'console' } as const }
}

/**
 * Secret `cacerts`, all of it. Written by the console itself: people may create Secrets of a mesh and neither read nor alter
 * them (deploy/rbac).
 */
export function authorityItem(door: ClusterDoor | undefined, place: Place, ca: PluggedCa): DraftItem {
  const { metadata, object, common } = secretAt(place)
  const secret = {
    'ca-cert.pem': encoded(ca.caCert),
    'ca-key.pem': encoded(ca.caKey),
    'cert-chain.pem': encoded(ca.certChain),
    'root-cert.pem': encoded(ca.rootCert),
  }
  return door?.mirror.get(secrets, metadata) === undefined
    ? { ...common, op: 'create', object, secret }
    : { ...common, op: 'update', how: 'replace', secret }
}

/** Its roots alone, in the layout that it has (istio pilot/pkg/bootstrap/istio_ca.go detects `tls.crt`). */
export function rootsItem(door: ClusterDoor, place: Place, roots: string): DraftItem {
  const { metadata, common } = secretAt(place)
  const keys = stringsAt(door.mirror.get(secrets, metadata), 'data')
  const key = Object.hasOwn(keys, 'tls.crt') ? 'ca.crt' : 'root-cert.pem'
  return { ...common, op: 'update', how: 'merge', secret: { [key]: encoded(roots) } }
}

function encoded(text: string): string {
  return Buffer.from(text).toString('base64')
}

export function istiodsOf({ name, mirror }: ClusterDoor, mesh: Mesh): ObjectRef[] {
  const revision = revisionOf(mesh)
  return mirror
    .list(deployments, mesh.controlPlane.namespace)
    .filter((each) => labelsOf(each).app === 'istiod' && labelsOf(each)[names.revision] === revision)
    .map((each) => refOf(name, each))
}

export function replicasOf({ mirror }: ClusterDoor, ref: ObjectRef): number {
  return numberAt(mirror.get(deployments, targetOf(ref)), 'spec', 'replicas') ?? 1
}
