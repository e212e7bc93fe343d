import type { KubeconfigTest } from '@orbweaver/contracts/clusters'
import type { KubeconfigSource } from '@orbweaver/contracts/intent'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../api/api.ts'
import { type CredentialValues, sourceOf } from './register-values.ts'

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
 * what was sent as soon as the page is left. With a cluster they are tested as its new credentials.
 */
export function useKubeconfigTest(onTested: (result: KubeconfigTest) => void, cluster?: string): ConnectionTest {
  const [source, setSource] = useState<KubeconfigSource | undefined>()
  const test = useMutation(api.clusters.test.mutationOptions({ gcTime: 0, onSuccess: onTested }))
  return {
    result: test.data,
    source: test.data === undefined ? undefined : source,
    testing: test.isPending,
    error: test.error,
    run: (next) => {
      setSource(next)
      test.mutate(cluster === undefined ? { source: next } : { source: next, name: cluster })
    },
    forget: () => {
      setSource(undefined)
      test.reset()
    },
  }
}

/** What was tested stays what is saved: other credentials make the test's answer void, another context asks anew. */
export function afterChange(change: { before: CredentialValues; next: CredentialValues; test: ConnectionTest }): void {
  const { before, next, test } = change
  if (before.how !== next.how || before.kubeconfig !== next.kubeconfig || before.offered !== next.offered) {
    test.forget()
    return
  }
  const source = sourceOf(next)
  if (before.context !== next.context && source !== undefined) test.run(source)
}
