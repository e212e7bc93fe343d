import { setTimeout as sleep } from 'node:timers/promises'
import { KubeError } from '@orbweaver/kube/error'
import { changes as changeResource, customResourceDefinitions, namespaces } from '@orbweaver/kube/resources'
import { systemNamespace } from '../identity/keyring.ts'
import type { Fleet, ViewerDoor } from '../kube/doors.ts'
import type { PreparedItem } from './prepared.ts'
import { send } from './send.ts'

/** In this order: the namespace holds the key that seals a Change. */
const first = [
  { resource: namespaces, name: systemNamespace },
  { resource: customResourceDefinitions, name: `${changeResource.plural}.${changeResource.group}` },
]

/** How long an API server may take to serve a definition it has just accepted (ms). */
const patienceMs = 10_000

/**
 * The writes that no Change can precede: the console's namespace and the definition of Changes themselves, made as the
 * person when a hub is prepared. The executor then finds them done, and history begins with them.
 */
export async function bootstrap(
  { fleet }: { fleet: Fleet },
  viewer: ViewerDoor,
  items: readonly PreparedItem[],
): Promise<void> {
  const client = fleet.hub.as(viewer.identity)
  for (const { resource, name } of first) {
    const item = items.find((each) => each.ref.kind === resource.kind && each.ref.name === name)
    if (item === undefined) continue
    await send(client, resource, { item, live: undefined, dryRun: false, at: undefined }).catch(unlessThere)
  }
  const deadline = Date.now() + patienceMs
  while (!(await served(fleet)) && Date.now() < deadline) await sleep(100)
}

function unlessThere(error: unknown): void {
  if (!(error instanceof KubeError) || error.code !== 'already_exists') throw error
}

function served({ hub }: Fleet): Promise<boolean> {
  return hub.own.list(changeResource, { pageSize: 1 }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof KubeError && error.code === 'not_found') return false
      throw error
    },
  )
}
