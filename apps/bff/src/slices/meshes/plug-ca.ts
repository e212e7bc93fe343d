import type { Authority } from '@orbweaver/contracts/certificates'
import type { IntentOf } from '@orbweaver/contracts/intent'
import type { Message } from '@orbweaver/contracts/message'
import { breaks, type CaFiles, needsRestart, nextRoots } from '@orbweaver/istio/certificates/change'
import { checkCa } from '@orbweaver/istio/certificates/check-ca'
import { gateOf } from '@orbweaver/istio/certificates/root-change'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { deployments, pods, secrets } from '@orbweaver/kube/resources'
import { type Draft, type DraftItem, noImpact, type Planner, type PlannerOutcome, refuse } from '../../changes/draft.ts'
import { meshFor } from '../../fleet/mesh-of.ts'
import type { ClusterDoor, Fleet } from '../../kube/doors.ts'
import type { Asking } from './asking.ts'
import { authorityIn, handedIn } from '../../fleet/signing-authority.ts'
import { authorityItem, istiodsOf, replicasOf } from './authority-items.ts'
import { whyNoSecrets } from './rights.ts'
import { hasProxy, rootState } from './root-evidence.ts'

/**
 * Gives a mesh that runs another authority: Secret `cacerts`, and istiod started anew where it would not take it live.
 * Refused where it would cut workloads off from each other.
 */
export const planPlugCa: Planner<IntentOf<'meshes.plug-ca'>> = async ({ viewer, fleet, intent }) => {
  const ground = await groundOf({ viewer, fleet }, intent.name)
  if ('ok' in ground) return ground
  const { mesh, door } = ground
  const title = { code: 'meshes.plug-ca', params: { name: mesh.name } }
  const faults = await checkCa(intent.ca, new Date())
  if (faults.length > 0) return { ok: true, draft: blockedDraft(title, faults) }
  const secret = authorityItem(door, mesh.controlPlane, intent.ca)
  return { ok: true, draft: { title, ...(await authorityChange(fleet, ground, { next: intent.ca, secret })) } }
}

export type Ground = { mesh: Mesh; door: ClusterDoor; present: Authority | undefined }

/**
 * What a change of authority stands on. What is there already, and what a change would break, is for those who may make one.
 */
export async function groundOf(
  { viewer, fleet }: Asking,
  name: string,
): Promise<Ground | Extract<PlannerOutcome, { ok: false }>> {
  const mesh = await meshFor(viewer, fleet, name)
  if (mesh === undefined) return refuse('meshes.not_found', { name })
  if (mesh.kind === 'External') return refuse('certificates.not_ours', { name: mesh.name })
  const { cluster, namespace } = mesh.controlPlane
  const door = fleet.get(cluster)
  if (door?.mirror.known(secrets) !== true) return refuse('certificates.unread', { cluster, namespace })
  const unpermitted = await whyNoSecrets(door, viewer.identity, mesh.controlPlane)
  if (unpermitted !== undefined) return { ok: false, reasons: [unpermitted] }
  return { mesh, door, present: await authorityIn(door, namespace) }
}

export function blockedDraft(title: Message, blocked: Message[]): Draft {
  return { title, items: [], derived: [], impact: noImpact, blocked, undoable: false }
}

type Wanted = { next: CaFiles; secret: DraftItem }

/** The Secret, the restarts it takes, and what it would break. The values before are not kept: the way back is a plan. */
export async function authorityChange(
  fleet: Fleet,
  { mesh, door, present }: Ground,
  { next, secret }: Wanted,
): Promise<Omit<Draft, 'title'>> {
  const restarts = (await needsRestart(present, next)) ? istiodsOf(door, mesh) : []
  const gate = isInjected(fleet, mesh) ? await hindrances(fleet, { mesh, door, present }, next) : nothing
  const podsRestarting = restarts.reduce((sum, ref) => sum + replicasOf(door, ref), 0)
  const params = { cluster: mesh.controlPlane.cluster }
  const notes = [...(restarts.length > 0 ? [{ code: 'certificates.istiod_restarts', params }] : []), ...gate.notes]
  const restartItems = restarts.map((ref): DraftItem => ({ ref, resource: deployments, by: 'person', op: 'restart' }))
  return {
    items: [secret, ...restartItems],
    derived: [],
    impact: { ...noImpact, podsRestarting, notes },
    blocked: gate.blocked,
    undoable: false,
  }
}

type Hindrances = { blocked: Message[]; notes: Message[] }
const nothing: Hindrances = { blocked: [], notes: [] }

/** What would be cut off at once, and what the phase before has not reached yet. */
async function hindrances(fleet: Fleet, { mesh, door, present }: Ground, next: CaFiles): Promise<Hindrances> {
  const broken = await breaks({ handed: await handedIn(door, mesh), present, next })
  if (broken.length > 0 || present === undefined) return { blocked: broken, notes: [] }
  const state = await rootState(fleet, mesh, { authority: present, now: new Date() })
  return gateOf(state, present, await nextRoots(next))
}

/** Whether any Pod of the mesh has a proxy. */
function isInjected(fleet: Fleet, mesh: Mesh): boolean {
  return clustersOf(mesh).some((cluster) => (fleet.get(cluster)?.mirror.list(pods) ?? []).some(hasProxy))
}
