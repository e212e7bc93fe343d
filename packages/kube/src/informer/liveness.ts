import { textAt } from '@orbweaver/contracts/json'
import type { KubeClient } from '../client.ts'
import { KubeError } from '../error.ts'

type Probe = { startedAt: number; answer: Promise<void> }

const probes = new WeakMap<KubeClient, Probe>()

/**
 * Asks the API server for its version: anybody may (ClusterRole system:public-info-viewer), and an expired token is
 * refused there as everywhere. One question for all informers of a client: an answer counts for `forMs` milliseconds.
 * Rejects with KubeError when the server cannot be reached, does not know us, or is no API server.
 */
export function probeServer(client: KubeClient, forMs: number): Promise<void> {
  const recent = probes.get(client)
  if (recent !== undefined && performance.now() - recent.startedAt < forMs) return recent.answer
  const answer = askVersion(client)
  probes.set(client, { startedAt: performance.now(), answer })
  return answer
}

async function askVersion(client: KubeClient): Promise<void> {
  const { body } = await client.raw('/version')
  if (textAt(body, 'gitVersion') !== undefined) return
  const message = 'what answers is not an API server'
  throw new KubeError({ code: 'bad_answer', cluster: client.cluster, message, reason: 'NotAnApiServer' })
}
