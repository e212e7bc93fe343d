import { ClusterSpec } from '@orbweaver/contracts/fleet-objects'
import type { IntentOf } from '@orbweaver/contracts/intent'
import { plainRecord, recordAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { meshNetwork } from '@orbweaver/istio/blueprints/network'
import { applyPaths, holds, inverse } from '@orbweaver/istio/diff/touched'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { fleetClusters } from '@orbweaver/kube/resources'
import { type DraftItem, noImpact, type Planner, type PlannerInput, refuse } from '../../changes/draft.ts'
import type { ChangeRecord } from '../../changes/record.ts'
import { meshOfCluster } from '../../fleet/mesh-of.ts'
import { choose } from './choose.ts'
import { credentialsCreate, credentialsDelete, isOwnSecretName, nextSecretName } from './credentials.ts'
import { whyNoUpdate } from './may-update.ts'
import { blockedBy, registeredAs, replaced, testConnection } from './kubeconfig-test.ts'
import { prometheusItems } from './prometheus-items.ts'

type Editing = PlannerInput<IntentOf<'clusters.edit'>>

/**
 * What a person may change of a registration, and its credentials. New credentials go into a Secret of their own, the
 * record is pointed at it, and the old one goes last: at every moment the record names a Secret that is there.
 */
export const planEdit: Planner<IntentOf<'clusters.edit'>> = async (input) => {
  const { viewer, fleet, intent } = input
  const { hub } = fleet
  const record = await viewer.get(hub.name, fleetClusters, { name: intent.name })
  if (record === undefined) return refuse('clusters.not_found', { name: intent.name })
  const mesh = meshOfCluster(fleet, intent.name)
  const credentials = await newCredentials(input, record)
  if ('reasons' in credentials) return { ok: false, reasons: credentials.reasons }
  const prometheus = await prometheusItems(input)
  if ('reasons' in prometheus) return { ok: false, reasons: prometheus.reasons }
  const { secretName, before, after, blocked } = credentials
  const update: DraftItem = {
    ref: refOf(hub.name, record),
    resource: fleetClusters,
    by: 'person',
    op: 'update',
    how: 'replace',
    edit: (live) => edited(live, intent.spec, secretName),
  }
  return {
    ok: true,
    draft: {
      title: { code: 'clusters.edit', params: { name: intent.name } },
      items: [
        ...before,
        before.length > 0 ? { ...update, onlyWith: before.length - 1 } : update,
        ...after.map((each) => ({ ...each, onlyWith: before.length })),
        ...prometheus.items,
      ],
      derived: [],
      impact: { ...noImpact, notes: notesOf(record, intent.spec, mesh) },
      blocked: [...blocked, ...heldByMesh(record, intent.spec, mesh)],
      // Credentials that were replaced are gone for good.
      undoable: intent.source === undefined && prometheus.items.length === 0,
    },
  }
}

const editable = Object.keys(ClusterSpec.shape)

/** Fields of the record that are not edited here stay as they are. */
function edited(live: KubernetesObject, spec: ClusterSpec, secretName: string | undefined): KubernetesObject {
  const kept = Object.entries(recordAt(live, 'spec')).filter(([key]) => !editable.includes(key))
  const credentials = secretName === undefined ? {} : { credentialsSecretName: secretName }
  return { ...live, spec: { ...Object.fromEntries(kept), ...plainRecord(spec), ...credentials } }
}

type Credentials = { secretName: string | undefined; before: DraftItem[]; after: DraftItem[]; blocked: Message[] }

/** Tested here again, as the very cluster that is registered: a plan is made anew before it is executed. */
async function newCredentials(
  { viewer, fleet, intent }: Editing,
  record: KubernetesObject,
): Promise<Credentials | { reasons: Message[] }> {
  if (intent.source === undefined) return { secretName: undefined, before: [], after: [], blocked: [] }
  const { hub } = fleet
  const { name } = intent
  // Testing dials whatever address was pasted, and the console writes the Secret by itself.
  const refusal = await whyNoUpdate(viewer, hub.name, name)
  if (refusal !== undefined) return { reasons: [refusal] }
  const chosen = choose(intent.source, fleet.offered())
  if (!chosen.ok) return { reasons: [chosen.refusal] }
  const records = hub.mirror.list(fleetClusters)
  const test = await testConnection({
    chosen,
    registered: (uid) => registeredAs(records, uid),
    replaces: replaced(record),
  })
  const present = textAt(record, 'spec', 'credentialsSecretName')
  const secretName = nextSecretName(name, present)
  return {
    secretName,
    before: [credentialsCreate(hub.name, { cluster: name, name: secretName, connection: chosen.connection })],
    after: isOwnSecretName(name, present) ? [credentialsDelete(hub.name, present)] : [],
    blocked: blockedBy(test),
  }
}

/**
 * A cluster's network is in the label of its namespace, in the values of its control plane, in the gateways between
 * networks and in every proxy since it was injected: it cannot be changed beside the mesh. A member's own network in the
 * Mesh wins over its record's, and changing it there is planned with all of these.
 */
function heldByMesh(record: KubernetesObject, spec: ClusterSpec, mesh: Mesh | undefined): Message[] {
  if (mesh === undefined) return []
  const { name } = record.metadata
  const before = meshNetwork(mesh, name, textAt(record, 'spec', 'network'))
  const after = meshNetwork(mesh, name, spec.network)
  if (before === after) return []
  const member = mesh.controlPlane.cluster !== name
  return [
    { code: member ? 'clusters.network_of_member' : 'clusters.network_in_mesh', params: { name, mesh: mesh.name } },
  ]
}

/** What the change does besides. */
function notesOf(record: KubernetesObject, spec: ClusterSpec, mesh: Mesh | undefined): Message[] {
  const { name } = record.metadata
  const differs = (after: string | undefined, ...path: string[]) => textAt(record, 'spec', ...path) !== after
  const notes: Message[] = []
  const member = mesh?.members.some((each) => each.cluster === name) === true
  if (mesh !== undefined && member && differs(spec.peerAddress, 'peerAddress')) {
    notes.push({ code: 'clusters.peer_address_in_mesh', params: { name, mesh: mesh.name } })
  }
  const { userPrefix, groupPrefix } = spec.identity ?? {}
  if (differs(userPrefix, 'identity', 'userPrefix') || differs(groupPrefix, 'identity', 'groupPrefix')) {
    notes.push({ code: 'clusters.identity_changes', params: { name } })
  }
  return notes
}

/**
 * The edit that takes an edit back, under the same rules: since then the cluster may have joined a mesh. undefined where
 * the record no longer is as the edit left it: then the general way says so.
 */
export function undoneEdit(
  record: ChangeRecord,
  live: KubernetesObject | undefined,
): IntentOf<'clusters.edit'> | undefined {
  const item = record.spec.items.find((each) => each.ref.kind === fleetClusters.kind && each.op === 'update')
  if (live === undefined || item === undefined || !holds(live, item.touched, 'after')) return undefined
  const spec = ClusterSpec.safeParse(recordAt(applyPaths(live, inverse(item.touched)), 'spec'))
  return spec.success ? { type: 'clusters.edit', name: live.metadata.name, spec: spec.data } : undefined
}
