import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { api } from '../../../api/api.ts'
import { type Draft, type Ready, readyDraft } from './draft.ts'

/** Long enough for a word to be typed. */
const quietMs = 400

/** Runs as long as the form is open: whenever the draft rests, and again each half minute. */
export function usePreflight(draft: Draft) {
  const ready = useMemo(() => readyDraft(draft), [draft])
  const asked = useRested(ready)
  const query = useQuery(
    api.meshes.preflight.queryOptions({
      input: asked ?? skipToken,
      placeholderData: keepPreviousData,
      staleTime: 5_000,
      gcTime: 30_000,
      refetchInterval: 30_000,
    }),
  )
  const blocking = query.data?.checks.filter((each) => each.severity === 'blocking').length ?? 0
  return { query, ready, waiting: ready === undefined, behind: ready !== asked || query.isFetching, blocking }
}

export type Preflight = ReturnType<typeof usePreflight>

/** The value once it has not changed for a moment. */
function useRested(value: Ready | undefined): Ready | undefined {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), quietMs)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}
