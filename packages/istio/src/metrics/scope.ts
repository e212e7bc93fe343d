import type { Series } from './prometheus-answer.ts'

/** What one Prometheus is asked for: clusters of a mesh, and of these those whose proxies it scrapes. */
export type Scope = {
  /** Names of the mesh's clusters by what Istio calls them: `source_cluster`, `destination_cluster`. */
  mesh: ReadonlyMap<string, string>
  /** Those of the clusters that named this Prometheus. */
  scraped: ReadonlySet<string>
  /** The only cluster whose series are told, so that a series without the label of a cluster is its. */
  sole: string | undefined
  /** Label by which this Prometheus tells clusters apart. */
  label: string | undefined
}

type Labels = Series['labels']

/** A label that Istio could not fill, or that a Telemetry took away, says nothing (istio.io, standard metrics). */
export function said(labels: Labels, name: string): string | undefined {
  const value = labels[name]
  return value === undefined || value === '' || value === 'unknown' ? undefined : value
}

/**
 * The cluster of the proxy that says so, and only where this Prometheus is asked for it: of what two of them have, one is
 * believed, so that nothing counts twice.
 */
export function reportingCluster(labels: Labels, scope: Scope): string | undefined {
  const id = said(labels, labels.reporter === 'source' ? 'source_cluster' : 'destination_cluster')
  const name = id === undefined ? scope.sole : scope.mesh.get(id)
  return name !== undefined && scope.scraped.has(name) ? name : undefined
}

/** The cluster of a container: by the label of this Prometheus, or the only one it can be of. */
export function containerCluster(labels: Labels, { label, mesh, scraped, sole }: Scope): string | undefined {
  const value = label === undefined ? undefined : labels[label]
  if (value === undefined) return sole
  const name = mesh.get(value) ?? value
  return scraped.has(name) ? name : undefined
}
