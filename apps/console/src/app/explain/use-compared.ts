import type { RouteRequest } from '@orbweaver/contracts/explain'
import type { AccessCall } from '@orbweaver/contracts/explain-access'
import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import type { PlanDraft } from '../plan/use-plan.ts'

/** Asked once for a plan; the keys stand for the intent, which may carry a secret. */
const once = { staleTime: Number.POSITIVE_INFINITY, gcTime: 0, retry: false, refetchOnReconnect: false } as const

export function useComparedRequests({ id, mesh, intent }: PlanDraft, requests: RouteRequest[]) {
  return useQuery(
    api.traffic.compare.queryOptions({
      input: { mesh, intent, requests },
      queryKey: ['compare', 'requests', id, requests],
      enabled: requests.length > 0,
      ...once,
    }),
  )
}

export function useComparedCalls({ id, mesh, intent }: PlanDraft, calls: AccessCall[]) {
  return useQuery(
    api.security.compare.queryOptions({
      input: { mesh, intent, calls },
      queryKey: ['compare', 'calls', id, calls],
      enabled: calls.length > 0,
      ...once,
    }),
  )
}

export function useComparedReach({ id, mesh, intent }: PlanDraft) {
  return useQuery(
    api.security.compareReach.queryOptions({ input: { mesh, intent }, queryKey: ['compare', 'reach', id], ...once }),
  )
}

export function useComparedPods({ id, mesh, intent }: PlanDraft, refs: ObjectRef[]) {
  return useQuery(
    api.sidecars.comparePods.queryOptions({
      input: { mesh, intent, refs },
      queryKey: ['compare', 'pods', id, refs],
      ...once,
    }),
  )
}

export function useComparedInjection({ id, mesh, intent }: PlanDraft) {
  return useQuery(
    api.sidecars.compare.queryOptions({ input: { mesh, intent }, queryKey: ['compare', 'injection', id], ...once }),
  )
}
