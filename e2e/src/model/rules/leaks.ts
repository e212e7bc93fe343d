import { canonicalJson, isRecord, type Json, type JsonRecord, stringsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import * as kinds from '@orbweaver/kube/resources'
import { stripped } from '../../drills/end-state.ts'
import type { Universe } from '../universe.ts'
import { clusters, istioPlace, place } from '../world.ts'

/** Every object of the clusters that lasts, by what it is. */
export type Snapshot = ReadonlyMap<string, KubernetesObject>

/** Controllers and the cluster make and end these as they go. */
const passing = new Set([
  'Change',
  'ControllerRevision',
  'EndpointSlice',
  'Endpoints',
  'Event',
  'Lease',
  'Node',
  'Pod',
  'PodMetrics',
  'ReplicaSet',
])

const clusterWide = Object.values(kinds).filter(({ namespaced }) => !namespaced)
const roles = ['ClusterRole', 'ClusterRoleBinding'].map((kind) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind,
}))

export function snapshot(universe: Universe): Snapshot {
  const found = new Map<string, KubernetesObject>()
  for (const cluster of clusters) {
    const { store } = universe.cluster(cluster).server
    const wide = [
      ...clusterWide.map(({ group, version, kind }) => ({
        apiVersion: group === '' ? version : `${group}/${version}`,
        kind,
      })),
      ...roles,
    ].flatMap((at) => listed(universe, cluster, at))
    const names = store.list({ apiVersion: 'v1', kind: 'Namespace' }).map((each) => each.metadata.name)
    for (const object of [...wide, ...names.flatMap((name) => store.within(name))]) {
      if (passing.has(object.kind)) continue
      found.set(`${cluster} ${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`, object)
    }
  }
  return found
}

/** A cluster without Istio does not serve its kinds. */
function listed(universe: Universe, cluster: string, at: { apiVersion: string; kind: string }): KubernetesObject[] {
  try {
    return universe.stored(cluster, at)
  } catch {
    return []
  }
}

/** What is in the clusters that was not, or is gone or different, without what Istio is known to leave behind. */
export function leaked(before: Snapshot, after: Snapshot): string[] {
  const added = [...after].filter(([key, object]) => !before.has(key) && !staysBehind(object))
  const removed = [...before.keys()].filter((key) => !after.has(key))
  const changed = [...before].filter(([key, object]) => {
    const now = after.get(key)
    if (now === undefined || now.metadata.resourceVersion === object.metadata.resourceVersion) return false
    return canonicalJson(lasting(now)) !== canonicalJson(lasting(object))
  })
  return [
    ...added.map(([key]) => `left: ${key}`),
    ...removed.map((key) => `gone: ${key}`),
    ...changed.map(([key, object]) => `changed: ${key}: ${difference(object, after.get(key))}`),
  ]
}

function difference(before: KubernetesObject, after: KubernetesObject | undefined): string {
  const [was, is] = [before, after].map((each) =>
    each === undefined ? '' : canonicalJson(lasting(each)).slice(0, 600),
  )
  return `${was} is now ${is}`
}

const controlPlaneSecrets = new Set(['cacerts', 'istio-ca-secret', 'istio-kubeconfig', 'istiod-tls'])

const certificateMaps = new Set(['istio-ca-root-cert', 'istio-ca-crl'])

/** istio-and-sail.md 2.6: what nobody removes with a control plane, and the console lists. */
export function staysBehind({ kind, metadata: { name, namespace } }: KubernetesObject): boolean {
  if (kind === 'CustomResourceDefinition') return name.endsWith('.istio.io')
  if (kind === 'ConfigMap' && certificateMaps.has(name)) return true
  // A person's own rule outlives the mesh that it was written for.
  if (kind === 'VirtualService') return namespace === place
  if (kind === 'Namespace') return name === istioPlace
  if (namespace !== istioPlace) return false
  if (kind === 'Secret') return controlPlaneSecrets.has(name)
  if (kind === 'ServiceAccount') return name === 'default'
  return kind === 'ConfigMap' && (name === 'kube-root-ca.crt' || name.startsWith('istio-'))
}

/**
 * A restart cannot be undone, and says so: its marks on a workload stay. That somebody wants no sidecars is their word, of
 * which nothing follows, and outlives the mesh: where it is said when the mesh goes already, no mesh is left to take it back with.
 */
function lasting(object: KubernetesObject): Json {
  return withoutMarks(stripped(object))
}

/** Whether somebody has said there that they want no sidecars. */
export function refusesSidecars(object: KubernetesObject): boolean {
  return Object.entries({ ...labelsOf(object), ...stringsAt(object, 'spec', 'template', 'metadata', 'labels') }).some(
    ([key, value]) => isRefusal(key, value),
  )
}

const isRefusal = (key: string, value: unknown): boolean => refusals.has(key) && refusals.get(key) === value

const refusals = new Map<string, unknown>([
  ['istio-injection', 'disabled'],
  ['sidecar.istio.io/inject', 'false'],
])

const marks = new Set(['kubectl.kubernetes.io/restartedAt', 'deployment.kubernetes.io/revision'])

function withoutMarks(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutMarks)
  if (!isRecord(value)) return value
  const out: JsonRecord = {}
  for (const [key, each] of Object.entries(value)) {
    const inner = each === undefined ? null : withoutMarks(each)
    const isEmpty = isRecord(inner) && Object.keys(inner).length === 0
    if (!marks.has(key) && !isEmpty && !isRefusal(key, each)) out[key] = inner
  }
  return out
}
