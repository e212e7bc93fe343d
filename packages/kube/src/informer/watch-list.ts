import type { KubeClient } from '../client.ts'
import { KubeError } from '../error.ts'

const without = new WeakSet<KubeClient>()

/**
 * Whether this cluster may be asked to stream a list. The server's gate is on in Kubernetes 1.32 and since 1.34, off in
 * 1.33 and alpha before; only trying tells, and one refusal is enough for all kinds.
 */
export function mayWatchList(client: KubeClient): boolean {
  return !without.has(client)
}

export function forgetWatchList(client: KubeClient): void {
  without.add(client)
}

/** What a server answers that does not know, or does not allow, `sendInitialEvents`. */
export function refusesWatchList(error: unknown): boolean {
  return error instanceof KubeError && (error.code === 'invalid' || error.code === 'unsupported')
}
