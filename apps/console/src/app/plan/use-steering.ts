import type { Change } from '@orbweaver/contracts/history'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useSession } from '../../api/session.ts'
import { usePlanText } from './text.ts'

export type Steering = {
  retry: (item: string) => void
  skip: (item: string) => void
  stop: () => void
  resume: () => void
  pending: boolean
  /** Why none of this can be asked for now. */
  held: string | undefined
  error: unknown
}

/** Orders about a change that goes on. Each answers with the change as it is now, so the page need not wait for a notice. */
export function useSteering({ name, page }: Pick<Change, 'name' | 'page'>): Steering {
  const t = usePlanText()
  const queries = useQueryClient()
  const { readOnly } = useSession()
  const onSuccess = (change: Change) => {
    queries.setQueryData(api.history.get.queryKey({ input: { name } }), change)
    // The answer is the page where the work is now; another that is looked at is asked for again.
    void queries.invalidateQueries({ queryKey: api.history.get.queryKey({ input: { name, page } }) })
  }
  const retry = useMutation(api.history.retry.mutationOptions({ onSuccess }))
  const skip = useMutation(api.history.skip.mutationOptions({ onSuccess }))
  const stop = useMutation(api.history.stop.mutationOptions({ onSuccess }))
  const resume = useMutation(api.history.resume.mutationOptions({ onSuccess }))
  const all = [retry, skip, stop, resume]
  return {
    retry: (item) => retry.mutate({ name, item }),
    skip: (item) => skip.mutate({ name, item }),
    stop: () => stop.mutate({ name }),
    resume: () => resume.mutate({ name }),
    pending: all.some((each) => each.isPending),
    held: readOnly ? t('progress.readOnly') : undefined,
    error: all.find((each) => each.error !== null)?.error,
  }
}
