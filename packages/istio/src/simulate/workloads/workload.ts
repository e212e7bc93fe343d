import { at, isRecord, listAt, stringsAt, textAt, textsAt } from '@orbweaver/contracts/json'
import {
  annotationsOf,
  type KubernetesObject,
  labelsOf,
  type ObjectRef,
  refKey,
  refOf,
} from '@orbweaver/contracts/kubernetes'
import { isInMesh, proxyImageOf } from '../../findings/in-mesh.ts'
import { fact, type MeshWorld } from '../../findings/world.ts'
import { ownerOf } from '../../injection/owners.ts'
import { isLive } from '../../injection/pod-state.ts'
import { policyOf } from '../../injection/policy.ts'
import { readProxy } from '../../injection/proxy.ts'
import { simulate } from '../../injection/simulate.ts'
import { namespaceLabels } from '../../injection/world.ts'
import { kindKey, kinds } from '../../world/kinds.ts'
import type { Labels } from '../../world/labels.ts'
import { names } from '../../world/names.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { revisionOf } from '../route/revisions.ts'
import type { ClusterView } from '../../world/view.ts'

/** What carries a workload's traffic. */
export type Carrier = 'sidecar' | 'gateway' | 'waypoint' | 'ambient' | 'none'

/** A workload as calls meet it: one of its Pods, or what its template would make. */
export type Workload = {
  readonly ref: ObjectRef
  readonly view: ClusterView
  readonly namespace: string
  readonly labels: Labels
  readonly annotations: Labels
  /** A Pod spec, or what is known of one. */
  readonly spec: unknown
  readonly carrier: Carrier
  /** Of the control plane that it gets its configuration from. */
  readonly revision: string
  /** Told from labels and templates: there is no Pod yet that shows it. */
  readonly isExpected: boolean
  readonly account: string
  readonly addresses: readonly string[]
}

/** The workload that a reference names, or the first that stands behind a Service or Gateway; undefined where it is not there. */
export function workloadOf(world: MeshWorld, ref: ObjectRef): Workload | undefined {
  const view = world.clusters.find((each) => each.cluster === ref.cluster)
  const object = view?.get(kindKey(ref), ref.name, ref.namespace)
  if (view === undefined || object === undefined) return undefined
  return workloadAt(world, view, object)
}

export function workloadAt(world: MeshWorld, view: ClusterView, object: KubernetesObject): Workload {
  const ref = refOf(view.cluster, object)
  if (object.kind === 'Pod') return ofPod(world, { view, ref, object })
  const pod = kindKey(ref) === kinds.kubernetesGateway ? gatewayPod(view, object) : podsOf(world, ref)[0]
  return pod === undefined ? ofTemplate(world, { view, ref, object }) : ofPod(world, { view, ref, object: pod })
}

/** Live Pods of a workload. */
export function podsOf(world: MeshWorld, ref: ObjectRef): readonly KubernetesObject[] {
  return world.known(podsByWorkload).get(refKey(ref)) ?? []
}

/** A Pod that a control plane has made for a Gateway of the Gateway API. */
function gatewayPod(view: ClusterView, gateway: KubernetesObject): KubernetesObject | undefined {
  const isOf = (pod: KubernetesObject) => labelsOf(pod)[names.gatewayName] === gateway.metadata.name && isLive(pod)
  return view.list(kinds.pod, namespaceOf(gateway)).find(isOf)
}

/** Live Pods by what a person would restart to renew them; Pods without such are their own workload. */
const podsByWorkload = fact<ReadonlyMap<string, readonly KubernetesObject[]>>('access: pods by workload', (world) => {
  const found = new Map<string, KubernetesObject[]>()
  for (const view of world.clusters) {
    for (const pod of view.list(kinds.pod)) {
      if (!isLive(pod)) continue
      const key = refKey(ownerOf(view, pod).ref)
      const known = found.get(key)
      if (known === undefined) found.set(key, [pod])
      else known.push(pod)
    }
  }
  return found
})

type At = { view: ClusterView; ref: ObjectRef; object: KubernetesObject }

function ofPod(world: MeshWorld, { view, ref, object: pod }: At): Workload {
  const shown = shownBy(pod)
  // A Pod without a status is one of a file: it is still to be made, and to be injected.
  const isExpected = shown === 'none' && !isRecord(pod.status)
  const base = {
    ref,
    view,
    namespace: namespaceOf(pod),
    labels: labelsOf(pod),
    annotations: annotationsOf(pod),
    spec: pod.spec,
  }
  return {
    ...base,
    carrier: isExpected ? expected(world, base) : shown,
    revision: revisionOf(world, view, pod),
    isExpected,
    account: accountIn(pod.spec),
    addresses: [
      ...new Set(
        [
          textAt(pod, 'status', 'podIP') ?? [],
          listAt(pod, 'status', 'podIPs').flatMap((each) => textAt(each, 'ip') ?? []),
        ].flat(),
      ),
    ],
  }
}

/** What a Pod itself shows. */
function shownBy(pod: KubernetesObject): Carrier {
  const proxy = readProxy(pod)
  if (proxy.kind === 'managed-gateway') return proxy.waypoint ? 'waypoint' : 'gateway'
  if (proxy.kind !== 'none') return proxy.kind
  if (labelsOf(pod)['security.istio.io/tlsMode'] === 'istio' || proxyImageOf(pod.spec) !== '') return inSpec(pod.spec)
  return 'none'
}

