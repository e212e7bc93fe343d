import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { canaryBy, wantedBy } from '../../simulate/workloads/waypoints.ts'
import { kinds } from '../../world/kinds.ts'
import type { Labels } from '../../world/labels.ts'
import { names } from '../../world/names.ts'
import { isAmbient, proxyImageOf } from '../in-mesh.ts'
import { podsIn } from '../pods.ts'
import type { MeshWorld } from '../world.ts'

/** Whether all the workloads that a namespace's labels mean are in ambient mode; without a Pod, whether the namespace is. */
export function isAllAmbient(world: MeshWorld, namespace: string, selector: Labels): boolean {
  const homes = world.clusters.flatMap((view) => view.get(kinds.namespace, namespace) ?? [])
  const isHome = homes.length > 0 && homes.every((each) => isAmbientHome(labelsOf(each)))
  const pods = podsIn(world, namespace, selector).filter(({ pod }) => labelsOf(pod)[names.gatewayName] === undefined)
  return pods.length === 0 ? isHome : pods.every(({ pod }) => isInAmbient(pod, isHome))
}

function isAmbientHome(labels: Labels): boolean {
  return labels[names.dataplaneMode] === 'ambient' && labels[names.injection] !== 'enabled'
}

function isInAmbient(pod: KubernetesObject, isHome: boolean): boolean {
  if (isAmbient(pod)) return true
  if (proxyImageOf(pod.spec) !== '') return false
  const mode = labelsOf(pod)[names.dataplaneMode]
  return mode === undefined ? isHome : mode === 'ambient'
}

/** Waypoints that a namespace and its Services ask for, canaries too, `namespace/name`. */
export function waypointsOf(world: MeshWorld, namespace: string): { name: string; namespace: string }[] {
  const owners = world.clusters.flatMap((view) => [
    ...[view.get(kinds.namespace, namespace)].filter((each) => each !== undefined),
    ...view.list(kinds.service, namespace),
  ])
  const wanted = owners.map(labelsOf).flatMap((labels) => [wantedBy(labels, namespace), canaryBy(labels, namespace)])
  const all = wanted.filter((each) => each !== undefined && each !== 'none')
  return [...new Map(all.map((each) => [`${each.namespace}/${each.name}`, each])).values()]
}
