import type { Message } from '@orbweaver/contracts/message'
import type { MetricsSource } from '@orbweaver/contracts/metrics'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import type { Scope } from '@orbweaver/istio/metrics/scope'
import type { Asked } from './ask.ts'
import type { SeenPlaces } from './places.ts'

type AskedOne = Pick<Asked<never>, 'source' | 'scope' | 'answers'>

/** What the Prometheus of each cluster of a mesh said, in the order of the mesh. */
export function toldSources(mesh: Mesh, asked: readonly AskedOne[], { blank, unasked }: SeenPlaces): MetricsSource[] {
  return clustersOf(mesh).map((cluster): MetricsSource => {
    if (blank.has(cluster)) return { cluster, state: 'hidden', warnings: [] }
    if (unasked.has(cluster)) {
      return { cluster, state: 'silent', why: { code: 'metrics.rights_unasked', params: { cluster } }, warnings: [] }
    }
    const of = asked.find(({ scope }) => scope.scraped.has(cluster))
    if (of === undefined) {
      return { cluster, state: 'none', why: { code: 'metrics.none', params: { cluster } }, warnings: [] }
    }
    return { cluster, ...toldOf(of) }
  })
}

function toldOf({ answers, scope, source }: AskedOne): Omit<MetricsSource, 'cluster'> {
  const said = answers.flatMap((each) => ('asOf' in each ? [each] : []))
  const warnings = [...new Set(said.flatMap((each) => each.warnings))]
  const [why = unlabelled(scope, source.cluster)] = answers.flatMap((each) => each.why ?? [])
  const asOf = said.length === 0 ? undefined : new Date(Math.min(...said.map((each) => each.asOf))).toISOString()
  const isSilent = answers.every((each) => each.why !== undefined)
  return {
    state: isSilent ? 'silent' : why !== undefined || warnings.length > 0 ? 'partial' : 'answered',
    ...(why !== undefined && { why }),
    warnings,
    ...(asOf !== undefined && { asOf }),
  }
}

/** Containers say nothing of their cluster: of one for several nobody can tell whose they are. */
function unlabelled({ label, sole }: Scope, cluster: string): Message | undefined {
  return label === undefined && sole === undefined ? { code: 'metrics.unlabelled', params: { cluster } } : undefined
}
