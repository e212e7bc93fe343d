import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Keys } from './keys.ts'
import { type ChangeRecord, sealedText } from './record.ts'
import { freshRecord, type Storing } from './store.ts'

/** An object is judged once: the mirror holds the same one until it changes, and a list asks for hundreds. */
const judged = new WeakMap<KubernetesObject, Promise<boolean>>()

/**
 * Whether the console itself wrote what this Change says was agreed, by whom, and is to be done (design section 3).
 * Anything else is executed by nobody and shown to nobody. Rejects while the hub's key cannot be read.
 */
export function isSealed(keys: Keys, record: ChangeRecord): Promise<boolean> {
  const known = judged.get(record.object)
  if (known !== undefined) return known
  const { hmac, ...spec } = record.spec
  const answer = keys.mac('change', sealedText(record.name, spec)).then((wanted) => wanted === hmac)
  judged.set(record.object, answer)
  // A key that could not be read now can be read later.
  answer.catch(() => judged.delete(record.object))
  return answer
}

/** A Change of the console's own, read fresh from the hub. */
export async function ownRecord({ hub, keys }: Pick<Storing, 'hub' | 'keys'>, name: string) {
  const record = await freshRecord(hub, name)
  return record !== undefined && (await isSealed(keys, record)) ? record : undefined
}
