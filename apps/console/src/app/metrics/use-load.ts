import type { MetricsSource } from '@orbweaver/contracts/metrics'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'

/** Asked again no faster than this, whatever happens: Prometheus scrapes about as often. */
const everyMs = 30_000
/** What a day or a week says changes less, and costs more. */
const longEveryMs = 120_000
/** What is being asked already is waited for: nobody is asked anew. */
const awaitedMs = 10_000

/** It has not answered yet, and still may: the server waits for it on. */
export function isSlow({ why }: MetricsSource): boolean {
  return why?.code === 'metrics.slow'
}

export function loadQuery(mesh: string, minutes: number) {
  const every = minutes > 60 ? longEveryMs : everyMs
  return api.metrics.mesh.queryOptions({
    input: { name: mesh, minutes },
    staleTime: every,
    refetchInterval: ({ state }) => (state.data?.sources.some(isSlow) === true ? awaitedMs : every),
  })
}

/** The load of one mesh. While another range is read the last one stays: whoever shows another mesh must begin anew (`key`). */
export function useLoad(mesh: string, minutes: number) {
  return useQuery({ ...loadQuery(mesh, minutes), placeholderData: keepPreviousData })
}

export type Load = NonNullable<ReturnType<typeof useLoad>['data']>
