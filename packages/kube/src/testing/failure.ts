import { KubeError } from '../error.ts'

/** The KubeError a promise rejects with; anything else fails the test. */
export async function failureOf(call: Promise<unknown>): Promise<KubeError> {
  const outcome = await call.then(
    () => 'it did not fail',
    (error: unknown) => error,
  )
  if (outcome instanceof KubeError) return outcome
  throw new Error(`expected a KubeError, got ${String(outcome)}`)
}
