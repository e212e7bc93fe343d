import { splitApiVersion, targetOf, type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import { textAt } from '@orbweaver/contracts/json'
import { blueprint } from '@orbweaver/istio/blueprints/blueprint'
import { holesIn } from '@orbweaver/istio/blueprints/holes'
import { readerSecretOf } from '@orbweaver/istio/blueprints/reads'
import type { GateVerdict, Observed, ObservedCluster, Stage } from '@orbweaver/istio/blueprints/stage'
import { clustersOf, isMesh, type Mesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import type { ClusterView } from '@orbweaver/istio/world/view'
import type { KubeClient } from '@orbweaver/kube/client'
import { KubeError } from '@orbweaver/kube/error'
import { knownResource } from '@orbweaver/kube/known-resources'
import { secrets } from '@orbweaver/kube/resources'
import type { Caches } from '../actors/caches.ts'
import type { Clock } from '../clock.ts'

/** One cluster that a mesh may be made in. */
export type BuildingSite = {
  client: KubeClient
  caches: Caches
  isIdle: () => boolean
  network: string
  server: string
}

export type Building = { sites: ReadonlyMap<string, BuildingSite>; clock: Clock; patienceMs: number }

const FIELD_MANAGER = 'orbweaver-mesh'
const LOOK_AGAIN_MS = 20

/**
 * Makes a mesh as the console does: the stages of its blueprint in their order, each object applied by the same manager,
 * each gate asked. Gives the Mesh as the console leaves it. Throws, naming what it waited for, when that does not come.
 */
export async function buildMesh(building: Building, object: KubernetesObject): Promise<KubernetesObject> {
  const mesh = meshOf(object)
  const written = new Map<string, string>()
  const until = Date.now() + building.patienceMs
  for (;;) {
    const walked = await walk(building, mesh, written)
    const open = walked.find((each) => each.verdict.state !== 'passed')
    if (open === undefined) {
      return withStatus(object, { mesh, walked, phase: 'Ready', since: building.clock.now().toISOString() })
    }
    if (open.verdict.state === 'failed' || Date.now() > until) throw stuck(mesh, open)
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
}

/**
 * Begins a mesh that comes to no end: as far as it gets, and as if the console had waited an hour for the rest. What it
 * waits for the console finds out itself.
 */
export async function strandMesh(building: Building, object: KubernetesObject): Promise<KubernetesObject> {
  const mesh = meshOf(object)
  const written = new Map<string, string>()
  const until = Date.now() + building.patienceMs
  const sites = clustersOf(mesh).map((name) => siteOf(building.sites, name))
  let walked = await walk(building, mesh, written)
  for (let quiet = 0; quiet < QUIET_LOOKS && Date.now() < until; ) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
    const before = told(walked)
    walked = await walk(building, mesh, written)
    quiet = told(walked) === before && sites.every((each) => each.isIdle()) ? quiet + 1 : 0
  }
  const since = new Date(building.clock.now().getTime() - HOUR_MS).toISOString()
  return withStatus(object, { mesh, walked, phase: 'Progressing', since })
}

/** Between two looks the news of a write reaches everybody. */
const QUIET_LOOKS = 5
const HOUR_MS = 3_600_000

function told(walked: readonly Looked[]): string {
  return walked.map(({ stage, verdict }) => `${stage.id} ${verdict.state} ${verdict.code}`).join('\n')
}

function meshOf(object: KubernetesObject): Mesh {
  const mesh = readMesh(object)
  if (!isMesh(mesh)) throw new Error(`${object.metadata.name} is not a Mesh: ${JSON.stringify(mesh.problems)}`)
  return mesh
}

type Looked = { stage: Stage; verdict: GateVerdict }

const PENDING: GateVerdict = { state: 'waiting', code: 'pending', params: {} }

async function walk(building: Building, mesh: Mesh, written: Map<string, string>): Promise<Looked[]> {
  const observed = observe(building, mesh)
  const walked: Looked[] = []
  for (const stage of blueprint(mesh, observed)) {
    const isOpen = (id: string): boolean =>
      walked.some((each) => each.stage.id === id && each.verdict.state !== 'passed')
    const holes = stage.objects.flatMap(holesIn)
    if (stage.after.some(isOpen) || holes.length > 0) {
      walked.push({ stage, verdict: PENDING })
      continue
    }
    const refusal = await applied(building, stage, written)
    walked.push({ stage, verdict: refusal ?? stage.gate(observed) })
  }
  return walked
}

/** Gives the API server's words when it refuses an object. */
async function applied(
  { sites }: Building,
  stage: Stage,
  written: Map<string, string>,
): Promise<GateVerdict | undefined> {
  for (const object of stage.objects) {
    const resource = knownResource(splitApiVersion(object.apiVersion).group, object.kind)
    const key = `${stage.id} ${object.kind} ${object.metadata.name}`
    const text = JSON.stringify(object)
    if (resource === undefined || written.get(key) === text) continue
    const { client } = siteOf(sites, stage.cluster)
    const body = { type: 'apply' as const, body: object, force: true }
    try {
      await client.patch(resource, targetOf(object.metadata), { ...body, fieldManager: FIELD_MANAGER })
    } catch (error) {
      if (!(error instanceof KubeError)) throw error
      return { state: 'waiting', code: 'apply-refused', params: { code: error.code, message: error.message } }
    }
    written.set(key, text)
  }
  return undefined
}

function siteOf(sites: Building['sites'], name: string): BuildingSite {
  const site = sites.get(name)
  if (site === undefined) throw new Error(`a mesh names cluster ${name}, which this world does not have`)
  return site
}

function observe({ sites }: Building, mesh: Mesh): Observed {
  return new Map(
    clustersOf(mesh).map((name) => {
      const site = siteOf(sites, name)
      const reader = readerOf(site, mesh)
      const { network, server } = site
      const cluster: ObservedCluster = { view: viewOf(name, site.caches), network, server }
      return [name, reader === undefined ? cluster : { ...cluster, reader }]
    }),
  )
}

function readerOf({ caches }: BuildingSite, mesh: Mesh): ObservedCluster['reader'] {
  const { namespace, name } = readerSecretOf(mesh.controlPlane.namespace)
  const secret = caches.of(secrets).get(namespace, name)
  const plain = (key: string): string => Buffer.from(textAt(secret, 'data', key) ?? '', 'base64').toString('utf8')
  return textAt(secret, 'data', 'token') === undefined ? undefined : { token: plain('token'), ca: plain('ca.crt') }
}

/** The caches of a cluster as the pure functions look at it. */
function viewOf(cluster: string, caches: Caches): ClusterView {
  const cacheOf = (kind: string): ReturnType<Caches['of']> | undefined => {
    const slash = kind.lastIndexOf('/')
    const resource = knownResource(slash < 0 ? '' : kind.slice(0, slash), kind.slice(slash + 1))
    return resource === undefined ? undefined : caches.of(resource)
  }
  return {
    cluster,
    has: (kind) => cacheOf(kind) !== undefined,
    list: (kind, namespace) => cacheOf(kind)?.list(namespace) ?? [],
    get: (kind, name, namespace) => cacheOf(kind)?.get(namespace ?? '', name),
  }
}

function stuck(mesh: Mesh, { stage, verdict }: Looked): Error {
  return new Error(
    `mesh ${mesh.name}: ${stage.id} is ${verdict.state}: ${verdict.code} ${JSON.stringify(verdict.params)}`,
  )
}

type Told = { mesh: Mesh; walked: Looked[]; phase: 'Ready' | 'Progressing'; since: string }

/** Finalizer and status as the console's reconciler writes them. */
function withStatus(object: KubernetesObject, { mesh, walked, phase, since }: Told): KubernetesObject {
  const isReady = phase === 'Ready'
  const stages = walked.map(({ stage, verdict }) => ({
    name: stage.name,
    cluster: stage.id.slice(stage.id.indexOf('@') + 1),
    state: stateOf(verdict),
    since,
    reason: verdict.code,
    params: verdict.params,
    objects: stage.objects.map((each) => refOf(stage.cluster, each)),
  }))
  const address = walked.find(({ stage }) => stage.name === 'entrance')?.verdict.params.address
  const ready = { type: 'Ready', status: isReady ? 'True' : 'False', reason: phase, message: '' }
  const status = {
    observedGeneration: isReady ? FIRST_GENERATION : 0,
    observedRepair: isReady ? mesh.repair : 0,
    phase,
    conditions: [{ ...ready, lastTransitionTime: since, observedGeneration: FIRST_GENERATION }],
    stages,
    members: clustersOf(mesh).map((cluster) => ({ cluster, state: isReady ? 'ready' : 'progressing' })),
    ...(typeof address === 'string' ? { entrance: { address } } : {}),
  }
  return { ...object, metadata: { ...object.metadata, finalizers: ['orbweaver.dev/mesh'] }, status }
}

const FIRST_GENERATION = 1

function stateOf(verdict: GateVerdict): string {
  if (verdict === PENDING) return 'pending'
  return verdict.state === 'passed' ? 'done' : 'running'
}
