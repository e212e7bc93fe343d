import { isRecord, type JsonRecord, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { cloneRecord } from '../clone.ts'
import type { Call } from '../http/call.ts'
import { parseBody } from '../http/body.ts'
import { type FieldError, forbiddenField, notSupportedValue } from '../field-errors.ts'
import { badRequest, invalid } from '../status.ts'
import { dryRunParameter } from './write-options.ts'

type Propagation = 'Foreground' | 'Background' | 'Orphan'

export type DeleteOptions = {
  dryRun: boolean
  propagation: Propagation | undefined
  graceSeconds: number | undefined
  uid: string | undefined
  resourceVersion: string | undefined
  /** As webhooks see them. */
  sent: JsonRecord
}

/** The options of a delete: the body, or the query when there is none. */
export async function deleteOptions(call: Call): Promise<DeleteOptions> {
  const bytes = await call.body()
  const errors: FieldError[] = []
  const fromBody = bytes.length > 0
  const body = fromBody ? parsed(bytes, call) : {}
  const propagation = fromBody ? textAt(body, 'propagationPolicy') : (call.query.get('propagationPolicy') ?? undefined)
  const grace = fromBody ? numberAt(body, 'gracePeriodSeconds') : number(call.query.get('gracePeriodSeconds'))
  if (body.orphanDependents !== undefined && propagation !== undefined) {
    errors.push(forbiddenField('propagationPolicy', 'orphanDependents and deletionPropagation cannot be both set'))
  }
  const dryRuns = fromBody
    ? listAt(body, 'dryRun').filter((each) => typeof each === 'string')
    : call.query.getAll('dryRun')
  const options: DeleteOptions = {
    dryRun: dryRunParameter(dryRuns, errors),
    propagation: propagationOf(propagation ?? legacy(body.orphanDependents), errors),
    graceSeconds: grace,
    uid: textAt(body, 'preconditions', 'uid'),
    resourceVersion: textAt(body, 'preconditions', 'resourceVersion'),
    sent: cloneRecord({
      ...body,
      kind: 'DeleteOptions',
      apiVersion: 'meta.k8s.io/v1',
      ...(dryRuns.length === 0 ? {} : { dryRun: dryRuns }),
      propagationPolicy: propagation,
      gracePeriodSeconds: grace,
    }),
  }
  if (errors.length > 0) throw invalid({ group: 'meta.k8s.io', kind: 'DeleteOptions' }, '', errors)
  return options
}

function parsed(bytes: Buffer, call: Call): JsonRecord {
  const found = parseBody(bytes, call.headers['content-type'])
  if ('value' in found && isRecord(found.value)) return found.value
  throw badRequest(`couldn't get version/kind; json parse error: ${'error' in found ? found.error : 'not an object'}`)
}

function legacy(orphanDependents: unknown): string | undefined {
  if (orphanDependents === true) return 'Orphan'
  return orphanDependents === false ? 'Background' : undefined
}

function number(text: string | null): number | undefined {
  return text === null || text === '' ? undefined : Number(text)
}

function propagationOf(text: string | undefined, errors: FieldError[]): Propagation | undefined {
  if (text === undefined || text === '') return undefined
  if (text === 'Foreground' || text === 'Background' || text === 'Orphan') return text
  errors.push(notSupportedValue('propagationPolicy', text, ['Foreground', 'Background', 'Orphan', 'nil']))
  return undefined
}
