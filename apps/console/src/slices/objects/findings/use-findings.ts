import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../../api/api.ts'
import { type FindingSearch, findingsInput } from './search.ts'

export type FindingsQueryResult = ReturnType<typeof useFindings>

export function useFindings(mesh: string, search: FindingSearch) {
  return useQuery(
    api.objects.findings.queryOptions({ input: findingsInput(mesh, search), placeholderData: keepPreviousData }),
  )
}
