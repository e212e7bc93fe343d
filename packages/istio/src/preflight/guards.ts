import { type Stage, type StageName, stageCluster } from '../blueprints/stage.ts'
import type { Mesh } from '../meshes/mesh.ts'
import { meshNetwork } from '../blueprints/network.ts'
import type { ClusterView } from '../world/view.ts'
import type { ClusterFacts, PreflightCheck } from './check.ts'
import { controlPlanes } from './control-planes.ts'
import { dataPlane } from './data-plane.ts'
import { istioCrds } from './istio-crds.ts'
import { kubernetesVersion } from './kubernetes-version.ts'
import { entrance } from './load-balancer.ts'
import { controlPlaneNamespaceCheck } from './namespace.ts'
import { operator } from './operator.ts'
import { podNetworks } from './pod-network.ts'
import { namespaceLimits, sizes } from './resources.ts'
import { roots } from './root.ts'
import { webhooks } from './webhooks.ts'

export type Guarding = { mesh: Mesh; facts: ReadonlyMap<string, ClusterFacts>; now: Date }
type Here = Guarding & { own: ClusterFacts; view: ClusterView }
type Guard = (here: Here) => PreflightCheck[]

const namespace: Guard = ({ mesh, own, view }) => [
  controlPlaneNamespaceCheck(view, mesh, meshNetwork(mesh, own.cluster, own.network)),
]
/** What Sail needs to install a revision, whichever profile. */
const installing: Guard = ({ mesh, own, view }) => [
  kubernetesVersion(own, mesh.version ?? ''),
  operator(own, mesh.version ?? ''),
  ...controlPlanes(mesh, view).filter((each) => each.id === 'control-plane.name-taken'),
  istioCrds(view),
  ...webhooks(mesh, view),
  ...dataPlane(mesh, view),
]
const hosting: Guard = ({ mesh, own, facts, now }) => [
  ...namespaceLimits(mesh, own),
  ...sizes(mesh),
  ...roots(mesh, facts, { now }),
]
const joining: Guard = ({ mesh, facts }) => podNetworks(mesh, facts)
const defaulting: Guard = ({ mesh, view }) => controlPlanes(mesh, view)

/** The checks of the form that each stage goes by once more. What takes things away is kept from nothing. */
const guards: Partial<Record<StageName, readonly Guard[]>> = {
  namespace: [namespace],
  entrance: [({ mesh, view }) => entrance(mesh, view)],
  'control-plane': [installing, hosting],
  'default-tag': [defaulting],
  'member-namespace': [namespace],
  'member-control-plane': [installing, joining],
  'member-default': [defaulting],
}

export function isGuarded(stage: Stage): boolean {
  return guards[stage.name] !== undefined
}

/** What has become fatal for a stage that is still to be written; undefined where nothing has, or nothing is known. */
export function obstacle(guarding: Guarding, stage: Stage): PreflightCheck | undefined {
  const cluster = stageCluster(stage)
  const own = guarding.facts.get(cluster)
  const { view } = own ?? {}
  if (own === undefined || view === undefined) return undefined
  for (const guard of guards[stage.name] ?? []) {
    const found = guard({ ...guarding, own, view }).find(
      (each) => each.severity === 'blocking' && (each.cluster === undefined || each.cluster === cluster),
    )
    if (found !== undefined) return found
  }
  return undefined
}
