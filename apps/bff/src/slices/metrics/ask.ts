import { textAt } from '@orbweaver/contracts/json'
import { discover } from '@orbweaver/istio/meshes/discover'
import { factOf } from '@orbweaver/istio/meshes/facts'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { revisionOf } from '@orbweaver/istio/meshes/names'
import type { Need, Told as ToldApart } from '@orbweaver/istio/metrics/needs'
import type { Series } from '@orbweaver/istio/metrics/prometheus-answer'
import type { Scope } from '@orbweaver/istio/metrics/scope'
import { fleetClusters } from '@orbweaver/kube/resources'
import { readerMs } from '../../fleet/ask-soon.ts'
import type { Context } from '../../http/context.ts'
import { viewOfMirror } from '../../kube/cluster-view.ts'
import type { Fleet } from '../../kube/doors.ts'
import type { Told } from '../../prometheus/prometheus.ts'
import { type Source, sourcesOf } from '../../prometheus/source.ts'

/** One Prometheus of a mesh, what it is asked for, and what it said. */
export type Asked<Name extends string> = {
  source: Source
  scope: Scope
  answers: readonly Told[]
  /** What it has of one of the needs. */
  series: (name: Name) => readonly Series[]
  /** Until when it has it (s since 1970). */
  until: (name: Name) => number | undefined
}

/** Puts the same questions to each Prometheus of a mesh: those of a fleet that several clusters name are asked once. */
export function askAll<Name extends string>(
  { fleet, prometheus }: Pick<Context, 'fleet' | 'prometheus'>,
  mesh: Mesh,
  needsOf: (apart: ToldApart | undefined) => Record<Name, Need>,
): Promise<Asked<Name>[]> {
  const ids = istioNames(fleet, mesh)
  const clusters = new Set(clustersOf(mesh))
  const sources = sourcesOf(fleet).filter((each) => each.clusters.some((name) => clusters.has(name)))
  return Promise.all(
    sources.map(async (source): Promise<Asked<Name>> => {
      const scope = scopeOf(source, ids)
      const needs = Object.entries<Need>(needsOf(apartIn(scope)))
      const answers = await Promise.all(needs.map(([, need]) => prometheus.ask(source, need, readerMs)))
      const byName = new Map(needs.map(([name], index) => [name, answers[index]]))
      const saidOf = (name: Name) => {
        const told = byName.get(name)
        return told !== undefined && 'series' in told ? told : undefined
      }
      return {
        source,
        scope,
        answers,
        series: (name) => saidOf(name)?.series ?? [],
        until: (name) => saidOf(name)?.until,
      }
    }),
  )
}

function scopeOf({ clusters, label }: Source, ids: Scope['mesh']): Scope {
  const names = new Set(ids.values())
  const [first] = clusters
  return {
    mesh: ids,
    scraped: new Set(clusters.filter((each) => names.has(each))),
    sole: clusters.length === 1 ? first : undefined,
    label,
  }
}

/** The label may say a cluster by the name of its record, or as Istio calls it. */
function apartIn({ label, mesh, scraped }: Scope): ToldApart | undefined {
  if (label === undefined) return undefined
  const values = [...mesh].filter(([, name]) => scraped.has(name)).flat()
  return { label, values: [...new Set(values)] }
}

/** Istio calls a cluster by its record's name wherever the console installs it; another control plane has names of its own. */
function istioNames(fleet: Fleet, mesh: Mesh): Map<string, string> {
  const idOf = (cluster: string) => (mesh.kind === 'External' ? foundName(fleet, mesh, cluster) : undefined)
  return new Map(clustersOf(mesh).map((cluster) => [idOf(cluster) ?? cluster, cluster]))
}

function foundName(fleet: Fleet, mesh: Mesh, cluster: string): string | undefined {
  const door = fleet.get(cluster)
  const found = door === undefined ? [] : discover(viewOfMirror(door))
  const own = found.find((each) => each.revision === revisionOf(mesh) && each.namespace === mesh.controlPlane.namespace)
  const record = fleet.hub.mirror.get(fleetClusters, { name: cluster })
  return (own && factOf(own.facts, 'clusterId')) ?? textAt(record, 'status', 'clusterId')
}
