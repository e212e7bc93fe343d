import { readerTokenSecret } from '../world/names.ts'

/** The one Secret whose values the reconciler reads itself, live and never kept: its `token` and `ca.crt`. */
export function readerSecretOf(namespace: string): { name: string; namespace: string } {
  return { name: readerTokenSecret, namespace }
}
