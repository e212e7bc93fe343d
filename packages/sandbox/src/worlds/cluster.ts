import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { clusterGround, sailOperator } from './cluster-basics.ts'
import type { WorldCluster } from './world.ts'

const OPERATOR = 'quay.io/sail-dev/sail-operator'

export type ClusterOptions = {
  name: string
  displayName?: string
  provider: string
  region: string
  zones: string[]
  kubernetes: string
  instance: string
  /** Its place among the clusters of a world, 1 to 25: no two share addresses. */
  number: number
  /** Istio network its Pods are in; its own name when absent. */
  network?: string
  /** Release of its Sail Operator, whose minor is the newest Istio it installs; none when absent. */
  operator?: string
  stages?: KubernetesObject[][]
} & Pick<WorldCluster, 'afterwards' | 'wrong' | 'prometheus'>

/** Addresses a cluster's load balancer has to give. */
const ADDRESSES = 10

/** A registered cluster with nodes and, where wished, an engine; the first stage given is put beside them. */
export function worldCluster(options: ClusterOptions): WorldCluster {
  const { name, displayName = name, provider, region, zones, kubernetes, instance, number, operator } = options
  const [first = [], ...rest] = options.stages ?? []
  const ground = clusterGround({ name, region, zones, kubernetes, instance, hostNetwork: `172.20.${number}` })
  const image = `${OPERATOR}:${operator ?? ''}`
  const engine = operator === undefined ? [] : sailOperator(image)
  return {
    name,
    displayName,
    provider,
    region,
    network: options.network ?? name,
    kubernetes,
    podNetwork: `10.${number + 10}`,
    loadBalancer: {
      mode: provider === 'eks' ? 'hostname' : 'ip',
      range: { from: number * ADDRESSES, to: number * ADDRESSES + ADDRESSES - 1 },
      delayMs: 500,
    },
    ...(operator === undefined ? {} : { operator: { image, newestMinor: Number(operator.split('.')[1]) } }),
    istioKinds: true,
    stages: [[...ground, ...engine, ...first], ...rest],
    ...whatIsSaid(options),
    registered: true,
  }
}

function whatIsSaid({ afterwards, wrong, prometheus }: ClusterOptions) {
  return {
    ...(afterwards === undefined ? {} : { afterwards }),
    ...(wrong === undefined ? {} : { wrong }),
    ...(prometheus === undefined ? {} : { prometheus }),
  }
}

/** Where the console keeps its objects: no workloads, no Istio. */
export function hubCluster(
  options: Pick<ClusterOptions, 'provider' | 'region' | 'kubernetes' | 'instance'>,
): WorldCluster {
  const cluster = worldCluster({
    name: 'hub',
    displayName: 'Management hub',
    zones: [`${options.region}-a`],
    number: 0,
    ...options,
  })
  return { ...cluster, istioKinds: false, registered: false }
}
