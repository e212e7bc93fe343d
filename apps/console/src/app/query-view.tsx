import { Failure } from '@orbweaver/ui/failure'
import { Skeleton } from '@orbweaver/ui/skeleton'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useFailure } from '../api/failure.ts'
import { Region } from './boundaries.tsx'

/** A part of a page that hangs on one query: skeleton, failure with retry, or its data, in its own place. */
export function QueryView<Data>(props: {
  query: UseQueryResult<Data, Error>
  lines?: number
  children: (data: Data) => ReactNode
}) {
  const say = useFailure()
  const { query } = props
  if (query.data !== undefined) return <Region>{props.children(query.data)}</Region>
  if (query.error !== null) return <Failure failure={say(query.error)} onRetry={() => void query.refetch()} />
  return <Skeleton lines={props.lines ?? 5} />
}
