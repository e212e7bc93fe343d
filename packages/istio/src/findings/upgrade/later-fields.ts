import { isRecord, type Json } from '@orbweaver/contracts/json'
import { kindOf } from '../../world/kinds.ts'
import { step as pointerStep } from '../../pointer.ts'
import { type Code, fix, found, type Judge } from '../finding.ts'
import { remove } from '../operations.ts'
import { laterFields } from './generated/later-fields.ts'
import { has, type Step } from './step.ts'

const field: Code = { code: 'upgrade.field-later', severity: 'warning', istio: 'ignores' }
const value: Code = { code: 'upgrade.value-later', severity: 'rejected', istio: 'rejects' }

/**
 * Fields that the version gone to has not yet: its API servers leave them out. Where the version before has not got them
 * either nothing becomes different.
 */
export function fieldsOfLater({ from, to }: Step): Judge {
  return {
    says: [field, value],
    kinds: [...laterFields.keys()],
    judge(subject) {
      return (laterFields.get(kindOf(subject.object)) ?? []).flatMap(({ path, only, since }) => {
        if (has(to, since) !== false || (from !== undefined && has(from, since) === false)) return []
        return placesOf(subject.object, path, '').flatMap(({ pointer, at }) => {
          if (only !== undefined && at !== only) return []
          const params = { since, to, field: path.at(-1) ?? '', value: only ?? '' }
          if (only !== undefined) return [found(subject, value, { pointer, params })]
          const fixes = [fix(subject, { code: 'drop-field', params: { field: params.field } }, [remove(pointer)])]
          return [found(subject, field, { pointer, params, fixes })]
        })
      })
    },
  }
}

/** Everything that a path leads to; `*` is each of a list or map. */
function placesOf(
  at: Json | undefined,
  [first, ...rest]: readonly string[],
  pointer: string,
): { pointer: string; at: Json }[] {
  if (at === undefined || at === null) return []
  if (first === undefined) return [{ pointer, at }]
  if (first !== '*') return isRecord(at) ? placesOf(at[first], rest, `${pointer}${pointerStep(first)}`) : []
  const entries = Array.isArray(at) || isRecord(at) ? Object.entries(at) : []
  return entries.flatMap(([key, each]) => placesOf(each ?? undefined, rest, `${pointer}${pointerStep(key)}`))
}
