import { canonicalJson, isRecord, type Json, type JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { ApiServer } from '@orbweaver/sandbox/server/api-server'
import * as kinds from '@orbweaver/kube/resources'

/** Everything that lasts in a cluster, by what it is. */
export type Snapshot = ReadonlyMap<string, KubernetesObject>

const clusterWide = [
  ...Object.values(kinds).filter(({ namespaced }) => !namespaced),
  ...['ClusterRole', 'ClusterRoleBinding'].map((kind) => ({ group: 'rbac.authorization.k8s.io', version: 'v1', kind })),
].map(({ group, version, kind }) => ({ apiVersion: group === '' ? version : `${group}/${version}`, kind }))

/** Controllers make and end these as they go, whoever caused it. */
const passing = new Set([
  'ControllerRevision',
  'EndpointSlice',
  'Endpoints',
  'Event',
  'Pod',
  'PodMetrics',
  'ReplicaSet',
])
/** The console's own in the hub: sessions, keys and the history of what was done. */
const isConsoles = ({ kind, metadata }: KubernetesObject): boolean =>
  kind === 'Change' || (metadata.namespace === 'orbweaver-system' && (kind === 'Secret' || kind === 'Lease'))

export function snapshot({ store }: ApiServer): Snapshot {
  const wide = clusterWide.flatMap((at) => served(() => store.list(at)))
  const names = store.list({ apiVersion: 'v1', kind: 'Namespace' }).map((each) => each.metadata.name)
  const all = [...wide, ...names.flatMap((name) => store.within(name))]
  return new Map(
    all
      .filter((each) => !passing.has(each.kind) && !isConsoles(each))
      .map((each) => [nameOf(each.kind, each.metadata), each]),
  )
}

export function nameOf(kind: string, { namespace, name }: { namespace?: string | undefined; name: string }): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`
}

/** A cluster without Istio does not serve its kinds. */
function served(list: () => KubernetesObject[]): KubernetesObject[] {
  try {
    return list()
  } catch {
    return []
  }
}

/** What is there and was not, is gone, or is different. */
export function differences(before: Snapshot, after: Snapshot): string[] {
  const left = [...after.keys()].filter((key) => !before.has(key))
  const gone = [...before.keys()].filter((key) => !after.has(key)).map((key) => `gone: ${key}`)
  const changed = [...before].flatMap(([key, object]) => {
    const now = after.get(key)
    if (now === undefined) return []
    const [was, is] = [object, now].map((each) => canonicalJson(lasting(each)))
    return was === is ? [] : [`changed: ${key}: ${was} is now ${is}`]
  })
  return [...left, ...gone, ...changed].toSorted()
}

/** What servers write by themselves, and a restart, which nobody can take back. */
const drifting = new Set([
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'managedFields',
  'status',
  'kubectl.kubernetes.io/restartedAt',
  'deployment.kubernetes.io/revision',
])

function lasting(value: Json): Json {
  if (Array.isArray(value)) return value.map(lasting)
  if (!isRecord(value)) return value
  const out: JsonRecord = {}
  for (const [key, each] of Object.entries(value)) {
    const inner = each === undefined ? null : lasting(each)
    const isEmpty = isRecord(inner) && Object.keys(inner).length === 0
    if (!drifting.has(key) && !isEmpty) out[key] = inner
  }
  return out
}
