import type { Check } from '@orbweaver/contracts/clusters'
import { keepPreviousData, skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { api, client } from '../../../api/api.ts'
import type { Ready } from './draft.ts'

/** Long enough for a word to be typed. */
const quietMs = 400

type Asked = Ready & { roots?: string }

/** One thing that is checked: what it is about, and in which cluster, if it is about one. */
export type CheckPlace = { topic: string; cluster?: string }

export function placeOf({ id, cluster }: Check): CheckPlace {
  const topic = id.slice(0, id.indexOf('.'))
  return cluster === undefined ? { topic } : { topic, cluster }
}

/** Runs as long as somebody looks at it: whenever the draft rests, and again each half minute. */
export function usePreflight(ready: Ready | undefined, roots?: string) {
  const wanted = useMemo(
    () => (ready === undefined || roots === undefined ? ready : { ...ready, roots }),
    [ready, roots],
  )
  const asked = useRested(wanted)
  const input = asked ?? skipToken
  const query = useQuery(
    api.meshes.preflight.queryOptions({
      input,
      placeholderData: keepPreviousData,
      staleTime: 5_000,
      gcTime: 30_000,
      refetchInterval: 30_000,
    }),
  )
  const again = useAgain(asked)
  const blocking = query.data?.checks.filter((each) => each.severity === 'blocking').length ?? 0
  return { query, again, ready, waiting: ready === undefined, behind: wanted !== asked || query.isFetching, blocking }
}

export type Preflight = ReturnType<typeof usePreflight>

/** Asks one thing again, and puts the answer in the place of the one before. */
function useAgain(asked: Asked | undefined) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (place: CheckPlace) => {
      if (asked === undefined) return
      const answer = await client.meshes.preflight({ ...asked, only: place })
      queries.setQueryData(api.meshes.preflight.queryKey({ input: asked }), (before) =>
        before === undefined ? before : { ...before, checks: replaced(before.checks, place, answer.checks) },
      )
    },
  })
}

function replaced(before: readonly Check[], place: CheckPlace, now: readonly Check[]): Check[] {
  return [...before.filter((each) => !isSamePlace(placeOf(each), place)), ...now]
}

export function isSamePlace(one: CheckPlace | undefined, other: CheckPlace): boolean {
  return one?.topic === other.topic && one.cluster === other.cluster
}

/** The value once it has not changed for a moment. */
function useRested(value: Asked | undefined): Asked | undefined {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), quietMs)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}
