import type { Asking, Result } from './asking.ts'
import { type Clusters, destinationOf } from './clusters.ts'
import { type Served, serverNames } from './gateway-merge.ts'
import { isSubsetOf } from './host-names.ts'

/** What comes from another network names the cluster it is for (core/gateway.go, builtAutoPassthroughFilterChains; 1.31). */
export function betweenNetworks(asking: Asking, server: Served, clusters: Clusters): Result | undefined {
  const { request } = asking
  const found = /^outbound_\.(\d+)_\.([^_]*)_\.(.+)$/.exec(request.sni ?? request.host)
  const [, port = '', subset = '', host = ''] = found ?? []
  const service = clusters.get(host)
  const serves = serverNames(server).some((each) => isSubsetOf(host, each))
  if (service === undefined || service.external || !serves) return undefined
  const target = { host, port: Number(port), subset }
  const { destination, policies } = destinationOf(asking, clusters, { target, weight: 100, status: 503 })
  const cluster = `outbound_.${port}_.${subset}_.${host}`
  const passed = policies.filter(({ name }) => name !== 'tls').map((each) => ({ ...each, cluster }))
  const outcome: Result['outcome'] = { kind: 'routed', destinations: [{ ...destination, cluster }] }
  return { outcome, decidedBy: server.place, policies: passed }
}
