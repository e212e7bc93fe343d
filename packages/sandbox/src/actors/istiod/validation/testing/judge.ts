import { at } from '@orbweaver/contracts/json'
import { validateIstioObject, type Verdict } from '../admit.ts'

export type Spec = Record<string, unknown>

/** What the stand-in says of a new object of the kind. */
export function judge(kind: string, spec: Spec, metadata: Spec = {}): Verdict {
  const object = { apiVersion: 'x/v1', kind, metadata: { name: 'sample', namespace: 'shop', ...metadata }, spec }
  return validateIstioObject(at(JSON.parse(JSON.stringify(object))), 'CREATE')
}

/** The words of a refusal, without what is before all of them. */
export const refusal = (kind: string, spec: Spec, metadata: Spec = {}): string =>
  judge(kind, spec, metadata).message?.replace('configuration is invalid: ', '') ?? 'accepted'
