import { isRecord, type Json, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Store } from '../server/seed-store.ts'
import { namespace, workload } from './objects.ts'

const INJECTED = { 'istio-injection': 'enabled' }

/** Whose Pods are not what new ones would be, each in the way it is named after. */
const lagging = ['other-revision', 'older-proxy', 'unwanted'] as const

/** Namespaces with a workload that was injected, before time and people changed something about it. */
export function laggingTeams(): KubernetesObject[] {
  const teams = lagging.flatMap((name) => [
    namespace(name, INJECTED),
    workload({ namespace: name, name, image: 'registry.example/web:1', port: 8080 }),
  ])
  return [...teams, namespace('twice', INJECTED)]
}

/** A namespace that asks for injection where nobody injects. */
export function unservedTeam(): KubernetesObject[] {
  return [namespace('nobody-injects', INJECTED)]
}

/** What has happened since the Pods were made. */
export function letThemLag(store: Store): void {
  for (const pod of podsIn(store, 'other-revision')) {
    const annotations = { ...pod.metadata.annotations, 'istio.io/rev': 'drifted-v1-28-1' }
    store.put({ ...pod, metadata: { ...pod.metadata, annotations } })
  }
  for (const pod of podsIn(store, 'older-proxy')) store.put(withOlderProxy(pod))
  const unwanted = store.get({ apiVersion: 'v1', kind: 'Namespace', name: 'unwanted' })
  if (unwanted !== undefined) {
    const { 'istio-injection': _asked, ...labels } = unwanted.metadata.labels ?? {}
    store.put({ ...unwanted, metadata: { ...unwanted.metadata, labels } }, 'kubectl')
  }
  copyInjector(store)
}

function podsIn(store: Store, place: string): KubernetesObject[] {
  return store.list({ apiVersion: 'v1', kind: 'Pod', namespace: place })
}

/** Its istiod has been upgraded in place since. */
function withOlderProxy(pod: KubernetesObject): KubernetesObject {
  const spec = recordAt(pod, 'spec')
  const older = (container: Json): Json =>
    isRecord(container) && container.name === 'istio-proxy'
      ? { ...container, image: (textAt(container, 'image') ?? '').replace(/:.*$/, ':1.29.4') }
      : container
  const changed = Object.fromEntries(
    ['containers', 'initContainers'].map((list) => [list, listAt(spec, list).map(older)]),
  )
  return { ...pod, spec: { ...spec, ...changed } }
}

/** Somebody copied the injector's configuration, for one namespace. */
function copyInjector(store: Store): void {
  const kind = { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'MutatingWebhookConfiguration' }
  const [found] = store.list(kind).filter((each) => textAt(each, 'metadata', 'labels', 'istio.io/rev') !== undefined)
  if (found === undefined) return
  const selector = { matchLabels: { 'kubernetes.io/metadata.name': 'twice' } }
  const webhooks = listAt(found, 'webhooks').slice(0, 1)
  const copy = {
    ...kind,
    metadata: { name: 'zz-copied-injector', labels: { ...found.metadata.labels, 'istio.io/rev': 'copied' } },
    webhooks: webhooks.map((each) => ({
      ...recordAt({ each }, 'each'),
      namespaceSelector: selector,
      objectSelector: {},
    })),
  }
  if (isKubernetesObject(copy)) store.put(copy, 'kubectl')
}
