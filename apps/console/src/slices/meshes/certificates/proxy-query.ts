import { api } from '../../../api/api.ts'

export type ProxyWish = {
  mesh: string
  of: 'gateways' | 'workloads'
  cluster?: string
  namespace?: string
  workload?: string
}

/** A connection to each proxy: not asked for again by itself. */
export function proxyQuery(input: ProxyWish) {
  return api.security.proxyCertificates.queryOptions({ input, staleTime: 60_000, refetchInterval: false })
}
