import { flagAt, isJson, type Json, listAt, numberAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import { type Hook, hooksOf } from '../injection/hooks.ts'
import { imageVersion } from '../plain.ts'
import { kinds } from '../world/kinds.ts'
import { names } from '../world/names.ts'
import type { ClusterView } from '../world/view.ts'
import { type Installer, installerOf } from './installer.ts'

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
  /** What istiod calls this cluster; undefined where neither its Pod template nor its values could be read. */
  clusterId: string | undefined
  meshId: string | undefined
  network: string | undefined
  trustDomain: string | undefined
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
  const values = valuesOf(view, revision, namespace)
  return {
    ...found,
    ref: refOf(view.cluster, deployment),
    version: imageVersion(textAt(container, 'image')),
    installer: installerOf(deployment),
    remote: false,
    externalIstiod: env('EXTERNAL_ISTIOD') === 'true' || textAt(values, 'pilot', 'env', 'EXTERNAL_ISTIOD') === 'true',
    address: undefined,
    clusterId: env('CLUSTER_ID') ?? found.clusterId,
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
    installer: config === undefined ? 'unknown' : installerOf(config),
    remote: true,
    externalIstiod: false,
    address: remoteAddress(view, hook, config),
    clusterId: /\/cluster\/([^/]+)/.exec(hook.service?.path ?? '')?.[1] ?? found.clusterId,
    ready: { ready: 0, desired: 0 },
  }
}

/** An ExternalName, else the endpoint address Sail or the chart wrote for the Service; a URL names it itself. */
function remoteAddress(view: ClusterView, hook: Hook, config: KubernetesObject | undefined): string | undefined {
  if (hook.service === undefined) return textAt(listAt(config, 'webhooks')[0], 'clientConfig', 'url')
  const service = view.get(kinds.service, hook.service.name, hook.service.namespace)
  const name = textAt(service, 'spec', 'externalName')
  if (name !== undefined) return name
  const values = valuesOf(view, hook.revision, hook.service.namespace)
  return textAt(values, 'global', 'remotePilotAddress')
}

type Place = { revision: string; namespace: string; hooks: readonly Hook[] }

function common(view: ClusterView, { revision, namespace, hooks }: Place) {
  const values = valuesOf(view, revision, namespace)
  const owner = view.get(kinds.istioRevision, revision)
  const own = hooks.filter((hook) => hook.revision === revision)
  const unique = (texts: (string | undefined)[]) => [...new Set(texts.filter((each) => each !== undefined))]
  return {
    namespace,
    revision,
    tags: unique(own.map((hook) => hook.tag)),
    webhooks: unique(own.map((hook) => hook.config)),
    clusterId: textAt(values, 'global', 'multiCluster', 'clusterName'),
    meshId: textAt(values, 'global', 'meshID'),
    network: textAt(values, 'global', 'network'),
    trustDomain: textAt(values, 'meshConfig', 'trustDomain'),
    mesh: owner === undefined ? undefined : meshOf(view, owner),
  }
}

function meshOf(view: ClusterView, revision: KubernetesObject): string | undefined {
  const owner = listAt(revision, 'metadata', 'ownerReferences').find((each) => flagAt(each, 'controller') === true)
  const istio = view.get(kinds.istio, textAt(owner, 'name') ?? '')
  return istio === undefined ? undefined : labelsOf(istio)[names.mesh]
}

/**
 * Helm values a control plane was installed with: of its IstioRevision, else of its ConfigMap `values<-rev>`, key
 * `merged-values` (JSON; absent in old Istio).
 */
function valuesOf(view: ClusterView, revision: string, namespace: string): Json {
  const owner = view.get(kinds.istioRevision, revision)
  if (owner !== undefined) return recordAt(owner, 'spec', 'values')
  const map = view.get(kinds.configMap, revision === 'default' ? 'values' : `values-${revision}`, namespace)
  const text = textAt(map, 'data', 'merged-values')
  if (text === undefined) return {}
  try {
    const parsed: unknown = JSON.parse(text)
    return isJson(parsed) ? parsed : {}
  } catch {
    return {}
  }
}
