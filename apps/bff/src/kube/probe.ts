import type { KubeClient } from '@orbweaver/kube/client'
import { createKubeClient } from '@orbweaver/kube/connect'
import type { Connection } from '@orbweaver/kube/connection'

/** A short-lived client for a cluster that is not registered (yet); the caller closes it. Opens nothing by itself. */
export function openProbe(connection: Connection): KubeClient {
  // Some sixty access reviews are asked at once, and somebody waits for them.
  const limits = { connectTimeoutMs: 3_000, attempts: 1, maxAnswerBytes: 16 * 1024 * 1024, qps: 200, burst: 400 }
  return createKubeClient({ cluster: 'tested', connection, limits })
}
