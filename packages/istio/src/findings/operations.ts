import type { Json } from '@orbweaver/contracts/json'
import type { Fix } from '@orbweaver/contracts/plan'

type Operation = Fix['patches'][number]['operations'][number]

/** Sets a field whether it is there or not, or puts into a list (RFC 6902 4.1). */
export function put(path: string, value: Json): Operation {
  return { op: 'add', path, value }
}

/** Changes what is there. */
export function replace(path: string, value: Json): Operation {
  return { op: 'replace', path, value }
}

export function remove(path: string): Operation {
  return { op: 'remove', path }
}
