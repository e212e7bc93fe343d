import type { Session } from '@orbweaver/contracts/access'
import { useSuspenseQuery } from '@tanstack/react-query'
import { api } from './api.ts'

/** Who is signed in. Asked before anything else is shown; kept until a notice or a 401 says otherwise. */
export const sessionQuery = api.access.session.queryOptions({ staleTime: Number.POSITIVE_INFINITY })

export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data
}
