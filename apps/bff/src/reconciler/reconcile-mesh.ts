import { isRecord, plainRecord, sameJson } from '@orbweaver/contracts/json'
import type { KubernetesObject, ObjectRef } from '@orbweaver/contracts/kubernetes'
import { blueprint } from '@orbweaver/istio/blueprints/blueprint'
import { hasKey } from '@orbweaver/istio/blueprints/gates'
import { leftovers } from '@orbweaver/istio/blueprints/leftovers'
import { readerSecretOf } from '@orbweaver/istio/blueprints/reads'
import { type Observed, type Stage, stageCluster } from '@orbweaver/istio/blueprints/stage'
import { stillUsed } from '@orbweaver/istio/blueprints/still-used'
import { leaveStages, uninstall } from '@orbweaver/istio/blueprints/uninstall'
import { clustersOf, isMesh, type Mesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { KubeError } from '@orbweaver/kube/error'
import { meshes } from '@orbweaver/kube/resources'
import type { Logger } from 'pino'
import { inFlight } from '../changes/in-flight.ts'
import type { Fleet } from '../kube/doors.ts'
import { registered } from '../kube/registration.ts'
import { type Applied, applyStage } from './apply-stage.ts'
import { isAnythingLeft } from './left-over.ts'
import { conditionsOf, type MeshStatus, type Phase, readStatus, stagesBefore } from './mesh-status.ts'
import { isBeingMet, observe, withReaders } from './observe.ts'
import { stageGuard, type StageFacts } from './stage-guard.ts'
import { isUsedNow } from './used-now.ts'
import { walk, type Walked } from './walk.ts'

export type Reconciling = {
  fleet: Fleet
  log: Logger
  now: () => Date
  mayWrite: () => boolean
  stageFacts: StageFacts
}

/** While this is on a Mesh its record stays until the reconciler has done what its deletionPolicy says. */
const finalizer = 'orbweaver.dev/mesh'

/**
 * One look at one Mesh: observe, make its blueprint, write where it differs, tell its status. Level-triggered: it can be
 * called at any time and goes on from whatever it finds. Writes to the clusters only while the person's last word
 * (generation, repair) was not carried out yet and does not say to wait (suspend); afterwards it observes: drift is reported, not fought.
 */
export async function reconcileMesh(with_: Reconciling, name: string): Promise<void> {
  const object = atRest(with_.fleet, name) ?? (await liveMesh(with_.fleet, name))
  if (object === undefined || !with_.mayWrite()) return
  const mesh = readMesh(object)
  if (!isMesh(mesh)) {
    with_.log.warn({ mesh: name, problems: mesh.problems.map((each) => each.code) }, 'mesh cannot be read')
    return
  }
  if (mesh.deleting) await dismantle(with_, mesh, object)
  else if (!finalizersOf(object).includes(finalizer))
    await setFinalizers(with_, object, [...finalizersOf(object), finalizer])
  else await bringAbout(with_, mesh, object)
}

/**
 * A mesh that only has to be looked at, as the mirror knows it: whatever moves in its clusters brings a look, and the hub is
 * not asked for each. Should the mirror be behind, nothing is written: the status carries the version it was made from.
 */
function atRest(fleet: Fleet, name: string): KubernetesObject | undefined {
  const object = fleet.hub.mirror.get(meshes, { name })
  const mesh = object === undefined ? undefined : readMesh(object)
  if (object === undefined || mesh === undefined || !isMesh(mesh) || mesh.deleting) return undefined
  return finalizersOf(object).includes(finalizer) && !isBehind(mesh, readStatus(object)) ? object : undefined
}

/** Whether the person's last word was not carried out yet. */
function isBehind(mesh: Mesh, status: MeshStatus): boolean {
  return status.observedGeneration < mesh.generation || status.observedRepair < mesh.repair
}

async function liveMesh(fleet: Fleet, name: string): Promise<KubernetesObject | undefined> {
  try {
    return await fleet.hub.own.get(meshes, { name })
  } catch (error) {
    if (error instanceof KubeError && error.code === 'not_found') return undefined
    throw error
  }
}

async function bringAbout(with_: Reconciling, mesh: Mesh, object: KubernetesObject): Promise<void> {
  const status = readStatus(object)
  const leaving = leavingClusters(mesh, status)
  const behind = isBehind(mesh, status)
  const writing = behind && !mesh.suspend
  const observed = observe(with_.fleet, mesh, [...clustersOf(mesh), ...leaving])
  if (isBeingMet(with_.fleet, observed, with_.now())) return
  const known = writing ? await withReaders(with_.fleet, observed, readersOf(mesh)) : withKnownReaders(observed, mesh)
  const stages = [
    ...blueprint(mesh, known),
    ...leaving.flatMap((cluster) => leavingStages(with_, mesh, { cluster, known })),
  ]
  const guard = stageGuard(with_, mesh, known)
  const walked = await walk({
    stages,
    observed: known,
    before: stagesBefore(status, mesh.generation),
    now: with_.now(),
    apply: writing ? (stage) => applyHere(with_, stage) : undefined,
    guard: async (stage) => (leaving.includes(stageCluster(stage)) ? stillUsed(mesh, stage, known) : guard(stage)),
  })
  if (walked.stopped) return
  const kept = await stillLeaving(with_, mesh, { leaving, walked, stages, writing, observed: known })
  // Gates may pass that were asked before anything was written.
  const done = walked.allPassed && kept.length === 0 && (writing || !behind)
  await writeStatus(with_, object, {
    ...status,
    ...(done && { observedGeneration: mesh.generation, observedRepair: mesh.repair }),
    ...told(with_, mesh, { status, phase: phaseOf(walked, { behind, writing }), stages: walked.stages }),
    members: membersOf(mesh, walked, kept),
    ...leftoversOf(mesh, leaving, known),
    ...entranceOf(walked),
  })
}

/** Clusters that were members and are no longer asked for: still to be cleaned, however long they are away. */
function leavingClusters(mesh: Mesh, status: MeshStatus): string[] {
  const wanted = new Set(clustersOf(mesh))
  return status.members.map((each) => each.cluster).filter((cluster) => !wanted.has(cluster))
}

/** Of a cluster that nobody waits for, or that can never be asked again, only what its control plane knows of it goes. */
function leavingStages({ fleet }: Reconciling, mesh: Mesh, of: { cluster: string; known: Observed }): Stage[] {
  const stages = leaveStages(mesh, of.cluster, of.known)
  return isLeftBehind(fleet, mesh, of.cluster) ? stages.filter((stage) => stage.cluster !== of.cluster) : stages
}

/** A cluster whose registration is gone, and one that a person no longer waits for. */
function isLeftBehind(fleet: Fleet, mesh: Mesh, cluster: string): boolean {
  return mesh.leaveBehind.includes(cluster) || registered(fleet, cluster) === 'no'
}

function readersOf(mesh: Mesh): { cluster: string; namespace: string; name: string }[] {
  return mesh.members.map(({ cluster }) => ({ cluster, ...readerSecretOf(mesh.controlPlane.namespace) }))
}

/** Only looking: that a token was made is seen from the Secret's keys; its value is needed by nobody. */
function withKnownReaders(observed: Observed, mesh: Mesh): Observed {
  const out = new Map(observed)
  for (const { cluster, namespace, name } of readersOf(mesh)) {
    const here = out.get(cluster)
    const secret = here?.view?.get('Secret', name, namespace)
    if (here !== undefined && secret !== undefined && hasKey(secret, 'token'))
      out.set(cluster, { ...here, reader: { token: '', ca: '' } })
  }
  return out
}

async function applyHere(with_: Reconciling, stage: Stage): Promise<Applied> {
  const door = with_.fleet.get(stage.cluster)
  if (door === undefined) return { state: 'refused', code: 'unregistered', message: stage.cluster }
  const applied = await applyStage({ door, stage, mayWrite: with_.mayWrite })
  if (applied.state === 'applied' && applied.writes > 0) {
    with_.log.info({ stage: stage.id, writes: applied.writes }, 'stage written')
  }
  return applied
}

function phaseOf(walked: Walked, { behind, writing }: { behind: boolean; writing: boolean }): Phase {
  if (behind && !writing) return 'Suspended'
  if (walked.allPassed) return 'Ready'
  if (!writing) return 'Degraded'
  return walked.anyFailed ? 'Failed' : 'Progressing'
}

function membersOf(mesh: Mesh, walked: Walked, leaving: readonly string[]): MeshStatus['members'] {
  const states = (cluster: string) => walked.stages.filter((stage) => stage.cluster === cluster)
  const joined = clustersOf(mesh).map((cluster) => ({ cluster, state: memberState(states(cluster)) }))
  return [...joined, ...leaving.map((cluster) => ({ cluster, state: 'leaving' }))]
}

type Leaving = {
  leaving: readonly string[]
  walked: Walked
  stages: readonly Stage[]
  writing: boolean
  observed: Observed
}

/** Members that are not gone yet. */
async function stillLeaving({ fleet, mayWrite }: Reconciling, mesh: Mesh, of: Leaving): Promise<string[]> {
  const mayRemove = () => of.writing && mayWrite()
  const still = await inFlight(of.leaving, 4, async (cluster) => {
    if (of.walked.stages.some((each) => each.cluster === cluster && each.state !== 'done')) return [cluster]
    const stages = of.stages.filter((each) => stageCluster(each) === cluster)
    if (await isAnythingLeft({ fleet, mesh: mesh.name, stages, mayRemove })) return [cluster]
    const isReleasing = stages.some((each) => each.name === 'released')
    return isReleasing && (await isUsedNow(fleet, mesh, { cluster, observed: of.observed })) ? [cluster] : []
  })
  return still.flat()
}

function memberState(stages: Walked['stages']): string {
  if (stages.some((stage) => stage.state === 'failed' || stage.state === 'blocked')) return 'failed'
  return stages.every((stage) => stage.state === 'done') ? 'ready' : 'progressing'
}

/** What stays in clusters that leave; once told it is kept, until another cluster leaves. */
function leftoversOf(mesh: Mesh, clusters: readonly string[], observed: Observed): { leftovers?: ObjectRef[] } {
  const views = clusters.map((cluster) => observed.get(cluster)?.view).filter((view) => view !== undefined)
  const found = views.flatMap((view) => leftovers(mesh, view).map((each) => each.ref))
  return found.length > 0 ? { leftovers: found.slice(0, 500) } : {}
}

function entranceOf(walked: Walked): Pick<MeshStatus, 'entrance'> {
  const address = walked.stages.find((stage) => stage.name === 'entrance' && stage.state === 'done')?.params?.address
  return typeof address === 'string' ? { entrance: { address } } : {}
}

/** A Mesh that is being deleted: Retain drops the record and touches no cluster, Uninstall takes it apart first. */
async function dismantle(with_: Reconciling, mesh: Mesh, object: KubernetesObject): Promise<void> {
  const without = finalizersOf(object).filter((each) => each !== finalizer)
  if (mesh.deletionPolicy === 'Retain') return setFinalizers(with_, object, without)
  const status = readStatus(object)
  const leaving = leavingClusters(mesh, status).map((cluster) => ({ cluster, network: undefined, values: {} }))
  const whole = { ...mesh, members: [...mesh.members, ...leaving] }
  const members = clustersOf(whole)
  const observed = observe(with_.fleet, mesh, members)
  if (isBeingMet(with_.fleet, observed, with_.now())) return
  // What is left behind the record says until it goes.
  const gone = members.filter((cluster) => isLeftBehind(with_.fleet, mesh, cluster))
  const stages = uninstall(whole, observed, gone)
  const walked = await walk({
    stages,
    observed,
    before: stagesBefore(status, mesh.generation),
    now: with_.now(),
    apply: (stage) => applyHere(with_, stage),
    guard: (stage) => Promise.resolve(stillUsed(mesh, stage, observed)),
  })
  if (walked.stopped) return
  if (walked.allPassed && (await isLetGo(with_, whole, { stages, observed })))
    return setFinalizers(with_, object, without)
  await writeStatus(with_, object, {
    ...status,
    ...told(with_, mesh, { status, phase: 'Terminating', stages: walked.stages }),
  })
}

/** Whether nothing of a mesh is left, and nothing asks for it, in the clusters that it is taken from. */
async function isLetGo(
  { fleet, mayWrite }: Reconciling,
  mesh: Mesh,
  { stages, observed }: { stages: readonly Stage[]; observed: Observed },
): Promise<boolean> {
  if (await isAnythingLeft({ fleet, mesh: mesh.name, stages, mayRemove: mayWrite })) return false
  const released = stages.filter((each) => each.name === 'released')
  const used = await inFlight(released, 4, ({ cluster }) => isUsedNow(fleet, mesh, { cluster, observed }))
  return !used.includes(true)
}

type Standing = Pick<MeshStatus, 'phase' | 'stages'> & { status: MeshStatus }

/** The phase with its stages, and the same as a condition. */
function told({ now }: Reconciling, { generation }: Mesh, { status, phase, stages }: Standing) {
  return { phase, stages, conditions: conditionsOf(status.conditions, { phase, stages, generation, now: now() }) }
}

function finalizersOf(object: KubernetesObject): string[] {
  const found = object.metadata.finalizers
  return Array.isArray(found) ? found.filter((each) => typeof each === 'string') : []
}

async function setFinalizers(with_: Reconciling, object: KubernetesObject, finalizers: string[]): Promise<void> {
  const { resourceVersion } = object.metadata
  const body = { metadata: { finalizers, ...(resourceVersion !== undefined && { resourceVersion }) } }
  const target = { name: object.metadata.name }
  await with_.fleet.hub.own.patch(meshes, target, { type: 'merge', body, fieldManager: 'orbweaver-mesh' })
}

async function writeStatus(with_: Reconciling, object: KubernetesObject, status: MeshStatus): Promise<void> {
  const next = plainRecord(status)
  if (!with_.mayWrite() || sameJson(next, plainRecord(readStatus(object)))) return
  const body = { ...object, status: { ...(isRecord(object.status) ? object.status : {}), ...next } }
  const writing = with_.fleet.hub.own.replace(meshes, body, { subresource: 'status', fieldManager: 'orbweaver-mesh' })
  await writing.catch((error: unknown) => {
    // Somebody has just written the record: the notice of it brings the next look.
    if (!(error instanceof KubeError && error.code === 'conflict')) throw error
  })
}
