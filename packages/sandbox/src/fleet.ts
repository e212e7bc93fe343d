import { randomBytes } from 'node:crypto'
import type { KubeClient } from '@orbweaver/kube/client'
import { createKubeClient } from '@orbweaver/kube/connect'
import type { Connection } from '@orbweaver/kube/connection'
import { writeKubeconfig } from '@orbweaver/kube/kubeconfig'
import { renderRevision } from './actors/sail/render.ts'
import { createClock, type SettableClock } from './clock.ts'
import { type ClusterActors, startClusterActors } from './fleet/cluster-actors.ts'
import { operatorVersions } from './fleet/operator-versions.ts'
import { consoleConnection, registration } from './fleet/registration.ts'
import { connectRemote } from './fleet/remote-connection.ts'
import { seedBindings, seedGround, seedStages, worldRests } from './fleet/seed.ts'
import { istiodBehind, type RoutedCluster, type ServicePort } from './fleet/service-routes.ts'
import { type ApiServer, startApiServer } from './server/api-server.ts'
import type { Persona, World, WorldCluster } from './worlds/world.ts'

export type FleetOptions = {
  /** Port of the hub; members follow. Any free ports when absent. */
  portBase?: number
  /** Milliseconds a Pod takes to start once the world stands. Default 150. */
  podStartMs?: number
  /** Milliseconds between probes of remote control planes. Default 3,000, as the real operator. */
  probeIntervalMs?: number
  log?: (line: string) => void
  /** Of the servers and all that lives in them; one of its own, running, when absent. */
  clock?: SettableClock
}

type FleetMember = { name: string; server: ApiServer; admin: KubeClient; adminConnection: Connection }

export type Fleet = {
  clusters: ReadonlyMap<string, FleetMember>
  /** What the console is started with: its own ServiceAccount everywhere, never an administrator. */
  kubeconfig: string
  /** For tests' set-up. */
  adminKubeconfig: string
  personas: Persona[]
  clock: SettableClock
  stop: () => Promise<void>
}

/** Actors are many small callers: the client's politeness towards real API servers would only slow them down. */
const LIMITS = { qps: 100_000, burst: 100_000, maxInFlight: 64 }
const SEED_POD_MS = 5
const SETTLE_MS = 30_000

/** What has been started so far, so that it can be stopped from any point on. */
type Started = {
  world: World
  options: FleetOptions
  clock: SettableClock
  podStartMs: number
  members: Map<string, FleetMember>
  actors: Map<string, ClusterActors>
  routed: Map<string, RoutedCluster>
}

/** Starts the servers of a world, fills them, and sets their actors to work. Stops everything again if that fails. */
export async function startFleet(world: World, options: FleetOptions = {}): Promise<Fleet> {
  const started: Started = {
    world,
    options,
    clock: options.clock ?? createClock(),
    podStartMs: SEED_POD_MS,
    members: new Map(),
    actors: new Map(),
    routed: new Map(),
  }
  try {
    const all = [world.hub, ...world.members]
    for (const [index, cluster] of all.entries())
      started.members.set(cluster.name, await openMember(started, cluster, index))
    for (const cluster of all) startActors(started, cluster)
    await Promise.all(all.map((cluster) => fill(started, cluster)))
    const contexts = await register(started)
    started.podStartMs = options.podStartMs ?? 150
    const admins = [...started.members.values()].map(({ name, adminConnection }) => ({
      name,
      connection: adminConnection,
    }))
    return {
      clusters: started.members,
      kubeconfig: writeKubeconfig(contexts),
      adminKubeconfig: writeKubeconfig(admins),
      personas: world.personas,
      clock: started.clock,
      stop: () => stopAll(started),
    }
  } catch (error) {
    await stopAll(started)
    throw error
  }
}

async function stopAll({ members, actors }: Started): Promise<void> {
  await Promise.all([...actors.values()].map((each) => each.stop()))
  await Promise.all([...members.values()].map(({ admin }) => admin.close()))
  await Promise.all([...members.values()].map(({ server }) => server.close()))
}

async function openMember(
  { world, options, clock }: Started,
  cluster: WorldCluster,
  index: number,
): Promise<FleetMember> {
  const port = options.portBase === undefined ? {} : { port: options.portBase + index }
  const server = await startApiServer({
    name: cluster.name,
    version: cluster.kubernetes,
    uidSeed: world.name,
    clock,
    ...port,
  })
  const token = randomBytes(24).toString('base64url')
  server.addUser({ token, name: 'kubernetes-admin', groups: ['system:masters'] })
  const adminConnection = { server: server.secureUrl, certificateAuthority: server.ca, token }
  // The actors' own client is spared the cost of TLS.
  const admin = createKubeClient({ cluster: cluster.name, connection: { server: server.url, token }, limits: LIMITS })
  seedGround(server, cluster, cluster === world.hub ? 'hub' : 'member')
  return { name: cluster.name, server, admin, adminConnection }
}

function startActors(started: Started, cluster: WorldCluster): void {
  const { members, actors, routed, options } = started
  const member = members.get(cluster.name)
  if (member === undefined) return
  const behind = (target: ServicePort) => istiodBehind(routed, cluster.name, target)
  member.server.routeService((target) => {
    const istiod = behind(target)
    return istiod === undefined ? undefined : (review, path) => Promise.resolve(istiod.answer({ review, path }))
  })
  const clusterActors = startClusterActors({
    client: member.admin,
    follow: member.server.follow,
    world: cluster,
    podStartMs: () => started.podStartMs,
    clock: started.clock,
    sail: {
      render: renderRevision,
      versions: operatorVersions(cluster.operator?.newestMinor ?? 31),
      probeIntervalMs: options.probeIntervalMs ?? 3_000,
      probe: (target) =>
        behind(target) === undefined
          ? Promise.reject(
              new Error(`Get "https://${target.name}.${target.namespace}.svc:443/ready": connection refused`),
            )
          : Promise.resolve(),
    },
    connect: (clusterId, text) => connectRemote(clusterId, text, LIMITS),
    log: options.log ?? (() => undefined),
  })
  actors.set(cluster.name, clusterActors)
  routed.set(cluster.name, { caches: clusterActors.context.caches, istiods: clusterActors.istiods })
}

async function fill({ members, actors, world, options }: Started, cluster: WorldCluster): Promise<void> {
  const server = members.get(cluster.name)?.server
  const caches = actors.get(cluster.name)?.context.caches
  if (server === undefined || caches === undefined) return
  await seedStages(server, caches, cluster.stages)
  seedBindings(server, world.personas)
  if (!(await worldRests(caches, cluster, SETTLE_MS))) {
    options.log?.(`${cluster.name}: not all workloads of the world came up in ${SETTLE_MS / 1000} s`)
  }
}

/** The console's contexts, hub first; members that a world has registered become FleetClusters. */
async function register({ members, world }: Started): Promise<{ name: string; connection: Connection }[]> {
  const contexts: { name: string; connection: Connection }[] = []
  const hub = members.get(world.hub.name)
  for (const cluster of [world.hub, ...world.members]) {
    const member = members.get(cluster.name)
    if (member === undefined || hub === undefined) continue
    const connection = await consoleConnection(member.server)
    contexts.push({ name: cluster.name, connection })
    if (!cluster.registered) continue
    for (const object of registration(cluster, connection)) hub.server.store.put(object, 'orbweaver')
  }
  return contexts
}
