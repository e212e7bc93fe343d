import type { Crossing } from '@orbweaver/contracts/metrics'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../api/api.ts'
import { askedAgainIn } from '../members/asked-again.ts'

/** What istiod says, and what runs in other clusters, changes without any object of the mesh changing. */
export function useNetworks(name: string) {
  return useQuery(
    api.meshes.networks.queryOptions({
      input: { name },
      refetchInterval: ({ state }) => askedAgainIn(state.data?.members),
      refetchOnWindowFocus: 'always',
    }),
  )
}

/** Requests between clusters over the last minutes; none where no Prometheus tells. What is not counted is no fault here. */
export function useCrossings(name: string): readonly Crossing[] {
  const query = useQuery(
    api.metrics.crossings.queryOptions({ input: { name }, staleTime: 30_000, refetchInterval: 30_000, retry: false }),
  )
  return query.data?.crossings ?? none
}

const none: readonly Crossing[] = []

export type Networks = NonNullable<ReturnType<typeof useNetworks>['data']>
