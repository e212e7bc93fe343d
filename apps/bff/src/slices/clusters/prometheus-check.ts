import type { Capabilities, Check, Cluster } from '@orbweaver/contracts/clusters'
import { textAt } from '@orbweaver/contracts/json'
import { presenceNeed } from '@orbweaver/istio/metrics/needs'
import { prometheusCheck, type PrometheusAnswers } from '@orbweaver/istio/preflight/prometheus'
import { readerMs } from '../../fleet/ask-soon.ts'
import type { Context } from '../../http/context.ts'
import { within } from '../../kube/within.ts'
import { type Source, sourcesOf } from '../../prometheus/source.ts'

type Asking = Pick<Context, 'fleet' | 'prometheus'>

/** How the Prometheus of a cluster answers; where nobody named one, what the viewer sees that looks like one. */
export async function checkPrometheus(
  asking: Asking,
  cluster: Cluster,
  { prometheus }: Pick<Capabilities, 'prometheus'>,
): Promise<Check> {
  const source = sourcesOf(asking.fleet).find((each) => each.clusters.includes(cluster.name))
  return prometheusCheck({
    cluster: cluster.name,
    named: source?.at,
    answers: source === undefined ? undefined : await answersOf(asking, source, cluster),
    candidates: prometheus?.candidates ?? [],
  })
}

async function answersOf({ prometheus }: Asking, source: Source, cluster: Cluster): Promise<PrometheusAnswers> {
  const { name, clusterId = name } = cluster
  const apart =
    source.label === undefined ? undefined : { label: source.label, values: [...new Set([name, clusterId])] }
  const [told, built] = await Promise.all([
    prometheus.ask(source, presenceNeed(apart), readerMs),
    within(prometheus.get(source, '/status/buildinfo'), readerMs),
  ])
  if (!('series' in told)) return told
  if (told.why !== undefined) return { why: told.why }
  const version = built !== undefined && 'body' in built ? textAt(built.body, 'data', 'version') : undefined
  return { version: version?.slice(0, 40), hasRequests: told.series.length > 0 }
}
