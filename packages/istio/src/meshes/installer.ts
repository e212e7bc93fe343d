import { listAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'

export type Installer = 'sail' | 'maistra' | 'helm' | 'istioctl' | 'operator' | 'aks' | 'gke' | 'unknown'

/** Whose hands an object of Istio's installation is in, by the traces each installer leaves. */
export function installerOf(object: KubernetesObject): Installer {
  return owner(object) ?? place(object) ?? traces(object)
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
