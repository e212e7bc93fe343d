import { randomBytes } from 'node:crypto'
import { textAt } from '@orbweaver/contracts/json'
import type { KubeClient } from '@orbweaver/kube/client'
import { createKubeClient } from '@orbweaver/kube/connect'
import { writeKubeconfig } from '@orbweaver/kube/kubeconfig'
import { services } from '@orbweaver/kube/resources'
import { sandboxCharts } from './actors/sail/render.ts'
import { createClock, type SettableClock } from './clock.ts'
import { startClusterActors } from './fleet/cluster-actors.ts'
import { operatorVersions } from './fleet/operator-versions.ts'
import { type FleetMember, type Filling, fillWorld, strandMeshes } from './fleet/filling.ts'
import { connectRemote } from './fleet/remote-connection.ts'
import { seedGround } from './fleet/seed.ts'
import { proxyPort } from './fleet/proxies.ts'
import { istiodBehind, istiodIn, type RoutedCluster, type ServicePort } from './fleet/service-routes.ts'
import { createFleetTraffic, type FleetTraffic } from './fleet/traffic.ts'
import { createTroubles } from './fleet/troubles.ts'
import { startApiServer } from './server/api-server.ts'
import type { Routes } from './server/network.ts'
import type { AuditEvent } from './server/audit.ts'
import type { Persona, World, WorldCluster } from './worlds/world.ts'

export type FleetOptions = {
  /** Port of the hub; members follow. Any free ports when absent. */
  portBase?: number
  /** Milliseconds a Pod takes to start once the world stands. Default 150. */
  podStartMs?: number
  /** Milliseconds between probes of remote control planes. Default 3,000, as the real operator. */
  probeIntervalMs?: number
  log?: (line: string) => void
  /** Told of every request that a cluster has answered, refusals aside. */
  audit?: (cluster: string, event: AuditEvent) => void
  /** The console reaches the servers without TLS, whose cost counts where it is started many times. */
  plain?: boolean
  /** Of the servers and all that lives in them; one of its own, running, when absent. */
  clock?: SettableClock
}

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
/** Milliseconds of what takes its time, while a world is being filled. */
const SEED = { podStartMs: 5, probeIntervalMs: 50, providerMs: 0 }

/** What has been started so far, so that it can be stopped from any point on. */
type Started = Filling & {
  options: FleetOptions
  /** Until the world stands nobody takes time. */
  settled: boolean
  traffic: FleetTraffic
  routed: Map<string, RoutedCluster>
}

