import { PrometheusSource } from '@orbweaver/contracts/fleet-objects'
import { at } from '@orbweaver/contracts/json'
import { groupedBy } from '@orbweaver/istio/world/grouped'
import { fleetClusters } from '@orbweaver/kube/resources'
import type { Fleet } from '../kube/doors.ts'
import type { PrometheusCredentials } from './over-http.ts'

/** One Prometheus, and the clusters whose records name it. */
export type Source = {
  /** Two records name the same one when address, path and tenant are the same. */
  key: string
  at: PrometheusSource
  /** The cluster in which its Service is; of one with an address the first that names it, for logs and words. */
  cluster: string
  clusters: readonly string[]
  /** Label by which it tells clusters apart. */
  label: string | undefined
  credentials: PrometheusCredentials
}

/** Every Prometheus that the records of the fleet name. A source that cannot be read is none. */
export function sourcesOf({ hub }: Pick<Fleet, 'hub'>): Source[] {
  const named = hub.mirror.list(fleetClusters).flatMap((record) => {
    const read = PrometheusSource.safeParse(at(record, 'spec', 'prometheus'))
    const cluster = record.metadata.name
    return read.success ? [{ cluster, at: read.data, key: keyOf(cluster, read.data) }] : []
  })
  return [...groupedBy(named, ({ key }) => key).values()].flatMap((all) => {
    const [first] = all
    if (first === undefined) return []
    const label = all.map((each) => each.at.clusterLabel).find((each) => each !== undefined)
    return [{ ...first, label, credentials: {}, clusters: all.map(({ cluster }) => cluster) }]
  })
}

function keyOf(cluster: string, { url, service, path, tenant }: PrometheusSource): string {
  const place = url === undefined ? [cluster, service] : new URL(url).href
  return JSON.stringify(
    [place, path, tenant].map((each) => (typeof each === 'string' ? each.replace(/\/+$/, '') : each)),
  )
}
