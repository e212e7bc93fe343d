import { at, listAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, conditionOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../world/kinds.ts'
import { names } from '../world/names.ts'
import type { ClusterView } from '../world/view.ts'
import { failed, type GateVerdict, passed, waiting } from './stage.ts'

/** The namespace is there, stays, and says what we wrote: a network label set by others would misroute in silence. */
export function namespaceGate(view: ClusterView, wanted: KubernetesObject): GateVerdict {
  const { name } = wanted.metadata
  const namespace = view.get(kinds.namespace, name)
  if (namespace === undefined) return waiting('not-applied', { object: `Namespace/${name}` })
  if (namespace.metadata.deletionTimestamp !== undefined) return failed('namespace-terminating', { message: name })
  const network = labelsOf(wanted)[names.network]
  if (network !== undefined && labelsOf(namespace)[names.network] !== network)
    return waiting('not-applied', { object: `Namespace/${name}` })
  const served = annotationsOf(wanted)[names.controlPlaneClusters]
  if (served !== undefined && annotationsOf(namespace)[names.controlPlaneClusters] !== served) {
    return waiting('not-applied', { object: `Namespace/${name}` })
  }
  return passed('namespace-ready', { namespace: name })
}

/** First address a LoadBalancer was given, IP before host name: an IP needs no ExternalName in the members. */
export function loadBalancerAddress(service: KubernetesObject | undefined): string | undefined {
  const ingress = listAt(service, 'status', 'loadBalancer', 'ingress')
  const ip = ingress.map((each) => textAt(each, 'ip')).find((each) => each !== undefined)
  return ip ?? ingress.map((each) => textAt(each, 'hostname')).find((each) => each !== undefined)
}

export function loadBalancerGate(view: ClusterView, name: string, namespace: string): GateVerdict {
  const service = view.get(kinds.service, name, namespace)
  if (service === undefined) return waiting('not-applied', { object: `Service/${name}` })
  const address = loadBalancerAddress(service)
  return address === undefined ? waiting('address-pending', { service: name }) : passed('address-assigned', { address })
}

/** An unused tag is in state NotReferencedByAnything: that is no failure, so only `Reconciled` is asked. */
export function tagGate(view: ClusterView, revision: string, webhook: string): GateVerdict {
  const tag = view.get(kinds.istioRevisionTag, 'default')
  if (tag === undefined) return waiting('not-applied', { object: 'IstioRevisionTag/default' })
  const reconciled = conditionOf(tag, 'Reconciled')
  if (reconciled?.reason === 'NameAlreadyExists') return failed('name-taken', { message: reconciled.message })
  if (reconciled?.status !== 'True' || textAt(tag, 'status', 'istioRevision') !== revision) {
    return waiting('tag-not-moved', { revision, message: reconciled?.message ?? '' })
  }
  return webhookGate(view, webhook)
}

/** Until istiod has written its certificate into the webhook, every Pod it selects is refused by the API server. */
export function webhookGate(view: ClusterView, name: string): GateVerdict {
  const config = view.get(kinds.mutatingWebhook, name)
  if (config === undefined) return waiting('not-applied', { object: `MutatingWebhookConfiguration/${name}` })
  const patched = listAt(config, 'webhooks').every((each) => (textAt(each, 'clientConfig', 'caBundle') ?? '') !== '')
  return patched ? passed('webhook-ready', { webhook: name }) : waiting('webhook-unpatched', { webhook: name })
}

/** Exists, whatever is in it: for objects that take effect by being there. */
export function existsGate(view: ClusterView, wanted: KubernetesObject, kind: string): GateVerdict {
  const { name, namespace } = wanted.metadata
  const found = view.get(kind, name, namespace)
  return found === undefined
    ? waiting('not-applied', { object: `${wanted.kind}/${name}` })
    : passed('applied', { object: `${wanted.kind}/${name}` })
}

/** Whether a Secret has a key; a mirror that keeps no values keeps the keys. */
export function hasKey(secret: KubernetesObject, key: string): boolean {
  return at(secret, 'data', key) !== undefined
}
