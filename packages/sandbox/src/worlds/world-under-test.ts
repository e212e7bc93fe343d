import { textAt } from '@orbweaver/contracts/json'
import { isMesh, type Mesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { clusterView, type ClusterView } from '@orbweaver/istio/world/view'
import * as kinds from '@orbweaver/kube/resources'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Fleet } from '../fleet.ts'

/** Everything of one cluster that the console reads, as the pure functions see it. */
export function viewOf(fleet: Fleet, cluster: string): ClusterView {
  const store = fleet.clusters.get(cluster)?.server.store
  if (store === undefined) throw new Error(`no cluster ${cluster}`)
  const objects = Object.values(kinds).flatMap(({ group, version, kind }): KubernetesObject[] => {
    const apiVersion = group === '' ? version : `${group}/${version}`
    return served(fleet, cluster, group) ? store.list({ apiVersion, kind }) : []
  })
  return clusterView(cluster, objects, READ)
}

const READ = Object.values(kinds).map(({ group, kind }) => (group === '' ? kind : `${group}/${kind}`))

/** The Meshes of the hub as the console reads them. */
export function meshesOf(fleet: Fleet): { mesh: Mesh; object: KubernetesObject }[] {
  const store = fleet.clusters.get('hub')?.server.store
  const all = store?.list({ apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Mesh' }) ?? []
  return all.flatMap((object) => {
    const mesh = readMesh(object)
    return isMesh(mesh) ? [{ mesh, object }] : []
  })
}

/** Kinds of Istio, Sail and the console are served only where their definitions are. */
function served(fleet: Fleet, cluster: string, group: string): boolean {
  if (!/istio|sail|orbweaver|gateway\.networking/.test(group)) return true
  const crds = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' }
  const found = fleet.clusters.get(cluster)?.server.store.list(crds) ?? []
  return found.some((each) => textAt(each, 'spec', 'group') === group)
}
