import type { KubeconfigTest } from '@orbweaver/contracts/clusters'
import type { KubeconfigSource } from '@orbweaver/contracts/intent'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../api/api.ts'

export type ConnectionTest = {
  result: KubeconfigTest | undefined
  /** What the result is about; registering sends exactly this. */
  source: KubeconfigSource | undefined
  testing: boolean
  error: unknown
  run: (source: KubeconfigSource) => void
  forget: () => void
}

/**
 * Testing credentials. A mutation and no query, so that no kubeconfig becomes part of a cache key; `gcTime` 0 drops
 * what was sent as soon as the page is left.
 */
export function useKubeconfigTest(onTested: (result: KubeconfigTest) => void): ConnectionTest {
  const [source, setSource] = useState<KubeconfigSource | undefined>()
  const test = useMutation(api.clusters.test.mutationOptions({ gcTime: 0, onSuccess: onTested }))
  return {
    result: test.data,
    source: test.data === undefined ? undefined : source,
    testing: test.isPending,
    error: test.error,
    run: (next) => {
      setSource(next)
      test.mutate({ source: next })
    },
    forget: () => {
      setSource(undefined)
      test.reset()
    },
  }
}
