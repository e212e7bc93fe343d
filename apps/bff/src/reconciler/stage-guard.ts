import type { Observed, Stage } from '@orbweaver/istio/blueprints/stage'
import type { Message } from '@orbweaver/contracts/message'
import { discover } from '@orbweaver/istio/meshes/discover'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import type { ClusterFacts } from '@orbweaver/istio/preflight/check'
import { isGuarded, obstacle } from '@orbweaver/istio/preflight/guards'
import { kinds } from '@orbweaver/istio/world/kinds'
import { inFlight } from '../changes/in-flight.ts'
import { factsOf } from '../fleet/facts.ts'
import { type Answers, createAnswers } from '../kube/answers.ts'
import type { ClusterDoor, Fleet } from '../kube/doors.ts'

/** What is asked of API servers, and not of mirrors: as old as this at most. A stage may wait for many looks. */
const askedMs = 30_000
/** Clusters of all meshes that are being made at a time. */
const mostClusters = 200
/** Nobody sits before it; a cluster that is slow keeps the others of the fleet waiting. */
const patienceMs = 2_000

/** Without a view: what is mirrored is looked at anew each time. */
export type StageFacts = Answers<ClusterFacts>

export function createStageFacts(): StageFacts {
  return createAnswers<ClusterFacts>({ ttlMs: askedMs, max: mostClusters })
}

type Guarding = { fleet: Fleet; stageFacts: StageFacts; now: () => Date }

/**
 * The checks of the form, for each stage that is still to be written: what has become fatal since then stops it, and it goes
 * on when that is mended. Clusters are asked when the first guarded stage is due.
 */
export function stageGuard(
  with_: Guarding,
  mesh: Mesh,
  observed: Observed,
): (stage: Stage) => Promise<Message | undefined> {
  let facts: Promise<ReadonlyMap<string, ClusterFacts>> | undefined
  return async (stage) => {
    if (!isGuarded(stage)) return undefined
    facts ??= allFacts(with_, mesh, observed)
    const found = obstacle({ mesh, facts: await facts, now: with_.now() }, stage)
    return found === undefined ? undefined : { code: `check.${found.id}`, params: found.params }
  }
}

async function allFacts(with_: Guarding, mesh: Mesh, observed: Observed): Promise<ReadonlyMap<string, ClusterFacts>> {
  const found = await inFlight([...observed.keys()], 8, (cluster) => clusterFacts(with_, mesh, { cluster, observed }))
  return new Map(found.filter((each) => each !== undefined).map((each) => [each.cluster, each]))
}

type Of = { cluster: string; observed: Observed }

async function clusterFacts({ fleet, stageFacts }: Guarding, mesh: Mesh, of: Of): Promise<ClusterFacts | undefined> {
  const here = of.observed.get(of.cluster)
  const door = fleet.get(of.cluster)
  if (here?.view === undefined || door === undefined) return undefined
  const { view, network, server } = here
  const namespaces = [mesh.controlPlane.namespace, ...discover(view).map((each) => each.namespace)]
  const asked = await stageFacts.get(JSON.stringify([of.cluster, ...namespaces]), () => askedFacts(door, namespaces))
  const crd = view.get(kinds.crd, 'istios.sailoperator.io')
  const istioCrd = view.has(kinds.crd) ? (crd ?? null) : undefined
  return { ...asked, cluster: of.cluster, view, istioCrd, network, server }
}

async function askedFacts(door: ClusterDoor, namespaces: readonly string[]): Promise<ClusterFacts> {
  return factsOf({
    cluster: door.name,
    client: door.own,
    view: undefined,
    network: undefined,
    server: door.server,
    serverStated: true,
    needed: [],
    namespaces,
    patienceMs,
    personMay: () => Promise.resolve(true),
  })
}