/** A proxy that no webhook put there: what it is started as says what it is. */
function inSpec(spec: unknown): Carrier {
  const proxy = listAt(spec, 'containers').find((each) => textAt(each, 'name') === 'istio-proxy')
  return textsAt(proxy, 'args').includes('router') ? 'gateway' : 'sidecar'
}

function ofTemplate(world: MeshWorld, { view, ref, object }: At): Workload {
  const template = templateOf(object)
  const isGateway = kindKey(ref) === kinds.kubernetesGateway
  const own = isGateway ? { [names.gatewayName]: object.metadata.name } : stringsAt(template, 'metadata', 'labels')
  const isEntry = object.kind === 'WorkloadEntry'
  const base = {
    ref,
    view,
    namespace: namespaceOf(object),
    labels: isEntry ? { ...stringsAt(object, 'spec', 'labels'), ...labelsOf(object) } : own,
    annotations: stringsAt(template, 'metadata', 'annotations'),
    spec: at(template, 'spec') ?? {},
  }
  const address = isEntry ? textAt(object, 'spec', 'address') : undefined
  return {
    ...base,
    carrier: isGateway ? ofGatewayClass(object) : isEntry ? ofEntry(object) : expected(world, base),
    revision: revisionOf(world, view, likePod(base)),
    isExpected: true,
    account: isGateway ? gatewayAccount(object) : isEntry ? entryAccount(object) : accountIn(base.spec),
    addresses: address === undefined ? [] : [address],
  }
}

/** As the Pods that a template makes will be. */
function likePod({
  namespace,
  labels,
  annotations,
}: Pick<Workload, 'namespace' | 'labels' | 'annotations'>): KubernetesObject {
  const metadata = { name: 'new', namespace, labels: { ...labels }, annotations: { ...annotations } }
  return { apiVersion: 'v1', kind: 'Pod', metadata }
}

function templateOf(object: KubernetesObject): unknown {
  if (object.kind === 'CronJob') return at(object, 'spec', 'jobTemplate', 'spec', 'template')
  return at(object, 'spec', 'template')
}

function ofGatewayClass(gateway: KubernetesObject): Carrier {
  return textAt(gateway, 'spec', 'gatewayClassName') === 'istio-waypoint' ? 'waypoint' : 'gateway'
}

/** A machine that has an account has a proxy with its certificate (istio pilot/pkg/serviceregistry/serviceentry/conversion.go). */
function ofEntry(entry: KubernetesObject): Carrier {
  const mode = stringsAt(entry, 'spec', 'labels')['security.istio.io/tlsMode']
  if (mode !== undefined) return mode === 'istio' ? 'sidecar' : 'none'
  return textAt(entry, 'spec', 'serviceAccount') === undefined ? 'none' : 'sidecar'
}

function entryAccount(entry: KubernetesObject): string {
  return textAt(entry, 'spec', 'serviceAccount') ?? 'default'
}

/** As istiod names what it makes for a Gateway (istio pilot/pkg/config/kube/gateway/deploymentcontroller.go). */
function gatewayAccount(gateway: KubernetesObject): string {
  const { name } = gateway.metadata
  return ofGatewayClass(gateway) === 'waypoint' ? name : `${name}-${textAt(gateway, 'spec', 'gatewayClassName') ?? ''}`
}

type Made = Pick<Workload, 'view' | 'namespace' | 'labels' | 'annotations' | 'spec'>

/** What a Pod made now would get: as the webhooks say, or as labels ask where no webhook is known. */
function expected(world: MeshWorld, made: Made): Carrier {
  if (proxyImageOf(made.spec) !== '') return inSpec(made.spec)
  if (willBeInjected(world, made)) return templates(made).includes('gateway') ? 'gateway' : 'sidecar'
  const mode = made.labels[names.dataplaneMode] ?? namespaceLabels(made.view, made.namespace)[names.dataplaneMode]
  return mode === 'ambient' && at(made.spec, 'hostNetwork') !== true ? 'ambient' : 'none'
}

function willBeInjected(world: MeshWorld, { view, namespace, labels, annotations, spec }: Made): boolean {
  const injection = world.injection.find((each) => each.view.cluster === view.cluster)
  if (injection !== undefined && injection.hooks.length > 0) {
    const metadata = { name: 'pod', namespace, labels, annotations }
    return simulate(injection, { apiVersion: 'v1', kind: 'Pod', metadata, spec: isRecord(spec) ? spec : {} }).injected
  }
  if (at(spec, 'hostNetwork') === true || labels[names.inject] === 'false') return false
  const asked = policyOf(namespaceLabels(view, namespace))
  if (asked.value !== undefined && asked.value !== 'enabled') return false
  return (
    asked.policy === 'revision' ||
    labels[names.revision] !== undefined ||
    isInMesh(view, namespace, { labels, annotations, spec })
  )
}

function templates({ annotations }: Made): string[] {
  return (annotations[names.templates] ?? '').split(',').map((each) => each.trim())
}

function accountIn(spec: unknown): string {
  const name = textAt(spec, 'serviceAccountName') ?? textAt(spec, 'serviceAccount') ?? ''
  return name === '' ? 'default' : name
}
