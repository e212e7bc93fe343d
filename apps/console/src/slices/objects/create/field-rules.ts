import type { TemplateField } from '@orbweaver/istio/rules/template'

/** What is wrong with what was typed; the words are `invalid.<fault>` of text.en.ts. */
export type Fault =
  | 'host'
  | 'port'
  | 'percent'
  | 'seconds'
  | 'count'
  | 'labels'
  | 'url'
  | 'name'
  | 'namespace'
  | 'required'

const hostPattern = /^(\*|(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)$/i
const labelPattern = /^[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?=([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/

/** RFC 1123, as contracts/names.ts has it; repeated here because zod would be a tenth of the page. */
const dnsLabel = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const labelShape = new RegExp(`^${dnsLabel}$`)
const nameShape = new RegExp(`^${dnsLabel}(\\.${dnsLabel})*$`)

const sound: Record<TemplateField['type'], (value: string) => boolean> = {
  host: (value) => hostPattern.test(value) && value.length <= 253,
  port: (value) => wholeBetween(value, 1, 65_535),
  percent: (value) => wholeBetween(value, 0, 100),
  count: (value) => wholeBetween(value, 0, 1_000_000),
  seconds: (value) => /^\d+(\.\d{1,3})?$/.test(value) && Number(value) > 0,
  labels: (value) => value.split(',').every((each) => labelPattern.test(each.trim())),
  url: (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
  text: () => true,
  choice: () => true,
}

/** An empty field is the template's own value, so it is never at fault. */
export function fieldFault(type: TemplateField['type'], text: string): Fault | undefined {
  const value = text.trim()
  if (value === '' || type === 'text' || type === 'choice' || sound[type](value)) return undefined
  return type
}

export function nameFault(text: string): Fault | undefined {
  if (text === '') return 'required'
  return text.length <= 253 && nameShape.test(text) ? undefined : 'name'
}

export function namespaceFault(text: string): Fault | undefined {
  if (text === '') return 'required'
  return text.length <= 63 && labelShape.test(text) ? undefined : 'namespace'
}

function wholeBetween(text: string, least: number, most: number): boolean {
  return /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most
}
