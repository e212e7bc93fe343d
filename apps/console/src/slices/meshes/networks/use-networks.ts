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

export type Networks = NonNullable<ReturnType<typeof useNetworks>['data']>
