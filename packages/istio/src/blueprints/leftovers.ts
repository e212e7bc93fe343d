import { listAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import type { Mesh } from '../meshes/mesh.ts'
import { discover } from '../meshes/discover.ts'
import { kinds } from '../world/kinds.ts'
import { names } from '../world/names.ts'
import type { ClusterView } from '../world/view.ts'
import { isCertificateMap, isElection } from './istiod-writes.ts'

export type Leftover = { ref: ObjectRef; code: string }

/** By name, in whatever namespace a control plane was. */
export const controlPlaneSecrets = ['cacerts', 'istio-ca-secret', 'istio-kubeconfig', 'istiod-tls']

/**
 * What nobody removes when a control plane goes (istio-and-sail.md 2.6), to be shown and never deleted unasked: a root
 * key may be another mesh's, CRDs take every rule with them, and a webhook that calls nobody stops Pods from starting.
 */
export function leftovers(mesh: Mesh, view: ClusterView): Leftover[] {
  const { namespace } = mesh.controlPlane
  const say = saying(view)
  const secrets = view.list(kinds.secret, namespace).filter((each) => controlPlaneSecrets.includes(each.metadata.name))
  const maps = view.list(kinds.configMap).filter(isCertificateMap)
  const elections = [...view.list(kinds.configMap, namespace), ...view.list(kinds.lease, namespace)].filter(isElection)
  const own = view.get(kinds.namespace, namespace)
  const managed = [...view.list(kinds.deployment), ...view.list(kinds.service)].filter(
    (each) => labelsOf(each)[names.gatewayManaged] !== undefined,
  )
  return [
    ...say(deadWebhooks(view), 'dead-webhook'),
    ...say(secrets, 'control-plane-secret'),
    ...say(maps, 'root-certificate'),
    ...say(elections, 'leader-election'),
    ...say(own === undefined ? [] : [own], marked(own) ? 'marked-namespace' : 'namespace'),
    ...say(managed, 'managed-gateway'),
    ...say(view.list(kinds.crd).filter(isIstioCrd), 'custom-resource'),
  ]
}

/**
 * What is left of Istio in a cluster whatever record there was of it: what carries the name of a mesh that is not
 * `held` there (any more), webhooks that call nobody, and, once no control plane is left at all, what none needs. In the
 * order in which it can go: webhooks before anything they call.
 */
export function clusterLeftovers(view: ClusterView, held: readonly string[]): Leftover[] {
  const orphans = orphansIn(view, held)
  const dead = deadWebhooks(view).filter((each) => !orphans.includes(each))
  const say = saying(view)
  const found: Leftover[] = [...say(dead, 'dead-webhook'), ...say(orphans, 'orphan')]
  return isBare(view, held) ? [...found, ...needless(view)] : found
}

/** Whether no control plane is left in a cluster, and nothing that was made for one: then none of what it wrote is needed. */
export function isBare(view: ClusterView, held: readonly string[]): boolean {
  if (held.length > 0 || orphansIn(view, held).length > 0) return false
  return discover(view).every(({ mesh }) => mesh !== undefined)
}

function orphansIn(view: ClusterView, held: readonly string[]): KubernetesObject[] {
  return ownKinds
    .flatMap((kind) => view.list(kind))
    .filter((each) => {
      const mesh = labelsOf(each)[names.mesh]
      return mesh !== undefined && !held.includes(mesh)
    })
}

/** Kinds that a blueprint makes and labels, in the order in which they can go. */
const ownKinds = [
  kinds.mutatingWebhook,
  kinds.istioRevisionTag,
  kinds.gateway,
  kinds.sidecar,
  kinds.deployment,
  kinds.service,
  kinds.istio,
] as const

/** Of no use to anybody in a cluster without a control plane. */
function needless(view: ClusterView): Leftover[] {
  const say = saying(view)
  const secrets = view.list(kinds.secret).filter((each) => controlPlaneSecrets.includes(each.metadata.name))
  const maps = view.list(kinds.configMap).filter(isCertificateMap)
  const elections = [...view.list(kinds.configMap), ...view.list(kinds.lease)].filter(isElection)
  const gateways = [...view.list(kinds.deployment), ...view.list(kinds.service)].filter(
    (each) => labelsOf(each)[names.gatewayManaged] !== undefined,
  )
  return [
    ...say(gateways, 'managed-gateway'),
    ...say(secrets, 'control-plane-secret'),
    ...say(maps, 'root-certificate'),
    ...say(elections, 'leader-election'),
    ...say(view.list(kinds.namespace).filter(marked), 'marked-namespace'),
    ...say(view.list(kinds.crd).filter(isIstioCrd), 'custom-resource'),
  ]
}

function saying({ cluster }: ClusterView) {
  return (objects: readonly KubernetesObject[], code: string) =>
    objects.map((each): Leftover => ({ ref: refOf(cluster, each), code }))
}

function isIstioCrd(crd: KubernetesObject): boolean {
  return /\.(networking|security|telemetry|extensions)\.istio\.io$/.test(crd.metadata.name)
}

/** Injection or validation webhooks whose Service is gone: with failurePolicy Fail they refuse what they select. */
function deadWebhooks(view: ClusterView): KubernetesObject[] {
  return [...view.list(kinds.mutatingWebhook), ...view.list(kinds.validatingWebhook)].filter((config) =>
    servicesOf(config).some(({ name, namespace }) => view.get(kinds.service, name, namespace) === undefined),
  )
}

function servicesOf(config: KubernetesObject): { name: string; namespace: string }[] {
  return listAt(config, 'webhooks').flatMap((webhook) => {
    const name = textAt(webhook, 'clientConfig', 'service', 'name')
    const namespace = textAt(webhook, 'clientConfig', 'service', 'namespace')
    const istio = (textAt(webhook, 'name') ?? '').endsWith('istio.io')
    return istio && name !== undefined && namespace !== undefined ? [{ name, namespace }] : []
  })
}

/** Where a control plane is or was: by its marks, its Secrets, or an istiod. */
export function systemNamespaces(view: ClusterView): string[] {
  const named = view.list(kinds.namespace).filter(marked)
  const holding = [
    ...view.list(kinds.secret).filter((each) => controlPlaneSecrets.includes(each.metadata.name)),
    ...view.list(kinds.deployment).filter((each) => labelsOf(each).app === 'istiod'),
  ]
  return [...named.map(({ metadata }) => metadata.name), ...holding.flatMap(({ metadata }) => metadata.namespace ?? [])]
}

/** By Istio or by a mesh. */
function marked(namespace: KubernetesObject | undefined): boolean {
  if (namespace === undefined) return false
  return (
    labelsOf(namespace)[names.mesh] !== undefined ||
    labelsOf(namespace)[names.network] !== undefined ||
    annotationsOf(namespace)[names.controlPlaneClusters] !== undefined
  )
}
