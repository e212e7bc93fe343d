import { pathOfPointer } from './yaml/schema.ts'

/** A place that two sides changed, each in its own way; undefined = no such field there. */
export type MergeConflict = { pointer: string; base: unknown; mine: unknown; theirs: unknown }
export type Side = 'mine' | 'theirs'

/** The merged object, which holds mine at every conflict, with theirs where that was chosen. */
export function withChoices(merged: unknown, conflicts: MergeConflict[], choices: Record<string, Side>): unknown {
  return conflicts
    .filter((conflict) => choices[conflict.pointer] === 'theirs')
    .reduce((object, conflict) => setAt(object, pathOfPointer(conflict.pointer), conflict.theirs), merged)
}

function setAt(object: unknown, path: (string | number)[], value: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined) return value
  if (Array.isArray(object) && typeof step === 'number') {
    const list: unknown[] = object
    return list.map((each, index) => (index === step ? setAt(each, rest, value) : each))
  }
  const fields = typeof object === 'object' && object !== null ? Object.entries(object) : []
  const key = String(step)
  const inner = setAt(fields.find(([name]) => name === key)?.[1], rest, value)
  const known = fields.some(([name]) => name === key)
  const next = fields.map(([name, each]): [string, unknown] => [name, name === key ? inner : each])
  if (!known) next.push([key, inner])
  return Object.fromEntries(next.filter(([, each]) => each !== undefined))
}
