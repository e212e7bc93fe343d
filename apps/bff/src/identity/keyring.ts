import { createHmac, randomBytes } from 'node:crypto'
import { textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { KubeClient } from '@orbweaver/kube/client'
import { KubeError } from '@orbweaver/kube/error'
import { secrets } from '@orbweaver/kube/resources'
import type { Keys } from '../changes/keys.ts'

export const systemNamespace = 'orbweaver-system'
const secretName = 'orbweaver-keys'

/** What each key is for; one never serves two ends. */
type KeyUse = 'sessions' | 'changes'
const uses: readonly KeyUse[] = ['sessions', 'changes']

/** The console's own keys: one Secret in the hub, made once by whichever replica comes first, 32 random bytes a use. */
export type Keyring = {
  /** Rejects with KubeError while the hub cannot be asked or orbweaver-system is missing. Kept once known. */
  key(use: KeyUse): Promise<Buffer>
}

export function createKeyring(hub: KubeClient): Keyring {
  let known: Promise<Map<KeyUse, Buffer>> | undefined
  return {
    async key(use) {
      known ??= load(hub).catch((error: unknown) => {
        known = undefined
        throw error
      })
      const key = (await known).get(use)
      if (key === undefined) throw broken(hub.cluster)
      return key
    },
  }
}

async function load(hub: KubeClient): Promise<Map<KeyUse, Buffer>> {
  const target = { namespace: systemNamespace, name: secretName }
  try {
    return keysOf(await hub.get(secrets, target))
  } catch (error) {
    if (!(error instanceof KubeError && error.code === 'not_found')) throw error
  }
  try {
    return keysOf((await hub.create(secrets, freshSecret())).object)
  } catch (error) {
    // Another replica was faster: its keys are the keys.
    if (error instanceof KubeError && error.code === 'already_exists') return keysOf(await hub.get(secrets, target))
    throw error
  }
}

function keysOf(secret: KubernetesObject): Map<KeyUse, Buffer> {
  const found = new Map<KeyUse, Buffer>()
  for (const use of uses) {
    const key = Buffer.from(textAt(secret, 'data', use) ?? '', 'base64')
    if (key.length === 32) found.set(use, key)
  }
  return found
}

function freshSecret(): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: secretName, namespace: systemNamespace, labels: { 'app.kubernetes.io/part-of': 'orbweaver' } },
    type: 'Opaque',
    data: Object.fromEntries(uses.map((use) => [use, randomBytes(32).toString('base64')])),
  }
}

function broken(cluster: string): KubeError {
  const message = `${secretName} in ${systemNamespace} does not hold the keys it should`
  return new KubeError({ code: 'bad_answer', cluster, message, reason: 'BrokenKeys' })
}

/** Keyed hashes for the change engine, each purpose under a key of its own. */
export function macsOf(keyring: Keyring): Keys {
  return {
    async mac(purpose, text) {
      const key = await keyring.key('changes')
      const derived = createHmac('sha256', key).update(`orbweaver ${purpose} 1`).digest()
      return createHmac('sha256', derived).update(text).digest('hex')
    },
  }
}
