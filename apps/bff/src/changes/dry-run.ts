import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { DryRun } from '@orbweaver/contracts/plan'
import type { KubeClient, Resource } from '@orbweaver/kube/client'
import { KubeError } from '@orbweaver/kube/error'
import type { PreparedItem } from './prepared.ts'
import { send } from './send.ts'

export type Asked = {
  dryRun: DryRun
  result?: KubernetesObject
  /** Somebody wrote the object after it was read: the answer is about an object that is no more. */
  moved?: true
}

const refusing = new Set(['invalid', 'webhook_failed', 'unsupported', 'conflict', 'already_exists', 'too_large'])

/** Asks the API server what it would say to the write, with the rights of whoever will write. */
export async function askDryRun(client: KubeClient, resource: Resource, item: PreparedItem): Promise<Asked> {
  const ask = () => send(client, resource, { item, live: item.live, dryRun: true, at: undefined })
  try {
    // A connection that was closed while idle loses the first question put to it; this one may be put twice.
    const written = await ask().catch((error: unknown) => (isLost(error) ? ask() : Promise.reject(error)))
    return {
      dryRun: { state: 'accepted', warnings: written.warnings },
      ...(written.object && { result: written.object }),
    }
  } catch (error) {
    if (!(error instanceof KubeError)) throw error
    return { dryRun: answerOf(error, item, resource), ...(error.code === 'conflict' && { moved: true }) }
  }
}

function isLost(error: unknown): boolean {
  return error instanceof KubeError && error.code === 'unreachable'
}

const verbs = { create: 'create', update: 'update', delete: 'delete', restart: 'patch' } as const

function answerOf(error: KubeError, item: PreparedItem, resource: Resource): DryRun {
  if (error.code === 'forbidden' && error.webhook === undefined) {
    const verb = item.op === 'update' && item.how === 'merge' ? 'patch' : verbs[item.op]
    return { state: 'forbidden', verb, resource: resource.plural }
  }
  if (refusing.has(error.code) || error.webhook !== undefined || (error.status ?? 500) < 500) {
    const field = error.causes.find((cause) => cause.field !== '')?.field
    return { state: 'refused', message: error.message, ...(field !== undefined && { field }) }
  }
  return { state: 'unreachable', reason: `kube.${error.code}` }
}
