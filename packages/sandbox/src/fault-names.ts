import { isRecord, type Json } from '@orbweaver/contracts/json'
import type { TroubleState } from './fleet/troubles.ts'
import type { FaultState } from './server/faults.ts'

/** What can be made to fail in one cluster, by the names of `--fault` and the keys of the control endpoint. */
export type FaultChange = { faults: Partial<FaultState>; troubles: TroubleState }

type Flag = { key: 'blackHole' | 'refuse' | 'unauthorized' | 'forbidden'; of: 'flag' }
type Amount = {
  key: 'latencyMs' | 'errorRate' | 'tooManyRequests' | 'watchLifeMs' | 'clockSkewMs'
  of: 'number'
  /** What the number is, for help and complaints. */
  unit: string
}
type Word = { key: keyof TroubleState; of: 'word'; words: readonly string[] }
type Text = { key: keyof TroubleState; of: 'text'; unit: string }

const FAULTS: Readonly<Record<string, Flag | Amount | Word | Text>> = {
  'black-hole': { key: 'blackHole', of: 'flag' },
  refuse: { key: 'refuse', of: 'flag' },
  unauthorized: { key: 'unauthorized', of: 'flag' },
  forbidden: { key: 'forbidden', of: 'flag' },
  latency: { key: 'latencyMs', of: 'number', unit: 'MS' },
  'error-rate': { key: 'errorRate', of: 'number', unit: 'SHARE' },
  'too-many-requests': { key: 'tooManyRequests', of: 'number', unit: 'SECONDS' },
  'watch-cut': { key: 'watchLifeMs', of: 'number', unit: 'MS' },
  'clock-skew': { key: 'clockSkewMs', of: 'number', unit: 'MS' },
  'load-balancer': { key: 'loadBalancer', of: 'word', words: ['absent', 'slow'] },
  operator: { key: 'operator', of: 'word', words: ['absent', 'slow', 'crash-looping'] },
  istiod: { key: 'istiod', of: 'word', words: ['down'] },
  webhook: { key: 'webhook', of: 'word', words: ['down'] },
  prometheus: { key: 'prometheus', of: 'word', words: ['down', 'starting'] },
  'image-pull': { key: 'imagePull', of: 'text', unit: 'TEXT' },
  quota: { key: 'quota', of: 'text', unit: 'NAMESPACE' },
  pdb: { key: 'pdb', of: 'text', unit: 'NAMESPACE' },
}

export type NamedFault = { cluster: string; change: FaultChange }

/** Reads `CLUSTER:NAME[=VALUE]`. Throws an Error fit for one line. */
export function parseFault(text: string): NamedFault {
  const [, cluster = '', name = '', value] = /^([^:]+):([^=]+)(?:=(.*))?$/.exec(text) ?? []
  const fault = FAULTS[name]
  if (fault === undefined) throw new Error(`--fault ${text}: CLUSTER:NAME[=VALUE], names are ${describeFaults()}`)
  const json: Json = fault.of === 'flag' ? (value ?? 'true') === 'true' : numberIn(fault.of === 'number', value)
  const change = changeOf({ [fault.key]: json })
  if (typeof change === 'string') throw new Error(`--fault ${text}: ${change}`)
  return { cluster, change }
}

function numberIn(isNumber: boolean, value: string | undefined): Json {
  return isNumber && value !== undefined && value.trim() !== '' ? Number(value) : (value ?? '')
}

/** One a word, with what may follow. */
export function describeFaults(): string {
  return Object.entries(FAULTS)
    .map(([name, fault]) => {
      if (fault.of === 'flag') return name
      return `${name}=${fault.of === 'word' ? fault.words.join('|') : fault.unit}`
    })
    .join(', ')
}

/** Reads the keys of a JSON object, null taking a trouble back; a text says what is wrong with it. */
export function changeOf(body: unknown): FaultChange | string {
  const change: { faults: Record<string, Json>; troubles: Record<string, Json | undefined> } = {
    faults: {},
    troubles: {},
  }
  for (const fault of Object.values(FAULTS)) {
    const value = isRecord(body) ? body[fault.key] : undefined
    if (value === undefined) continue
    const problem = problemOf(fault, value)
    if (problem !== undefined) return problem
    if (fault.of === 'flag' || fault.of === 'number') change.faults[fault.key] = value
    else change.troubles[fault.key] = value ?? undefined
  }
  return change
}

function problemOf(fault: Flag | Amount | Word | Text, value: Json): string | undefined {
  switch (fault.of) {
    case 'flag':
      return typeof value === 'boolean' ? undefined : `${fault.key} is true or false`
    case 'number':
      return Number.isFinite(value) ? undefined : `${fault.key} is a number, ${fault.unit}`
    case 'word':
      return isOneOf(fault.words, value) ? undefined : `${fault.key} is one of ${fault.words.join(', ')}`
    case 'text':
      return isTextOrNull(value) ? undefined : `${fault.key} is a ${fault.unit}`
  }
}

function isOneOf(words: readonly string[], value: Json): boolean {
  return value === null || (typeof value === 'string' && words.includes(value))
}

function isTextOrNull(value: Json): boolean {
  return value === null || (typeof value === 'string' && value !== '')
}
