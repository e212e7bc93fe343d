import type { Capacity } from '@orbweaver/contracts/capacity'
import { fittingPreset } from '@orbweaver/istio/meshes/sizes'
import type { ClusterChoice } from './choice.ts'

/** What a control plane of these clusters would be for, and where it would run. */
export type SizeAdvice = {
  /** That of the control plane. */
  cluster: string
  clusters: string[]
  /** Over all of the clusters; undefined where one of them does not say it. */
  services: number | undefined
  pods: number | undefined
  nodes: Capacity['nodes']
  /** `unknown` while something was not counted, `none` where it is more than any preset is meant for. */
  fits: { size: string } | 'unknown' | 'none'
}

export function sizeAdvice(clusters: readonly ClusterChoice[]): SizeAdvice | undefined {
  const [home] = clusters
  if (home === undefined) return undefined
  const services = sum(clusters, ({ services: count }) => count)
  const pods = sum(clusters, ({ pods: count }) => count)
  return {
    cluster: home.name,
    clusters: clusters.map(({ name }) => name),
    services,
    pods,
    nodes: home.capacity?.nodes,
    fits: fitsOf(services, pods),
  }
}

function sum(clusters: readonly ClusterChoice[], of: (capacity: Capacity) => number | undefined): number | undefined {
  const counts = clusters.flatMap(({ capacity = {} }) => of(capacity) ?? [])
  return counts.length < clusters.length ? undefined : counts.reduce((total, each) => total + each, 0)
}

function fitsOf(services: number | undefined, pods: number | undefined): SizeAdvice['fits'] {
  if (services === undefined || pods === undefined) return 'unknown'
  const preset = fittingPreset({ services, pods })
  return preset === undefined ? 'none' : { size: preset.name }
}
