import { PrometheusSource } from '@orbweaver/contracts/fleet-objects'
import { at } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { groupedBy } from '@orbweaver/istio/world/grouped'
import { fleetClusters } from '@orbweaver/kube/resources'
import type { Fleet } from '../kube/doors.ts'
import type { HeldCredentials } from '../kube/prometheus-secret.ts'

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
  credentials: Partial<HeldCredentials>
}

/** Every Prometheus that the records of the fleet name. A source that cannot be read is none. */
export function sourcesOf({ hub, prometheusCredentials }: Pick<Fleet, 'hub' | 'prometheusCredentials'>): Source[] {
  const named = hub.mirror.list(fleetClusters).flatMap((record) => {
    const read = PrometheusSource.safeParse(at(record, 'spec', 'prometheus'))
    const cluster = record.metadata.name
    return read.success ? [{ cluster, at: read.data, key: keyOf(cluster, read.data) }] : []
  })
  return [...groupedBy(named, ({ key }) => key).values()].flatMap((all) => {
    const [first] = all
    if (first === undefined) return []
    const label = all.map((each) => each.at.clusterLabel).find((each) => each !== undefined)
    const clusters = all.map(({ cluster }) => cluster)
    const credentials = clusters.flatMap((each) => heldFor(first.at, prometheusCredentials(each)) ?? [])
    return [{ ...first, label, credentials: credentials[0] ?? {}, clusters }]
  })
}

/** What the Prometheus that a record names is asked with. */
export function heldBy({ prometheusCredentials }: Held, record: KubernetesObject): HeldCredentials | undefined {
  const read = PrometheusSource.safeParse(at(record, 'spec', 'prometheus'))
  return read.success ? heldFor(read.data, prometheusCredentials(record.metadata.name)) : undefined
}

type Held = Pick<Fleet, 'prometheusCredentials'>

/** Credentials are for the server that they were given for: whoever changes the address does not get them. */
function heldFor(
  { url }: Pick<PrometheusSource, 'url'>,
  held: HeldCredentials | undefined,
): HeldCredentials | undefined {
  return url !== undefined && held?.origin === new URL(url).origin ? held : undefined
}

function keyOf(cluster: string, { url, service, path, tenant }: PrometheusSource): string {
  const place = url === undefined ? [cluster, service] : new URL(url).href
  return JSON.stringify(
    [place, path, tenant].map((each) => (typeof each === 'string' ? each.replace(/\/+$/, '') : each)),
  )
}
