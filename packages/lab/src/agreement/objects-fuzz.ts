import { isRecord, type Json } from '@orbweaver/contracts/json'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { createEngine } from '@orbweaver/istio/findings/engine'
import { judges } from '@orbweaver/istio/findings/judges'
import { meshParts } from '@orbweaver/istio/findings/world'
import { kinds } from '@orbweaver/istio/world/kinds'
import { clusterView } from '@orbweaver/istio/world/view'
import { type Described, objects, seeded } from './objects.ts'

export type Fuzzed = { count: number; found: number; slowestMs: number; slow: string[]; thrown: string[] }

/** No object may take longer than this, in ms. */
const limit = 50

/**
 * Judges generated objects with anything in any place, each alone. What throws is told with its object, and so is what takes
 * longer than 50 ms.
 */
export function fuzz(described: readonly Described[], seed: number, count: number): Fuzzed {
  const random = seeded(seed + 1)
  const told: Fuzzed = { count, found: 0, slowestMs: 0, slow: [], thrown: [] }
  for (const made of objects(described, seed, count)) {
    const object = random() < 0.7 ? spoiled(made, random) : made
    try {
      // What is slow once may have cleaned up after others: only what stays so is.
      let took = judged(object, told)
      for (let again = 0; again < 3 && took > limit; again += 1) took = Math.min(took, judged(object, told))
      told.slowestMs = Math.max(told.slowestMs, took)
      if (took > limit) told.slow.push(`${Math.round(took)} ms for ${JSON.stringify(object)}`)
    } catch (fault) {
      told.thrown.push(`${String(fault)} of ${JSON.stringify(object)}`)
    }
  }
  return told
}

/** How long the processor worked on it, in ms: what it does for others meanwhile does not count. */
function judged(object: KubernetesObject, told: Fuzzed): number {
  const began = process.cpuUsage()
  const config = clusterView('hub', [object], Object.values(kinds))
  told.found += createEngine(meshParts({ config }), judges).findings().length
  const { user, system } = process.cpuUsage(began)
  return (user + system) / 1000
}

/** Still an object of its kind with a name, for nothing else comes from an API server or a file. */
function spoiled(object: KubernetesObject, random: () => number): KubernetesObject {
  const spoil = (value: Json, depth: number): Json => {
    if (depth > 1 && random() < 0.04) return anything(random, 0)
    if (Array.isArray(value)) return value.map((each) => spoil(each, depth + 1))
    if (!isRecord(value)) return value
    const entries = Object.entries(value).map(([key, each]) => [key, spoil(each ?? null, depth + 1)] as const)
    return Object.fromEntries(random() < 0.04 ? [...entries, [text(random), anything(random, 0)]] : entries)
  }
  const { apiVersion, kind, metadata, ...rest } = object
  const made = Object.fromEntries(Object.entries(rest).map(([key, each]) => [key, spoil(each ?? null, 1)]))
  const whole = { ...made, apiVersion, kind, metadata }
  return isKubernetesObject(whole) ? whole : object
}

function anything(random: () => number, depth: number): Json {
  const kind = Math.floor(random() * (depth > 3 ? 5 : 7))
  const size = Math.floor(random() * 4)
  if (kind === 0) return null
  if (kind === 1) return random() < 0.5
  if (kind === 2)
    return random() < 0.5 ? Math.round((random() - 0.5) * 1e6) : (random() - 0.5) * 10 ** Math.round(random() * 30)
  if (kind < 5) return text(random)
  if (kind === 5) return Array.from({ length: size }, () => anything(random, depth + 1))
  return Object.fromEntries(Array.from({ length: size }, () => [text(random), anything(random, depth + 1)]))
}

const letters = [
  'a',
  '*',
  '.',
  '/',
  '~',
  ':',
  '-',
  '(',
  '[',
  '{',
  '\\',
  '%',
  ' ',
  '0',
  '9',
  'ä',
  '\n',
  '__proto__',
  '@',
  '|',
  '+',
]

function text(random: () => number): string {
  const length = random() < 0.01 ? 5000 : Math.floor(random() * 12)
  return Array.from({ length }, () => letters[Math.floor(random() * letters.length)] ?? '').join('')
}
