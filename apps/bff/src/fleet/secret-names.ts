import type { ObjectRef } from '@orbweaver/contracts/kubernetes'

/**
 * Whether a text has a name in it that the viewer may not know: as a whole name, or as that from which a longer one is made,
 * as those of Pods are from their workload's. Names that the viewer sees elsewhere are no secret, and neither are words that
 * merely have the same letters in them.
 */
export function secretNames(hidden: readonly ObjectRef[], open: readonly ObjectRef[]): (text: string) => boolean {
  const known = new Set(open.flatMap(namesOf))
  const secret = [...new Set(hidden.flatMap(namesOf))].filter((each) => !known.has(each)).map(wordOf)
  return (text) => secret.some((each) => [...text.matchAll(each)].some(([found]) => !known.has(found)))
}

const namesOf = ({ name, namespace }: ObjectRef): string[] => (namespace === undefined ? [name] : [name, namespace])

/** `a` is none of `aa` and of `b-a`, but one of `a.b`, of `ns/a`, and of `a-7d9f`, which is made from it. */
function wordOf(name: string): RegExp {
  const exact = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![a-z0-9-])${exact}(?:-[a-z0-9-]*)?(?![a-z0-9-])`, 'g')
}
