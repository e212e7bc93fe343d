import type { JsonRecord } from '@orbweaver/contracts/json'
import { cloneRecord } from '../clone.ts'
import type { Call } from '../http/call.ts'
import { forbiddenField, notSupportedValue, required, tooLong, type FieldError, invalidValue } from '../field-errors.ts'
import { invalid } from '../status.ts'

export type FieldValidation = 'Strict' | 'Warn' | 'Ignore'

export type WriteOptions = {
  dryRun: boolean
  /** Who owns the fields: the parameter, else the first word of the User-Agent. */
  fieldManager: string
  fieldValidation: FieldValidation
  force: boolean
}

/** The options as webhooks see them: those of a patch are an update's. */
export function sentOptions(kind: 'CreateOptions' | 'UpdateOptions', { dryRun, ...given }: SentOptions): JsonRecord {
  return cloneRecord({
    kind,
    apiVersion: 'meta.k8s.io/v1',
    ...(dryRun ? { dryRun: ['All'] } : {}),
    fieldManager: given.fieldManager,
    fieldValidation: given.fieldValidation,
  })
}

type SentOptions = Pick<WriteOptions, 'dryRun' | 'fieldManager' | 'fieldValidation'>

/** What errors call the parameters: those of an apply are a patch's. */
const optionKinds = {
  CreateOptions: 'CreateOptions',
  UpdateOptions: 'UpdateOptions',
  PatchOptions: 'PatchOptions',
  ApplyOptions: 'PatchOptions',
} as const

/** Reads the parameters of a write. Source: apimachinery pkg/apis/meta/v1/validation v0.36. */
export function writeOptions(call: Call, of: keyof typeof optionKinds): WriteOptions {
  const errors: FieldError[] = []
  const dryRun = dryRunParameter(call.query.getAll('dryRun'), errors)
  const manager = call.query.get('fieldManager') ?? ''
  if (manager.length > 128) errors.push(tooLong('fieldManager', 128))
  if (!/^[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]*$/u.test(manager)) {
    errors.push(invalidValue('fieldManager', manager, 'should only contain printable characters'))
  }
  const validation = fieldValidation(call.query.get('fieldValidation') ?? '', errors)
  const force = call.query.get('force') === 'true'
  if (force && of === 'PatchOptions') errors.push(forbiddenField('force', 'may not be specified for non-apply patch'))
  if (errors.length > 0) throw invalid({ group: 'meta.k8s.io', kind: optionKinds[of] }, '', errors)
  return {
    dryRun,
    fieldManager: manager === '' ? userAgentManager(call) : manager,
    fieldValidation: validation,
    force,
  }
}

/** An apply names its manager itself and alone may force. */
export function applyOptions(call: Call): WriteOptions {
  const options = writeOptions(call, 'ApplyOptions')
  if ((call.query.get('fieldManager') ?? '') === '') {
    throw invalid({ group: 'meta.k8s.io', kind: 'PatchOptions' }, '', [
      required('fieldManager', 'is required for apply patch'),
    ])
  }
  return options
}

export function dryRunParameter(values: string[], errors: FieldError[]): boolean {
  const given = values.filter((each) => each !== '')
  for (const each of given) if (each !== 'All') errors.push(notSupportedValue('dryRun', given, ['All']))
  return given.length > 0
}

function fieldValidation(text: string, errors: FieldError[]): FieldValidation {
  if (text === 'Strict' || text === 'Ignore' || text === 'Warn') return text
  if (text !== '') errors.push(notSupportedValue('fieldValidation', text, ['', 'Ignore', 'Strict', 'Warn']))
  return 'Warn'
}

function userAgentManager(call: Call): string {
  const agent = call.headers['user-agent'] ?? ''
  return (agent.split('/')[0] ?? '').slice(0, 128)
}
