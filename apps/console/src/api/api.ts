import { createTanstackQueryUtils, type RouterUtils } from '@orpc/tanstack-query'
import { QueryCache, QueryClient } from '@tanstack/react-query'
import { type Client, createClient } from './client.ts'
import type { ErrorCode } from './error-codes.ts'
import { codeOf } from './failure.ts'
import { streamIsOpen } from './live/stream-state.ts'

/** How long an answer is taken as true without asking again; notices end it earlier. */
const freshMs = 15_000
/** The fallback while the stream of notices is down. */
const slowPollMs = 30_000
export const fallbackPoll = () => (streamIsOpen() ? false : slowPollMs)

/** What passes by itself, and how often it is asked for again before the page says so. */
const patience: Partial<Record<ErrorCode, number>> = { 'client.offline': 2, 'hub.unread': 4 }

export const queries = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (codeOf(error) === 'access.signed_out') void queries.invalidateQueries({ queryKey: api.access.session.key() })
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: freshMs,
      gcTime: 5 * 60_000,
      refetchInterval: fallbackPoll,
      retry: (count, error) => count < (patience[codeOf(error)] ?? 0),
      retryDelay: (count) => 500 * 2 ** count,
    },
    mutations: { retry: false },
  },
})

export const client: Client = createClient({
  url: `${location.origin}/api/v1`,
  csrf: () => queries.getQueryData(api.access.session.queryKey())?.csrfToken,
})

/** `api.history.list.queryOptions({ input })`: key and function of every operation of the contract. */
export const api: RouterUtils<Client> = createTanstackQueryUtils(client)
