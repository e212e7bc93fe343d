import { isRecord, listAt, numberAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import type { Universe } from './universe.ts'
import { clusters, place } from './world.ts'

const own = 'orbweaver.dev/v1alpha1'

/** What lies in the hub and the clusters, read past the console and whatever is wrong with them. */
export function meshesIn(universe: Universe): KubernetesObject[] {
  return universe.stored('hub', { apiVersion: own, kind: 'Mesh' })
}

/** Changes, the newest first; not their parts. */
export function changesIn(universe: Universe): KubernetesObject[] {
  return universe
    .stored('hub', { apiVersion: own, kind: 'Change' })
    .filter((each) => numberAt(each, 'spec', 'part', 'number') === undefined)
    .toSorted((a, b) => createdAt(b).localeCompare(createdAt(a)))
}

const createdAt = (change: KubernetesObject): string => textAt(change, 'spec', 'createdAt') ?? ''

export const phaseOf = (object: KubernetesObject): string => textAt(object, 'status', 'phase') ?? 'Pending'

/** Items that wait for a person. */
export function stuckItems(change: KubernetesObject): string[] {
  return listAt(change, 'status', 'items').flatMap((each) => {
    const state = textAt(each, 'state')
    return state === 'Failed' || state === 'Conflict' ? [textAt(each, 'id') ?? ''] : []
  })
}

export function isRegistered(universe: Universe, cluster: string): boolean {
  return universe
    .stored('hub', { apiVersion: own, kind: 'FleetCluster' })
    .some(({ metadata }) => metadata.name === cluster)
}

/** Istios that the Sail Operator keeps; none where its kinds are not served. */
export function revisionsIn(universe: Universe, cluster: string): KubernetesObject[] {
  return universe.stored(cluster, { apiVersion: 'sailoperator.io/v1', kind: 'IstioRevision' })
}

/** Clusters where the workload says for itself whether it wants a sidecar. */
export function optedIn(universe: Universe): string[] {
  return clusters.filter((cluster) =>
    universe
      .stored(cluster, { apiVersion: 'apps/v1', kind: 'Deployment', namespace: place })
      .some((each) => textAt(each, 'spec', 'template', 'metadata', 'labels', 'sidecar.istio.io/inject') !== undefined),
  )
}

/** Clusters where the namespace asks for sidecars, or says that it wants none, or a Pod has one. */
export function touchedByInjection(universe: Universe): string[] {
  return clusters.filter((cluster) => {
    const [shop] = universe
      .stored(cluster, { apiVersion: 'v1', kind: 'Namespace' })
      .filter(({ metadata }) => metadata.name === place)
    const labels = shop === undefined ? {} : labelsOf(shop)
    if (labels['istio-injection'] !== undefined || labels['istio.io/rev'] !== undefined) return true
    return universe
      .stored(cluster, { apiVersion: 'v1', kind: 'Pod', namespace: place })
      .some((pod) => containersOf(pod).includes('istio-proxy'))
  })
}

function containersOf(pod: KubernetesObject): string[] {
  const { spec } = { spec: recordAt(pod, 'spec') }
  return [...listAt(spec, 'containers'), ...listAt(spec, 'initContainers')].map((each) => textAt(each, 'name') ?? '')
}

export function clustersOf(mesh: KubernetesObject): string[] {
  const members = listAt(mesh, 'spec', 'members').map((each) => textAt(each, 'cluster') ?? '')
  return [textAt(mesh, 'spec', 'controlPlane', 'cluster') ?? '', ...members]
}

/** Empty when nothing moves, and nothing waits for anybody; else what does. */
export function unrest(universe: Universe): string {
  const open = changesIn(universe).find((each) => !['Succeeded', 'Stopped'].includes(phaseOf(each)))
  if (open !== undefined) return `${open.metadata.name} is ${JSON.stringify(open.status ?? 'new')}`
  const restless = meshesIn(universe).find((each) => !isAsAsked(each))
  if (restless === undefined) return ''
  const { name, deletionTimestamp } = restless.metadata
  return `mesh ${name}${deletionTimestamp === undefined ? '' : ', being deleted,'} is ${JSON.stringify(told(restless))}`
}

function isAsAsked(mesh: KubernetesObject): boolean {
  return (
    mesh.metadata.deletionTimestamp === undefined &&
    phaseOf(mesh) === 'Ready' &&
    numberAt(mesh, 'status', 'observedGeneration') === mesh.metadata.generation &&
    listAt(mesh, 'status', 'members').every((each) => textAt(each, 'state') === 'ready')
  )
}

/** Its status without what is done, and without times. */
function told(mesh: KubernetesObject): unknown {
  const status = isRecord(mesh.status) ? mesh.status : {}
  const stages = listAt(status, 'stages')
    .filter((each) => textAt(each, 'state') !== 'done')
    .map((each) => [
      textAt(each, 'name'),
      textAt(each, 'cluster'),
      textAt(each, 'state'),
      textAt(each, 'reason'),
      at(each),
    ])
  const { phase, observedGeneration, members } = status
  return { phase, observedGeneration, generation: mesh.metadata.generation, members, stages }
}

const at = (stage: unknown): string =>
  textAt(stage, 'state') === 'pending' ? '' : JSON.stringify(isRecord(stage) ? (stage.params ?? {}) : {})
