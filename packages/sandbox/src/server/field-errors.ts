import { isRecord, type Json } from '@orbweaver/contracts/json'

/** One complaint about one field, worded as apimachinery's field.Error (pkg/util/validation/field v0.36). */
export type FieldError = {
  reason:
    | 'FieldValueInvalid'
    | 'FieldValueRequired'
    | 'FieldValueNotSupported'
    | 'FieldValueForbidden'
    | 'FieldValueDuplicate'
    | 'FieldValueTooLong'
    | 'FieldValueTooMany'
    | 'FieldValueTypeInvalid'
    | 'FieldValueNotFound'
  field: string
  head: string
  detail: string
}

export function fieldErrorText(error: FieldError): string {
  return error.detail === '' ? error.head : `${error.head}: ${error.detail}`
}

export function required(field: string, detail = ''): FieldError {
  return { reason: 'FieldValueRequired', field, head: 'Required value', detail }
}

export function invalidValue(field: string, value: Json | undefined, detail: string): FieldError {
  return { reason: 'FieldValueInvalid', field, head: `Invalid value: ${shown(value)}`, detail }
}

export function wrongType(field: string, value: Json | undefined, detail: string): FieldError {
  return { reason: 'FieldValueTypeInvalid', field, head: `Invalid value: ${shown(value)}`, detail }
}

export function notSupportedValue(field: string, value: Json | undefined, supported: string[]): FieldError {
  const known = supported.map((each) => JSON.stringify(each)).join(', ')
  const head = `Unsupported value: ${shown(value)}`
  return { reason: 'FieldValueNotSupported', field, head, detail: `supported values: ${known}` }
}

export function forbiddenField(field: string, detail: string): FieldError {
  return { reason: 'FieldValueForbidden', field, head: 'Forbidden', detail }
}

export function duplicateValue(field: string, value: Json | undefined): FieldError {
  return { reason: 'FieldValueDuplicate', field, head: `Duplicate value: ${shown(value)}`, detail: '' }
}

export function tooLong(field: string, limit: number): FieldError {
  const detail = `may not be more than ${limit} bytes`
  return { reason: 'FieldValueTooLong', field, head: 'Too long', detail }
}

export function tooMany(field: string, actual: number, limit: number): FieldError {
  const detail = `must have at most ${limit} items`
  return { reason: 'FieldValueTooMany', field, head: `Too many: ${actual}`, detail }
}

/** Objects and lists are printed as JSON, like Go's field errors do for structs. */
export function shown(value: Json | undefined): string {
  if (value === undefined || value === null) return 'null'
  if (isRecord(value) || Array.isArray(value)) return JSON.stringify(value)
  return JSON.stringify(value)
}
