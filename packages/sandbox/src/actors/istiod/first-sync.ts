import type { CallOptions, KubeClient } from '@orbweaver/kube/client'
import type { Clock } from '../../clock.ts'

/** Source: pkg/kube/multicluster/cluster.go SyncStatus*; `closed` is never seen from outside. */
export type SyncStatus = 'synced' | 'syncing' | 'timeout'

export type FirstSync = { status: () => SyncStatus; stop: () => void }

/** What istiod must have listed before it takes a remote cluster for synced (cluster.go Run). */
const listed = [
  '/api/v1/namespaces',
  '/api/v1/pods',
  '/api/v1/services',
  '/api/v1/nodes',
  '/apis/discovery.k8s.io/v1/endpointslices',
]

/** Between attempts, as client-go's reflectors do it: 800 ms, doubled up to 30 s. */
const backoff = { firstMs: 800, mostMs: 30_000 }

/**
 * The state of a remote cluster as istiod tells it: `syncing` until everything could be listed once, `timeout` when that
 * has not been so for long, and `synced` for ever after, whatever becomes of the cluster.
 */
export function startFirstSync(
  client: Pick<KubeClient, 'raw'>,
  { clock, timeoutMs }: { clock: Clock; timeoutMs: number },
): FirstSync {
  let status: SyncStatus = 'syncing'
  const ending = new AbortController()
  const calledOff = new Set<() => void>()
  const later = (ms: number, run: () => void): void => {
    const off = clock.after(ms, () => {
      calledOff.delete(off)
      run()
    })
    calledOff.add(off)
  }
  const attempt = async (waitMs: number): Promise<void> => {
    if (await lists(client, { signal: ending.signal })) status = 'synced'
    else if (!ending.signal.aborted) later(waitMs, () => void attempt(Math.min(waitMs * 2, backoff.mostMs)))
  }
  if (timeoutMs > 0) {
    later(timeoutMs, () => {
      if (status === 'syncing') status = 'timeout'
    })
  }
  void attempt(backoff.firstMs)
  return {
    status: () => status,
    stop: () => {
      ending.abort()
      for (const off of calledOff) off()
    },
  }
}

/** Whatever is in the way, a refusal or the network: the next attempt will tell. */
async function lists(client: Pick<KubeClient, 'raw'>, options: CallOptions): Promise<boolean> {
  const calls = listed.map((path) => client.raw(`${path}?limit=1`, options))
  return (await Promise.allSettled(calls)).every(({ status }) => status === 'fulfilled')
}
