import { at } from '@orbweaver/contracts/json'
import { admit, type Verdict } from '../admit.ts'

export type Spec = Record<string, unknown>

/** A parser that knows one fault. */
const openEnd = (expression: string): string | undefined => (expression.endsWith('==') ? 'open end' : undefined)

/** What istiod says of a new object of the kind. */
export function judge(kind: string, spec: Spec, metadata: Spec = {}): Verdict {
  const object = { apiVersion: 'x/v1', kind, metadata: { name: 'sample', namespace: 'shop', ...metadata }, spec }
  return admit(at(JSON.parse(JSON.stringify(object))), 'CREATE', { celFault: openEnd })
}

/** The words of a refusal, without what is before all of them. */
export const refusal = (kind: string, spec: Spec, metadata: Spec = {}): string =>
  judge(kind, spec, metadata).message?.replace('configuration is invalid: ', '') ?? 'accepted'
