import type { FoundContext } from '@orbweaver/contracts/clusters'
import type { KubeconfigOrigin } from '@orbweaver/contracts/intent'
import type { Message } from '@orbweaver/contracts/message'
import { useEffect, useState } from 'react'
import { client } from '../../../api/api.ts'
import { answered, type Asked, type Row, rowsOf } from './rows.ts'

/** How many clusters are asked at once: the browser keeps connections for the rest of the page. */
const mostAsked = 4

export type Several = {
  rows: Row[] | undefined
  /** Why it is no kubeconfig. */
  refusal: Message | undefined
  /** Why nobody could read it. */
  error: unknown
  set: (context: string, part: Partial<Row>) => void
}

/**
 * The contexts of a kubeconfig, each tested by itself so that one that does not answer holds up none of the others. No
 * query and no mutation: no kubeconfig becomes part of a cache, and what is under way ends with the page.
 */
export function useSeveral(source: KubeconfigOrigin): Several {
  const [rows, setRows] = useState<Row[] | undefined>()
  const [refused, setRefused] = useState<{ refusal?: Message | undefined; error?: unknown }>({})
  useEffect(() => {
    const leaving = new AbortController()
    const { signal } = leaving
    const told = (context: string, asked: Asked) => {
      if (!signal.aborted) setRows((now) => changed(now, context, (row) => answered(row, asked)))
    }
    const test = async ({ context }: FoundContext) => {
      told(context, { state: 'testing' })
      told(context, await ask({ ...source, context }, signal))
    }
    client.clusters.contexts({ source }, { signal }).then(
      ({ contexts, refusal }) => {
        setRows(rowsOf(contexts))
        setRefused({ refusal })
        const waiting = contexts.filter((each) => each.refusal === undefined)
        for (let lane = 0; lane < mostAsked; lane += 1) void drain(waiting, test)
      },
      (error: unknown) => {
        if (!signal.aborted) setRefused({ error })
      },
    )
    return () => leaving.abort()
  }, [source])
  return {
    rows,
    refusal: refused.refusal,
    error: refused.error,
    set: (context, part) => setRows((now) => changed(now, context, (row) => ({ ...row, ...part }))),
  }
}

function changed(rows: Row[] | undefined, context: string, edit: (row: Row) => Row): Row[] | undefined {
  return rows?.map((row) => (row.context === context ? edit(row) : row))
}

async function drain(waiting: FoundContext[], test: (each: FoundContext) => Promise<void>): Promise<void> {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await test(next)
}

async function ask(source: KubeconfigOrigin & { context: string }, signal: AbortSignal): Promise<Asked> {
  try {
    return { state: 'tested', result: await client.clusters.test({ source }, { signal }) }
  } catch (error) {
    return { state: 'failed', error }
  }
}
