import { listAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../world/kinds.ts'
import type { ClusterView } from '../world/view.ts'

export type Installer = 'sail' | 'openshift' | 'maistra' | 'helm' | 'istioctl' | 'operator' | 'aks' | 'gke' | 'unknown'

/** Whose hands an object of Istio's installation is in, by the traces each installer leaves. */
export function installerOf(object: KubernetesObject): Installer {
  const found = owner(object) ?? place(object) ?? traces(object)
  return found === 'sail' && runsRedHats(object) ? 'openshift' : found
}

/**
 * OpenShift Service Mesh 3 is the Sail Operator under another name: its kinds, owners and labels are Sail's, its images
 * are Red Hat's (`images.v*.istiod` of the operator's Deployment, openshift-service-mesh/sail-operator bundle, 3.0 to 3.4).
 */
function runsRedHats(object: KubernetesObject): boolean {
  return listAt(object, 'spec', 'template', 'spec', 'containers').some((each) =>
    /(?:^|\/)openshift-service-mesh(?:-tech-preview)?\/istio-/.test(textAt(each, 'image') ?? ''),
  )
}

/** A webhook names no image: there the operator that runs in its cluster tells. */
export function installerIn(view: ClusterView, object: KubernetesObject): Installer {
  const found = installerOf(object)
  return found === 'sail' && view.list(kinds.deployment).some(isOpenShiftOperator) ? 'openshift' : found
}

/** Sail's operator, or OpenShift Service Mesh's, by the labels of their bundles (Sail 1.31, servicemeshoperator3 3.0 to 3.4). */
export function isSailOperator(deployment: KubernetesObject): boolean {
  return labelsOf(deployment)['control-plane'] === 'sail-operator' || isOpenShiftOperator(deployment)
}

function isOpenShiftOperator(deployment: KubernetesObject): boolean {
  const labels = { ...stringsAt(deployment, 'spec', 'template', 'metadata', 'labels'), ...labelsOf(deployment) }
  return labels['control-plane'] === 'servicemesh-operator3'
}

/**
 * Sail owns what it makes (sail pkg/helm/postrenderer.go). OpenShift Service Mesh 2 marks it with the namespace of its
 * ServiceMeshControlPlane (maistra/istio-operator pkg/controller/common/constants.go, OwnerKey, 2.6).
 */
function owner(object: KubernetesObject): Installer | undefined {
  if (labelsOf(object)['maistra.io/owner'] !== undefined) return 'maistra'
  const sail = listAt(object, 'metadata', 'ownerReferences').some((each) =>
    (textAt(each, 'apiVersion') ?? '').startsWith('sailoperator.io/'),
  )
  return sail || labelsOf(object)['managed-by'] === 'sail-operator' ? 'sail' : undefined
}

function place(object: KubernetesObject): Installer | undefined {
  const namespace = object.metadata.namespace ?? ''
  if (namespace === 'aks-istio-system') return 'aks'
  const urls = listAt(object, 'webhooks').map((each) => textAt(each, 'clientConfig', 'url') ?? '')
  return urls.some((url) => url.includes('googleapis.com')) ? 'gke' : undefined
}

/**
 * Helm marks what it installs; the old in-cluster operator and istioctl write the same labels, and only the operator's
 * owning resource is not called `unknown` or `installed-state`.
 */
function traces(object: KubernetesObject): Installer {
  const labels = labelsOf(object)
  if (annotationsOf(object)['meta.helm.sh/release-name'] !== undefined) return 'helm'
  const owning = labels['install.operator.istio.io/owning-resource']
  const operated =
    labels['operator.istio.io/version'] !== undefined || labels['operator.istio.io/managed'] !== undefined
  if (!operated && labels['app.kubernetes.io/managed-by'] === 'Helm') return 'helm'
  if (owning === undefined && !operated) return 'unknown'
  const named = owning !== undefined && owning !== 'unknown' && !owning.startsWith('installed-state')
  return named ? 'operator' : 'istioctl'
}