/** Starts the servers of a world, fills them, and sets their actors to work. Stops everything again if that fails. */
export async function startFleet(world: World, options: FleetOptions = {}): Promise<Fleet> {
  const clock = options.clock ?? createClock()
  const routed = new Map<string, RoutedCluster>()
  const started: Started = {
    world,
    options,
    clock,
    settled: false,
    log: options.log ?? (() => undefined),
    members: new Map<string, FleetMember>(),
    actors: new Map(),
    routed,
    traffic: createFleetTraffic(routed, clock),
  }
  try {
    const all = [world.hub, ...world.members]
    for (const [index, cluster] of all.entries())
      started.members.set(cluster.name, await openMember(started, cluster, index))
    for (const cluster of all) startActors(started, cluster)
    const contexts = await fillWorld(started)
    started.settled = true
    started.traffic.settle()
    for (const cluster of all) goWrong(started, cluster)
    await strandMeshes(started, contexts)
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

function goWrong({ members }: Started, { name, wrong }: WorldCluster): void {
  const member = members.get(name)
  if (wrong === undefined || member === undefined) return
  member.server.faults.set(wrong.faults ?? {})
  member.troubles.set(wrong.troubles ?? {})
}

async function stopAll({ members, actors }: Started): Promise<void> {
  await Promise.all([...actors.values()].map((each) => each.stop()))
  await Promise.all([...members.values()].flatMap(({ admin, inside }) => [admin.close(), inside.close()]))
  await Promise.all([...members.values()].map(({ server }) => server.close()))
}

async function openMember(
  { world, options, clock, actors }: Started,
  cluster: WorldCluster,
  index: number,
): Promise<FleetMember> {
  const port = options.portBase === undefined ? {} : { port: options.portBase + index }
  const server = await startApiServer({
    name: cluster.name,
    version: cluster.kubernetes,
    uidSeed: world.name,
    clock,
    audit: options.audit === undefined ? undefined : (event) => options.audit?.(cluster.name, event),
    ...port,
  })
  const token = randomBytes(24).toString('base64url')
  server.addUser({ token, name: 'kubernetes-admin', groups: ['system:masters'] })
  const adminConnection = { server: server.secureUrl, certificateAuthority: server.ca, token }
  // Both are spared the cost of TLS.
  const clientAt = (url: string): KubeClient =>
    createKubeClient({ cluster: cluster.name, connection: { server: url, token }, limits: LIMITS })
  seedGround(server, cluster, cluster === world.hub ? 'hub' : 'member')
  return {
    name: cluster.name,
    server,
    admin: clientAt(server.url),
    inside: clientAt(server.insideUrl),
    adminConnection,
    troubles: createTroubles(server, () => actors.get(cluster.name)?.recheck()),
  }
}

/** Who is behind Services, ports and logs of Pods: istiods, Prometheus and proxies. */
function routeNetwork({ routed, traffic }: Started, server: Routes, cluster: string): void {
  const behind = (target: ServicePort) => istiodBehind(routed, cluster, target)
  const serviceOf = ({ namespace, name }: ServicePort) => routed.get(cluster)?.caches.of(services).get(namespace, name)
  const refusal = (target: ServicePort): Error =>
    new Error(`dial tcp ${textAt(serviceOf(target), 'spec', 'clusterIP') ?? ''}:443: connect: connection refused`)
  server.routeService((target) => {
    if (serviceOf(target) === undefined) throw new Error(`service "${target.name}" not found`)
    const istiod = behind(target)
    if (istiod === undefined) throw new Error(`no endpoints available for service "${target.name}"`)
    return {
      rootPem: istiod.rootPem(),
      answer: (review, path) =>
        istiod.refuses() ? Promise.reject(refusal(target)) : Promise.resolve(istiod.answer({ review, path })),
    }
  })
  server.routePods((pod, port) => {
    const own = routed.get(cluster)
    if (own === undefined) return undefined
    const process = istiodIn(own, pod)?.port(port, pod.name) ?? traffic.port(cluster, pod, port)
    return process ?? proxyPort(routed, { ...pod, cluster, port })
  })
  server.routeLogs((pod, container) => {
    const own = routed.get(cluster)
    const istiod = own === undefined || container !== 'discovery' ? undefined : istiodIn(own, pod)
    return istiod?.log()
  })
}

function startActors(started: Started, cluster: WorldCluster): void {
  const { members, actors, routed, options } = started
  const member = members.get(cluster.name)
  if (member === undefined) return
  const behind = (target: ServicePort) => istiodBehind(routed, cluster.name, target)
  routeNetwork(started, member.server, cluster.name)
  const clusterActors = startClusterActors({
    client: member.inside,
    troubles: () => member.troubles.state,
    follow: member.server.follow,
    world: cluster,
    podStartMs: () => (started.settled ? (options.podStartMs ?? 150) : SEED.podStartMs),
    tellsAll: () => started.settled,
    loadBalancer: () =>
      started.settled ? cluster.loadBalancer : { ...cluster.loadBalancer, delayMs: SEED.providerMs },
    clock: started.clock,
    sail: {
      charts: sandboxCharts,
      versions: operatorVersions(cluster.operator?.newestMinor ?? 31),
      probeIntervalMs: () => (started.settled ? (options.probeIntervalMs ?? 3_000) : SEED.probeIntervalMs),
      probe: (target) =>
        behind(target)?.refuses() !== false
          ? Promise.reject(
              new Error(`Get "https://${target.name}.${target.namespace}.svc:443/ready": connection refused`),
            )
          : Promise.resolve(),
    },
    connect: (clusterId, text) => connectRemote(clusterId, text, LIMITS),
    log: started.log,
  })
  actors.set(cluster.name, clusterActors)
  routed.set(cluster.name, { caches: clusterActors.context.caches, istiods: clusterActors.istiods })
  started.traffic.join(cluster.name, () => member.troubles.state.prometheus === 'starting')
}
