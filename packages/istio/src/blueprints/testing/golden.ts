import type { KubernetesObject, ObjectRef } from '@orbweaver/contracts/kubernetes'
import type { Mesh } from '../../meshes/mesh.ts'
import { meshOf } from '../../samples.ts'
import { clusterView } from '../../world/view.ts'
import { clustersOf } from '../../meshes/mesh.ts'
import { blueprint } from '../blueprint.ts'
import { leftovers } from '../leftovers.ts'
import type { Observed, Stage } from '../stage.ts'
import { uninstall } from '../uninstall.ts'
import type { GoldenCase } from './golden-cases.ts'

const reader = { token: 'token-of-the-reader', ca: 'certificate of the authority' }

/** A case, played: what a mesh takes, what takes it apart again, and what stays then. */
export type Golden = {
  mesh: Mesh
  stages: Stage[]
  /** Objects by cluster, as they are once every stage has passed. */
  made: ReadonlyMap<string, KubernetesObject[]>
  uninstalled: Stage[]
  stays: { code: string; ref: ObjectRef }[]
}

export function play({ mesh: { name, spec }, clusters = {} }: GoldenCase): Golden {
  const mesh = meshOf(spec, name)
  const named = clustersOf(mesh)
  const before: Observed = new Map(
    named.map((cluster) => {
      const { network, objects, reader: read } = clusters[cluster] ?? {}
      const server = `https://api.${cluster}.example.com:6443`
      const view = objects === undefined ? undefined : clusterView(cluster, objects)
      return [cluster, { view, network, server, ...(read && { reader }) }]
    }),
  )
  const stages = blueprint(mesh, before)
  const made = new Map(named.map((each) => [each, after(clusters[each]?.objects ?? [], stages, each)]))
  const settled: Observed = new Map(
    [...before].map(([cluster, each]) => [cluster, { ...each, view: clusterView(cluster, made.get(cluster) ?? []) }]),
  )
  const uninstalled = uninstall(mesh, settled)
  const stays = named.flatMap((cluster) =>
    leftovers(mesh, clusterView(cluster, after(made.get(cluster) ?? [], uninstalled, cluster))),
  )
  return { mesh, stages, made, uninstalled, stays: mesh.kind === 'External' ? [] : stays }
}

const keyOf = ({ kind, metadata }: KubernetesObject): string => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`

/** What stages leave in a cluster that held these objects. */
function after(objects: readonly KubernetesObject[], stages: readonly Stage[], cluster: string): KubernetesObject[] {
  const here = stages.filter((each) => each.cluster === cluster)
  const all = new Map([...objects, ...here.flatMap((each) => each.objects)].map((each) => [keyOf(each), each]))
  for (const { kind, namespace = '', name } of here.flatMap((each) => each.removes)) {
    all.delete(`${kind} ${namespace}/${name}`)
  }
  return [...all.values()]
}
