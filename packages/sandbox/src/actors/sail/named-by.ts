import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { ObjectKey } from '../controller.ts'

/**
 * Whom a change of an object concerns: those that it names now, and those that it named when it was last seen. Only
 * objects that name somebody are remembered.
 */
export function namedBy(
  names: (object: KubernetesObject) => readonly (string | undefined)[],
): (object: KubernetesObject) => ObjectKey[] {
  const seen = new Map<string, readonly string[]>()
  return (object) => {
    const { namespace = '', name } = object.metadata
    const id = `${namespace}/${name}`
    const before = seen.get(id) ?? []
    const now = names(object).filter((each) => each !== undefined)
    if (now.length > 0) seen.set(id, now)
    else seen.delete(id)
    return [...new Set([...before, ...now])].map((each) => ({ namespace: '', name: each }))
  }
}
