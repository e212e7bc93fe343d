import { flagAt, type Json, listAt, numberAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import { type Hook, hooksOf } from '../injection/hooks.ts'
import { imageVersion } from '../plain.ts'
import { kinds } from '../world/kinds.ts'
import { names } from '../world/names.ts'
import type { ClusterView } from '../world/view.ts'
import { type ControlPlaneFact, factsIn, type Place, told, valuesIn } from './facts.ts'
import { type Installer, installerIn } from './installer.ts'

/** One Istio control plane of a cluster, whoever installed it; `remote` ones are only represented here by webhooks. */
export type FoundControlPlane = {
  ref: ObjectRef
  namespace: string
  revision: string
  version: string | undefined
  installer: Installer
  remote: boolean
  externalIstiod: boolean
  /** Where istiod is, for a remote one: the webhook's URL or the address its Service stands for. */
  address: string | undefined
  tags: string[]
  /** What it says of itself, the likelier truth first. */
  facts: ControlPlaneFact[]
  webhooks: string[]
  ready: { ready: number; desired: number }
  /** The console's own mesh, by label of the Sail Istio object that owns it. */
  mesh: string | undefined
}

/**
 * Every control plane in a cluster: istiod Deployments in all namespaces, then revisions that only a webhook speaks of
 * (the remote end of a control plane elsewhere). The chart's objects are read, not the installer's.
 */
export function discover(view: ClusterView): FoundControlPlane[] {
  const hooks = hooksOf(view)
  const local = view
    .list(kinds.deployment)
    .filter(isIstiod)
    .map((each) => readLocal(view, each, hooks))
  const known = new Set(local.map((each) => each.revision))
  const remote = new Map<string, FoundControlPlane>()
  for (const hook of hooks) {
    if (known.has(hook.revision) || remote.has(hook.revision) || !leadsAway(view, hook)) continue
    remote.set(hook.revision, readRemote(view, hook, hooks))
  }
  return [...local, ...remote.values()].toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
}

/**
 * Whether a webhook's istiod is in another cluster: by URL, or by a Service without selector. A Service that is missing
 * or selects Pods here is what an uninstalled control plane leaves behind.
 */
function leadsAway(view: ClusterView, hook: Hook): boolean {
  if (hook.service === undefined) return true
  const service = view.get(kinds.service, hook.service.name, hook.service.namespace)
  return service !== undefined && Object.keys(recordAt(service, 'spec', 'selector')).length === 0
}

function key(found: FoundControlPlane): string {
  return `${found.namespace}/${found.revision}`
}

/** istiod by the chart's label; a gateway or the console of another product may not carry it. */
function isIstiod(deployment: KubernetesObject): boolean {
  return labelsOf(deployment).app === 'istiod' && discoveryContainer(deployment) !== undefined
}

function discoveryContainer(deployment: KubernetesObject): Json | undefined {
  const containers = listAt(deployment, 'spec', 'template', 'spec', 'containers')
  return containers.find((each) => textAt(each, 'name') === 'discovery')
}

function readLocal(view: ClusterView, deployment: KubernetesObject, hooks: readonly Hook[]): FoundControlPlane {
  const container = discoveryContainer(deployment)
  const env = (name: string) =>
    textAt(
      listAt(container, 'env').find((each) => textAt(each, 'name') === name),
      'value',
    )
  const namespace = deployment.metadata.namespace ?? ''
  const revision = labelsOf(deployment)[names.revision] ?? env('REVISION') ?? 'default'
  const found = common(view, { revision, namespace, hooks })
  const external = [
    env('EXTERNAL_ISTIOD'),
    ...valueTexts(view, { revision, namespace }, 'pilot', 'env', 'EXTERNAL_ISTIOD'),
  ]
  return {
    ...found,
    ref: refOf(view.cluster, deployment),
    version: imageVersion(textAt(container, 'image')),
    installer: installerIn(view, deployment),
    remote: false,
    externalIstiod: external.includes('true'),
    address: undefined,
    facts: [...told(view, deployment, { clusterId: env('CLUSTER_ID') }), ...found.facts],
    ready: {
      ready: numberAt(deployment, 'status', 'readyReplicas') ?? 0,
      desired: numberAt(deployment, 'spec', 'replicas') ?? 1,
    },
  }
}

function readRemote(view: ClusterView, hook: Hook, hooks: readonly Hook[]): FoundControlPlane {
  const config = view.get(kinds.mutatingWebhook, hook.config)
  const revision = hook.revision
  const namespace = hook.service?.namespace ?? 'istio-system'
  const found = common(view, { revision, namespace, hooks })
  const ref = {
    cluster: view.cluster,
    group: 'admissionregistration.k8s.io',
    version: 'v1',
    kind: 'MutatingWebhookConfiguration',
    name: hook.config,
  }
  return {
    ...found,
    ref,
    version: undefined,
    installer: config === undefined ? 'unknown' : installerIn(view, config),
    remote: true,
    externalIstiod: false,
    address: remoteAddress(view, hook, config),
    facts: [...told(view, config, injected(hook.service?.path ?? '')), ...found.facts],
    ready: { ready: 0, desired: 0 },
  }
}

/** What the path of an injection webhook says of the cluster it is in (istio pkg/kube/inject/webhook.go). */
function injected(path: string) {
  return { clusterId: /\/cluster\/([^/]+)/.exec(path)?.[1], network: /\/net\/([^/]+)/.exec(path)?.[1] }
}

/** An ExternalName, else the endpoint address Sail or the chart wrote for the Service; a URL names it itself. */
function remoteAddress(view: ClusterView, hook: Hook, config: KubernetesObject | undefined): string | undefined {
  if (hook.service === undefined) return textAt(listAt(config, 'webhooks')[0], 'clientConfig', 'url')
  const service = view.get(kinds.service, hook.service.name, hook.service.namespace)
  const name = textAt(service, 'spec', 'externalName')
  if (name !== undefined) return name
  const place = { revision: hook.revision, namespace: hook.service.namespace }
  return valueTexts(view, place, 'global', 'remotePilotAddress')[0]
}

function common(view: ClusterView, { hooks, ...place }: Place & { hooks: readonly Hook[] }) {
  const { revision, namespace } = place
  const owner = view.get(kinds.istioRevision, revision)
  const own = hooks.filter((hook) => hook.revision === revision)
  const unique = (texts: (string | undefined)[]) => [...new Set(texts.filter((each) => each !== undefined))]
  return {
    namespace,
    revision,
    tags: unique(own.map((hook) => hook.tag)),
    webhooks: unique(own.map((hook) => hook.config)),
    facts: factsIn(view, place),
    mesh: owner === undefined ? undefined : meshOf(view, owner),
  }
}

function meshOf(view: ClusterView, revision: KubernetesObject): string | undefined {
  const owner = listAt(revision, 'metadata', 'ownerReferences').find((each) => flagAt(each, 'controller') === true)
  const istio = view.get(kinds.istio, textAt(owner, 'name') ?? '')
  return istio === undefined ? undefined : labelsOf(istio)[names.mesh]
}

/** One of the Helm values a control plane was installed with, from each object that tells it. */
function valueTexts(view: ClusterView, place: Place, ...path: string[]): string[] {
  return valuesIn(view, place)
    .map(({ values }) => textAt(values, ...path))
    .filter((each) => each !== undefined)
}
