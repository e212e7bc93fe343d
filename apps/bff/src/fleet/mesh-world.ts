import { setImmediate } from 'node:timers/promises'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { createEngine, type Engine } from '@orbweaver/istio/findings/engine'
import type { Judge } from '@orbweaver/istio/findings/finding'
import { withSoundWays } from '@orbweaver/istio/findings/fixes/sound'
import { ranked } from '@orbweaver/istio/findings/judge'
import { judges } from '@orbweaver/istio/findings/judges'
import { definitionJudges } from '@orbweaver/istio/findings/schema/of-version'
import type { MeshWorld } from '@orbweaver/istio/findings/world'
import { meshConfigIn, type Place } from '@orbweaver/istio/meshes/facts'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { revisionOf } from '@orbweaver/istio/meshes/names'
import { runningVersion } from '@orbweaver/istio/meshes/running-version'
import { type MeshSettings, meshSettings } from '@orbweaver/istio/world/mesh-settings'
import { ignoredNamespaces } from '@orbweaver/istio/world/names'
import type { ClusterView } from '@orbweaver/istio/world/view'
import { kubernetesYaml } from '@orbweaver/istio/kubernetes-yaml'
import { parse } from 'yaml'
import { shippedDefinitions } from '../definitions.ts'
import { versionIn, viewOfMirror } from '../kube/cluster-view.ts'
import type { ClusterDoor, Fleet } from '../kube/doors.ts'

/** Where a mesh is judged from: as long as this is the same, what was judged before can be built upon. */
type Ground = {
  doors: readonly ClusterDoor[]
  unread: readonly string[]
  place: Place
  /** Of the mesh, or of what runs as its control plane, where it is known. */
  version: string | undefined
}
type Kept = { ground: Ground; engine: Engine; judging: Promise<void> | undefined }

/** What was judged, shared by all who look; it goes with its fleet. Of more meshes than this the least looked at go. */
const keptIn = new WeakMap<Fleet, Map<string, Kept>>()
const mostMeshes = 100

/**
 * What is found in a mesh, in no order; judged on the full world, never for one viewer. The same list until it changes.
 * Whoever asks first waits for a judgement of everything; whoever asks for something else does not.
 */
export async function findingsIn(fleet: Fleet, mesh: Mesh): Promise<readonly Finding[]> {
  const kept = keptFor(fleet, mesh)
  if (kept === undefined) return none
  await judged(kept)
  return seen(kept.engine.findings())
}

/** The same findings, with those of their ways out alone that hold in the mesh as it is now. */
export async function withSoundWaysIn<Found extends Finding>(
  fleet: Fleet,
  mesh: Mesh,
  findings: readonly Found[],
): Promise<Found[]> {
  const kept = keptFor(fleet, mesh)
  if (kept === undefined) return [...findings]
  await judged(kept)
  const told: Found[] = []
  for (const each of findings) {
    // Others have their turn: to try one takes some milliseconds.
    if (each.fixes.length > 0) await setImmediate()
    told.push(withSoundWays(kept.engine, each))
  }
  return told
}

/** Objects that are judged before the server turns to other requests: some milliseconds. */
const atOnce = 100

/** Brings what is judged in line with the clusters. All who ask meanwhile wait for the same judgement. */
async function judged(kept: Kept): Promise<void> {
  if (kept.judging === undefined && kept.engine.judge(atOnce)) return
  kept.judging ??= inTurns(kept.engine).finally(() => {
    kept.judging = undefined
  })
  await kept.judging
}

async function inTurns(engine: Engine): Promise<void> {
  do await setImmediate()
  while (!engine.judge(atOnce))
}

const none: readonly Finding[] = []
const known = new WeakMap<readonly Finding[], readonly Finding[]>()

/** Nobody looks into Kubernetes' own namespaces: neither istiod nor `istioctl analyze` does. */
function seen(findings: readonly Finding[]): readonly Finding[] {
  const kept = known.get(findings) ?? findings.filter(({ ref }) => !ignoredNamespaces.includes(homeOf(ref)))
  known.set(findings, kept)
  return kept
}

function homeOf({ kind, namespace, name }: Finding['ref']): string {
  return namespace ?? (kind === 'Namespace' ? name : '')
}

/** Objects before and after: undefined on the side where one does not exist. */
export type WorldChange = readonly {
  ref: Finding['ref']
  before: KubernetesObject | undefined
  after: KubernetesObject | undefined
}[]

/** Findings without and with a change, worst first: one view is laid over another, nothing is copied. */
export async function judgeChange(
  fleet: Fleet,
  mesh: Mesh,
  change: WorldChange,
): Promise<{ before: readonly Finding[]; after: readonly Finding[] }> {
  const kept = keptFor(fleet, mesh)
  if (kept === undefined) return { before: none, after: none }
  await judged(kept)
  const { engine } = kept
  const within = changeWithin(mesh, change)
  return { before: ranked(seen(engine.findings())), after: ranked(seen(engine.with(within))) }
}

