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
  return KINDS.has(kind) && spec !== undefined ? faultIn(spec, '/spec') : undefined
}

function faultIn(value: Json, pointer: string): Said | undefined {
  const entries = Array.isArray(value) ? value.entries() : isRecord(value) ? Object.entries(value) : []
  for (const [key, each] of entries) {
    if (each === undefined || (typeof key === 'string' && OPEN.has(key))) continue
    const at = pointer + step(key)
    const wrong = typeof each === 'string' && DURATIONS.has(String(key)) && nanoseconds(each) === undefined
    if (wrong) return { words: `bad Duration: time: ${goFault(each)}`, pointer: at }
    const below = faultIn(each, at)
    if (below !== undefined) return below
  }
  return undefined
}

/** What time.ParseDuration says. */
function goFault(text: string): string {
  const [, number, unit] = /^[+-]?(?:[\d.]+(?:ns|us|µs|ms|s|m|h))*(\d+(?:\.\d*)?|\.\d+)([^\d.]*)/.exec(text) ?? []
  if (number === undefined) return `invalid duration ${quoted(text)}`
  return unit === ''
    ? `missing unit in duration ${quoted(text)}`
    : `unknown unit ${quoted(unit ?? '')} in duration ${quoted(text)}`
}
