import { type Json, recordAt } from '@orbweaver/contracts/json'
import { step } from '../pointer.ts'
import type { Said } from './report.ts'
import { textOf, type Tools } from './shared-fields.ts'
import { validate } from './validate.ts'

export type Verdict = { allowed: boolean; message?: string; warnings: string[] }

const TOP_LEVEL = new Set(['apiVersion', 'kind', 'metadata', 'spec', 'status'])

/** What istiod's `/validate` says of one object (pkg/webhooks/validation/server/server.go). */
export function admit(object: Json | undefined, operation: string, tools: Tools = {}): Verdict {
  if (operation !== 'CREATE' && operation !== 'UPDATE') return { allowed: true, warnings: [] }
  const { error, errors, warnings } = validate(object, tools)
  if (error !== undefined) {
    const what =
      errors[0]?.words.startsWith('bad Duration: ') === true
        ? 'error decoding configuration'
        : 'configuration is invalid'
    return { allowed: false, message: `${what}: ${error}`, warnings: [] }
  }
  const unknown = unknownTopLevel(object)
  if (unknown !== undefined) return { allowed: false, message: unknown.words, warnings: [] }
  return { allowed: true, warnings: warnings.map(({ words }) => words) }
}

/** A key beside spec and status, which the webhook refuses when all else is well (checkFields of the same file). */
export function unknownTopLevel(object: Json | undefined): Said | undefined {
  const unknown = Object.keys(recordAt(object)).find((key) => !TOP_LEVEL.has(key))
  if (unknown === undefined) return undefined
  const where = `${textOf(object, 'metadata', 'namespace')}/${textOf(object, 'metadata', 'name')}`
  const words = `unknown field ${JSON.stringify(unknown)} on ${textOf(object, 'kind')} resource ${where}`
  return { words, pointer: step(unknown) }
}
