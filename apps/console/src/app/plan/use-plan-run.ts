import type { Change } from '@orbweaver/contracts/history'
import type { Intent } from '@orbweaver/contracts/intent'
import type { Message } from '@orbweaver/contracts/message'
import { findingKey, grave, type Plan } from '@orbweaver/contracts/plan'
import { isDefinedError } from '@orpc/client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef } from 'react'
import { api } from '../../api/api.ts'
import type { PlanOptions } from './use-plan.ts'

type Asked = { id: number; intent: Intent; options: PlanOptions }

export type PlanRun = {
  plan: Plan | undefined
  planning: boolean
  /** Why the plan shown differs from the one shown before. */
  outdated: Message[]
  /** Why it cannot be executed, or why no plan can be made. */
  reasons: Message[]
  /** A failure that has no reasons of its own: network, rights, server. */
  failed: unknown
  executing: boolean
  change: Change | undefined
  execute: (reason: string) => void
  replan: () => void
}

/** An intent on its way: planned, perhaps planned anew, executed, followed to its end. */
export function usePlanRun(asked: Asked): PlanRun {
  const planned = usePlanned(asked)
  const execution = useExecution(asked)
  const refused = refusalOf(execution.error)
  const unplanned = isDefinedError(planned.error) && planned.error.code === 'plan.invalid' ? planned.error : undefined
  const plan = refused.newer ?? planned.data
  return {
    plan,
    planning: planned.isFetching,
    outdated: refused.why,
    reasons: [...(plan?.blocked ?? []), ...refused.reasons, ...(unplanned?.data.reasons ?? [])],
    failed: refused.other ?? (unplanned === undefined ? (planned.error ?? undefined) : undefined),
    executing: execution.isPending,
    change: useFollowed(execution.data, asked.options),
    execute: (reason) => {
      if (plan !== undefined) {
        const { fingerprint, findings } = plan
        const acknowledged = grave(findings.introduced).map(findingKey)
        execution.mutate({ intent: asked.intent, fingerprint, acknowledged, ...(reason === '' ? {} : { reason }) })
      }
    },
    replan: () => {
      execution.reset()
      void planned.refetch()
    },
  }
}

function usePlanned({ id, intent }: Asked) {
  return useQuery(
    api.history.plan.queryOptions({
      input: { intent },
      // Instead of the operation's own key, which holds the intent: that may carry a kubeconfig.
      queryKey: ['plan', id],
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
      retry: false,
      refetchInterval: false,
      refetchOnReconnect: false,
    }),
  )
}

function useExecution({ options }: Asked) {
  const queries = useQueryClient()
  return useMutation(
    api.history.execute.mutationOptions({
      onSuccess: (change) => {
        queries.setQueryData(api.history.get.queryKey({ input: { name: change.name } }), change)
        void queries.invalidateQueries({ queryKey: api.history.list.key() })
        options.onStarted?.(change)
      },
    }),
  )
}

type Refusal = { newer: Plan | undefined; why: Message[]; reasons: Message[]; other: unknown }

function refusalOf(error: ReturnType<typeof useExecution>['error']): Refusal {
  const none = { newer: undefined, why: [], reasons: [], other: undefined }
  if (error === null) return none
  if (!isDefinedError(error)) return { ...none, other: error }
  if (error.code === 'plan.outdated') return { ...none, newer: error.data.plan, why: error.data.why }
  if (error.code === 'plan.blocked' || error.code === 'plan.invalid') return { ...none, reasons: error.data.reasons }
  return { ...none, other: error }
}

/** The change as notices renew it; tells once when all of it is done. */
function useFollowed(started: Change | undefined, options: PlanOptions): Change | undefined {
  const followed = useQuery(
    api.history.get.queryOptions({ input: { name: started?.name ?? '' }, enabled: started !== undefined }),
  )
  const change = started === undefined ? undefined : (followed.data ?? started)
  const told = useRef(false)
  const tell = useEffectEvent((done: Change) => options.onDone?.(done))
  useEffect(() => {
    if (change?.phase !== 'succeeded' || told.current) return
    told.current = true
    tell(change)
  }, [change])
  return change
}
