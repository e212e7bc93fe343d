import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { askedAgainIn } from './members/asked-again.ts'

/** One mesh. What istiod says of its members changes without any object changing: nobody would be told of it. */
export function useMesh(name: string) {
  return useQuery(
    api.meshes.get.queryOptions({
      input: { name },
      refetchInterval: ({ state }) => askedAgainIn(state.data?.members),
      refetchOnWindowFocus: 'always',
    }),
  )
}