function changeWithin(mesh: Mesh, change: WorldChange): WorldChange {
  const clusters = clustersOf(mesh)
  return change.filter(({ ref }) => clusters.includes(ref.cluster))
}

/** A mesh without and with a change: neither is there but while it is asked. */
type Worlds = {
  before: <Answer>(question: (world: MeshWorld) => Answer) => Answer
  after: <Answer>(question: (world: MeshWorld) => Answer) => Answer
}

/** Undefined while a mesh's config cluster is unknown. */
export function worldsOf(fleet: Fleet, { mesh, change }: { mesh: Mesh; change: WorldChange }): Worlds | undefined {
  const engine = keptFor(fleet, mesh)?.engine
  return (
    engine && {
      before: (question) => engine.ask(question),
      after: (question) => engine.ask(question, changeWithin(mesh, change)),
    }
  )
}

/** What a question says of a mesh's world without and with a change; undefined while its config cluster is unknown. */
export function askChange<Answer>(
  fleet: Fleet,
  draft: { mesh: Mesh; change: WorldChange },
  question: (world: MeshWorld) => Answer,
): { before: Answer; after: Answer } | undefined {
  const worlds = worldsOf(fleet, draft)
  return worlds && { before: worlds.before(question), after: worlds.after(question) }
}

/** What a question says of a mesh's world, for nobody in particular; undefined while its config cluster is unknown. */
export function askMesh<Answer>(fleet: Fleet, mesh: Mesh, question: (world: MeshWorld) => Answer): Answer | undefined {
  return keptFor(fleet, mesh)?.engine.ask(question)
}

/** Undefined while the config cluster is unknown. */
function keptFor(fleet: Fleet, mesh: Mesh): Kept | undefined {
  const ground = groundOf(fleet, mesh)
  const [config] = ground.doors
  if (config === undefined || config.name !== mesh.controlPlane.cluster) return undefined
  const meshes = keptIn.get(fleet) ?? new Map<string, Kept>()
  keptIn.set(fleet, meshes)
  const known = meshes.get(mesh.name)
  const kept = known !== undefined && isSame(known.ground, ground) ? known : judgeAnew(ground)
  meshes.delete(mesh.name)
  meshes.set(mesh.name, kept)
  const oldest = meshes.keys().next().value
  if (meshes.size > mostMeshes && oldest !== undefined) meshes.delete(oldest)
  return kept
}

/** The version that a mesh says, or what runs as its control plane shows; undefined where neither does. */
export function versionKnown(fleet: Fleet, mesh: Mesh): string | undefined {
  return groundOf(fleet, mesh).version
}

function groundOf(fleet: Fleet, mesh: Mesh): Ground {
  const config = mesh.controlPlane.cluster
  const names = [config, ...clustersOf(mesh).filter((each) => each !== config)]
  const doors = names.map((each) => fleet.get(each)).filter((each) => each !== undefined)
  const place = { namespace: mesh.controlPlane.namespace, revision: revisionOf(mesh) }
  return {
    doors,
    unread: names.filter((each) => fleet.get(each) === undefined),
    place,
    version: mesh.version ?? runningVersion(doors.map(viewOfMirror), place),
  }
}

/** As the control plane's configuration says; where that cannot be read, as Istio's chart would have it. */
function settingsIn(config: ClusterView, place: Place): MeshSettings {
  // Of providers nothing is kept: they may hold secrets.
  return meshSettings({ config: meshConfigIn(config, place), istioNamespace: place.namespace, providersUnread: true })
}

function isSame(one: Ground, other: Ground): boolean {
  return (
    one.version === other.version &&
    one.place.namespace === other.place.namespace &&
    one.place.revision === other.place.revision &&
    one.unread.join(' ') === other.unread.join(' ') &&
    one.doors.length === other.doors.length &&
    one.doors.every((each, index) => each === other.doors[index])
  )
}

function judgeAnew(ground: Ground): Kept {
  const { doors, unread, place, version } = ground
  const clusters = doors.map(viewOfMirror)
  const [config] = clusters
  if (config === undefined) throw new TypeError('a mesh without a cluster that is connected')
  const settings = (view: ClusterView) => settingsIn(view, place)
  const parts = {
    config,
    clusters,
    unread,
    settings,
    version,
    yaml: (text: string): unknown => parse(text, kubernetesYaml),
  }
  const byName = new Map(doors.map((each) => [each.name, each]))
  const engine = createEngine(parts, judgesFor(ground.version), (cluster, kind) => {
    const door = byName.get(cluster)
    return door === undefined ? 0 : versionIn(door, kind)
  })
  return { ground, engine, judging: undefined }
}

const byVersion = new Map<string, readonly Judge[]>()

/** The product's own judges, and what an API server would refuse by the definitions of a version of Istio. */
function judgesFor(version = ''): readonly Judge[] {
  const known = byVersion.get(version)
  if (known !== undefined) return known
  definitions ??= shippedDefinitions()
  const all = [...judges, ...definitionJudges(definitions, version)]
  byVersion.set(version, all)
  return all
}

let definitions: readonly KubernetesObject[] | undefined
