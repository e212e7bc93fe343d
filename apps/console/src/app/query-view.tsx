import { Empty } from '@orbweaver/ui/empty'
import { Failure, type FailureText } from '@orbweaver/ui/failure'
import { Skeleton } from '@orbweaver/ui/skeleton'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ErrorCode } from '../api/error-codes.ts'
import { codeOf, useFailure } from '../api/failure.ts'
import { paths } from '../paths.ts'
import { Region } from './boundaries.tsx'
import { AppLink } from './link.tsx'

/** A part of a page that hangs on one query: skeleton, failure with retry, or its data, in its own place. */
export function QueryView<Data>(props: {
  query: UseQueryResult<Data, Error>
  lines?: number
  children: (data: Data) => ReactNode
}) {
  const say = useFailure()
  const { query } = props
  if (query.data !== undefined) return <Region>{props.children(query.data)}</Region>
  if (query.error === null) return <Skeleton lines={props.lines ?? 5} />
  const list = lists[codeOf(query.error)]
  if (list !== undefined) return <Missing failure={say(query.error)} list={list} />
  return <Failure failure={say(query.error)} onRetry={() => void query.refetch()} />
}

/** Where what was looked for would be listed. */
const lists: Partial<Record<ErrorCode, string>> = {
  'meshes.not_found': paths.meshes(),
  'clusters.not_found': paths.clusters(),
  'history.not_found': paths.history(),
}

/** What is not there did not fail: asking again would not bring it, the list leads on. */
function Missing(props: { failure: FailureText; list: string }) {
  const { what, next } = props.failure
  return <Empty title={what} action={<AppLink to={props.list}>{next}</AppLink>} />
}
