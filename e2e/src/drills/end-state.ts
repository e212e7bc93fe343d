import { canonicalJson, isRecord, type Json, type JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Resource } from '@orbweaver/kube/client'
import * as kinds from '@orbweaver/kube/resources'
import type { GatedFleet } from '../harness/gated-fleet.ts'

const inHub: Resource[] = [kinds.fleetClusters, kinds.meshes]
const inMembers: Resource[] = [
  kinds.namespaces,
  kinds.services,
  kinds.secrets,
  kinds.serviceAccounts,
  kinds.deployments,
  kinds.mutatingWebhookConfigurations,
  kinds.validatingWebhookConfigurations,
  kinds.istios,
  kinds.istioRevisions,
  kinds.istioRevisionTags,
  kinds.istioGateways,
]

/** What is left in all clusters, without what no two runs can have in common. One line an object, in order. */
export async function endState(fleet: GatedFleet): Promise<string[]> {
  const clusters = [...fleet.fleet.clusters.keys()]
  const lines = await Promise.all(clusters.map((cluster) => linesOf(fleet, cluster)))
  return lines.flat().toSorted()
}

async function linesOf(fleet: GatedFleet, cluster: string): Promise<string[]> {
  const resources = cluster === 'hub' ? inHub : inMembers
  const lists = await Promise.all(resources.map((resource) => fleet.admin(cluster).list(resource)))
  return lists.flatMap(({ items }) => items.map((each) => `${cluster} ${canonicalJson(lasting(each))}`))
}

/** Names of server-made things and times differ from run to run; everything a person or the console decided stays. */
const drifting = new Set([
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'managedFields',
  'caBundle',
  'lastTransitionTime',
  'clusterIP',
  'clusterIPs',
  'nodePort',
  'healthCheckNodePort',
  'asOf',
  'since',
  'status',
  'kubernetes.io/service-account.uid',
])

function lasting(object: KubernetesObject): Json {
  const plain = stripped(object)
  if (object.kind !== 'Secret' || !isRecord(plain)) return plain
  // Tokens and keys are new in every run; that they are there, and under which key, is what counts.
  return { ...plain, data: Object.keys(isRecord(object.data) ? object.data : {}).toSorted() }
}

/** Without what no two runs can have in common. */
export function stripped(value: Json): Json {
  if (Array.isArray(value)) return value.map(stripped)
  if (!isRecord(value)) return value
  const out: JsonRecord = {}
  for (const [key, each] of Object.entries(value)) {
    if (!drifting.has(key) && each !== undefined) out[key] = stripped(each)
  }
  return out
}
