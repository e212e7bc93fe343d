import { DnsLabel, DnsName } from '@orbweaver/contracts/names'
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

/** An empty field is the template's own value, so it is never at fault. */
export function fieldFault(type: TemplateField['type'], text: string): Fault | undefined {
  const value = text.trim()
  if (value === '') return undefined
  switch (type) {
    case 'host':
      return hostPattern.test(value) && value.length <= 253 ? undefined : 'host'
    case 'port':
      return wholeBetween(value, 1, 65_535) ? undefined : 'port'
    case 'percent':
      return wholeBetween(value, 0, 100) ? undefined : 'percent'
    case 'count':
      return wholeBetween(value, 0, 1_000_000) ? undefined : 'count'
    case 'seconds':
      return /^\d+(\.\d{1,3})?$/.test(value) && Number(value) >= 0.001 ? undefined : 'seconds'
    case 'labels':
      return value.split(',').every((each) => labelPattern.test(each.trim())) ? undefined : 'labels'
    case 'url':
      return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) ? undefined : 'url'
    case 'text':
    case 'choice':
      return undefined
  }
}

export function nameFault(text: string): Fault | undefined {
  if (text === '') return 'required'
  return DnsName.safeParse(text).success ? undefined : 'name'
}

export function namespaceFault(text: string): Fault | undefined {
  if (text === '') return 'required'
  return DnsLabel.safeParse(text).success ? undefined : 'namespace'
}

function wholeBetween(text: string, least: number, most: number): boolean {
  return /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most
}
