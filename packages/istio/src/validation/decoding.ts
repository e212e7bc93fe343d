import { isRecord, type Json } from '@orbweaver/contracts/json'
import { step } from '../pointer.ts'
import { nanoseconds } from './durations.ts'
import type { Said } from './report.ts'
import { quoted } from './names.ts'

/** Fields of istio.io/api that are durations, in any of its messages. */
const DURATIONS = new Set(
  (
    'backoff baseEjectionTime budgetInterval connectTimeout duration exponentialDelay fixedDelay idleTimeout interval ' +
    'maxAge maxConnectionDuration perTryTimeout reportingInterval time timeout ttl warmupDurationSecs'
  ).split(' '),
)
const KINDS = new Set(['VirtualService', 'DestinationRule', 'Sidecar', 'RequestAuthentication', 'Telemetry'])
/** Maps of anybody's keys. */
const OPEN = new Set(
  'labels annotations matchLabels sourceLabels headers withoutHeaders queryParams set add to tagOverrides customTags'.split(
    ' ',
  ),
)

/**
 * The first duration that istiod cannot decode: it refuses the object with this alone, and istioctl passes over it. What
 * is of another type than its schema has, no API server lets come so far.
 */
export function decodingFault(kind: string, spec: Json | undefined): Said | undefined {
  const fault = KINDS.has(kind) && spec !== undefined ? faultIn(spec) : undefined
  return fault === undefined ? undefined : { ...fault, pointer: `/spec${fault.pointer}` }
}

/** Its pointer from here. */
function faultIn(value: Json): Said | undefined {
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) {
      const fault = faultIn(each)
      if (fault !== undefined) return below(index, fault)
    }
  } else if (isRecord(value)) {
    for (const key of Object.keys(value)) {
      const each = value[key]
      if (each === undefined || OPEN.has(key)) continue
      const fault = typeof each === 'string' ? faultOf(key, each) : faultIn(each)
      if (fault !== undefined) return below(key, fault)
    }
  }
  return undefined
}

function faultOf(key: string, text: string): Said | undefined {
  if (!DURATIONS.has(key) || nanoseconds(text) !== undefined) return undefined
  return { words: `bad Duration: time: ${goFault(text)}`, pointer: '' }
}

function below(key: string | number, { words, pointer }: Said): Said {
  return { words, pointer: step(key) + pointer }
}

/** What time.ParseDuration says. */
function goFault(text: string): string {
  const [, number, unit] = /^[+-]?(?:[\d.]+(?:ns|us|µs|ms|s|m|h))*(\d+(?:\.\d*)?|\.\d+)([^\d.]*)/.exec(text) ?? []
  if (number === undefined) return `invalid duration ${quoted(text)}`
  return unit === ''
    ? `missing unit in duration ${quoted(text)}`
    : `unknown unit ${quoted(unit ?? '')} in duration ${quoted(text)}`
}
