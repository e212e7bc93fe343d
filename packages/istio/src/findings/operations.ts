import type { Json } from '@orbweaver/contracts/json'
import type { Fix } from '@orbweaver/contracts/plan'

/** Steps of RFC 6902, of which ways out are made. */
type Operation = Fix['patches'][number]['operations'][number]

export function replaced(path: string, value: Json): Operation {
  return { op: 'replace', path, value }
}

/** Into a record whether it is there or not; into a list before what is there. */
export function added(path: string, value: Json): Operation {
  return { op: 'add', path, value }
}

export function removed(path: string): Operation {
  return { op: 'remove', path }
}
