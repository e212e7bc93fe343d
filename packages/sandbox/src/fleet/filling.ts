import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { KubeClient } from '@orbweaver/kube/client'
import type { Connection } from '@orbweaver/kube/connection'
import type { SettableClock } from '../clock.ts'
import type { ApiServer } from '../server/api-server.ts'
import type { World, WorldCluster } from '../worlds/world.ts'
import type { ClusterActors } from './cluster-actors.ts'
import { type Building, type BuildingSite, buildMesh, strandMesh } from './mesh-builder.ts'
import { copyNamespace } from './namespace-copies.ts'
import { consoleConnection, registration } from './registration.ts'
import type { Troubles } from './troubles.ts'
import { seedBindings, seedStage, stageRests, worldRests } from './seed.ts'

export type FleetMember = {
  name: string
  server: ApiServer
  /** An administrator from outside, whom the server's faults reach. */
  admin: KubeClient
  adminConnection: Connection
  /** The same from inside, for what lives in the cluster. */
  inside: KubeClient
  troubles: Troubles
}

/** A fleet whose servers and actors run, and the world that is to be in it. */
export type Filling = {
  world: World
  clock: SettableClock
  log: (line: string) => void
  options: { plain?: boolean }
  members: Map<string, FleetMember>
  actors: Map<string, ClusterActors>
}

const SETTLE_MS = 30_000
const MESH_MS = 60_000

type Context = { name: string; connection: Connection }

/**
 * Brings a world about: what every cluster stands on, the meshes, what runs in them, and the copies of that. Gives the
 * console's contexts, hub first.
 */
export async function fillWorld(filling: Filling): Promise<Context[]> {
  const { world } = filling
  const places = placesOf(filling)
  await Promise.all(places.map(({ server, cluster }) => seedStage(server, cluster.stages[0] ?? [])))
  const contexts = await register(filling, places)
  await Promise.all(
    places.map(async ({ server, actors, cluster }) => {
      if (cluster.stages.length > 1 || world.meshes !== undefined)
        await stageRests(server, actors.context.caches, cluster.stages[0] ?? [])
    }),
  )
  await makeMeshes(filling, contexts)
  await Promise.all(places.map((place) => finish(filling, place)))
  return contexts
}

type Place = { server: ApiServer; actors: ClusterActors; cluster: WorldCluster }

function placesOf({ world, members, actors }: Filling): Place[] {
  return [world.hub, ...world.members].flatMap((cluster) => {
    const [member, own] = [members.get(cluster.name), actors.get(cluster.name)]
    return member === undefined || own === undefined ? [] : [{ server: member.server, actors: own, cluster }]
  })
}

/** The console's contexts; members that a world has registered become FleetClusters. */
async function register({ world, members, options }: Filling, places: readonly Place[]): Promise<Context[]> {
  const contexts: Context[] = []
  const hub = members.get(world.hub.name)?.server
  for (const { server, cluster } of places) {
    seedBindings(server, world.personas)
    const connection = await consoleConnection(server, options.plain)
    contexts.push({ name: cluster.name, connection })
    if (!cluster.registered) continue
    for (const object of registration(cluster, connection)) hub?.store.put(object, 'orbweaver')
  }
  return contexts
}

async function makeMeshes(filling: Filling, contexts: readonly Context[]): Promise<void> {
  const building = buildingOf(filling, contexts)
  const made = (filling.world.meshes ?? []).map((mesh) => buildMesh(building, mesh))
  for (const mesh of await Promise.all(made)) keepMesh(filling, mesh)
}

/** Meshes that come to no end, once everything is as wrong as the world wants it. */
export async function strandMeshes(filling: Filling, contexts: readonly Context[]): Promise<void> {
  const building = { ...buildingOf(filling, contexts), patienceMs: SETTLE_MS }
  const begun = (filling.world.unfinished ?? []).map((mesh) => strandMesh(building, mesh))
  for (const mesh of await Promise.all(begun)) keepMesh(filling, mesh)
}

function keepMesh({ world, members }: Filling, mesh: KubernetesObject): void {
  members.get(world.hub.name)?.server.store.put(mesh, 'orbweaver')
}

function buildingOf({ world, members, actors, clock }: Filling, contexts: readonly Context[]): Building {
  const sites = new Map<string, BuildingSite>()
  for (const { name, network } of world.members) {
    const [client, own] = [members.get(name)?.inside, actors.get(name)]
    const server = contexts.find((each) => each.name === name)?.connection.server ?? ''
    if (client === undefined || own === undefined) continue
    sites.set(name, { client, caches: own.context.caches, isIdle: own.isIdle, network, server })
  }
  return { sites, clock, patienceMs: MESH_MS }
}

/** What runs in a cluster once its mesh stands, and what is there many times over. */
async function finish({ log, clock }: Filling, { server, actors, cluster }: Place): Promise<void> {
  const { caches } = actors.context
  const [, ...rest] = cluster.stages
  for (const [index, stage] of rest.entries()) {
    await seedStage(server, stage)
    if (index + 1 < rest.length) await stageRests(server, caches, stage)
  }
  if (!(await worldRests(caches, cluster, SETTLE_MS)))
    log(`${cluster.name}: not all workloads of the world came up in ${SETTLE_MS / 1000} s`)
  if (cluster.copies !== undefined) {
    await untilIdle(server, actors)
    for (const copies of cluster.copies) copyNamespace(server, cluster.podNetwork, copies)
  }
  cluster.afterwards?.(server.store, clock.now())
  await server.settled()
}

/** What is copied must be finished: what is half done in the model would be half done a hundred times. */
async function untilIdle(server: ApiServer, actors: ClusterActors): Promise<void> {
  const until = Date.now() + SETTLE_MS
  for (let quiet = 0; quiet < QUIET_LOOKS; quiet = actors.isIdle() ? quiet + 1 : 0) {
    if (Date.now() > until) throw new Error(`${server.name}: its actors did not come to rest`)
    await server.settled()
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
}

/** Between two looks the news of a write reaches everybody; a timer that was due has rung. */
const QUIET_LOOKS = 3
const LOOK_AGAIN_MS = 20
