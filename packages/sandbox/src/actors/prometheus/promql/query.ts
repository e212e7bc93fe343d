import { setImmediate as pause } from 'node:timers/promises'
import { typeOf } from './check.ts'
import type { Expression, ValueType } from './expression.ts'
import { matrixOf, scalarOf, vectorOf } from './evaluate.ts'
import { keyOf, type Labels } from './labels.ts'
import { parse } from './parse.ts'
import { badData, execution } from './query-error.ts'
import type { Scope } from './select.ts'
import type { Storage } from './storage.ts'
import { distinct, type Valued } from './value.ts'

/** Milliseconds, and what was found then. */
export type Point = [t: number, v: number]

export type Result =
  | { type: 'scalar'; point: Point }
  | { type: 'string'; t: number; text: string }
  | { type: 'vector'; values: Valued[]; t: number }
  | { type: 'matrix'; lines: { labels: Labels; points: Point[] }[] }

export type Range = { start: number; end: number; step: number }

/** What a query is worth at one time. Throws a QueryError. */
export function queryAt(storage: Storage, query: string, at: number): Result {
  const expression = parse(query)
  const scope: Scope = { storage, start: at, end: at }
  switch (typeOf(expression)) {
    case 'scalar':
      return { type: 'scalar', point: [at, scalarOf(scope, expression)(at)] }
    case 'string':
      return { type: 'string', t: at, text: expression.kind === 'text' ? expression.value : '' }
    case 'vector':
      return { type: 'vector', t: at, values: distinct(vectorOf(scope, expression)(at)) }
    case 'matrix':
      return { type: 'matrix', lines: samplesOf(scope, expression, at) }
  }
}

function samplesOf(scope: Scope, expression: Expression, at: number) {
  const windows = matrixOf(scope, expression)(at)
  return windows.flatMap(({ labels, readings }) => {
    const points = readings().map(({ t, v }): Point => [t, v])
    return points.length === 0 ? [] : [{ labels, points }]
  })
}

/** Samples a query may bring up (`--query.max-samples`), and for how long others wait for it at a time. */
const limits = { points: 50_000_000, busyMs: 20 }

/** What a query is worth from `start` to `end`, each `step`. Throws a QueryError. Lets others run in between. */
export async function queryRange(storage: Storage, query: string, { start, end, step }: Range): Promise<Result> {
  const expression = parse(query)
  const scope: Scope = { storage, start, end }
  const values = valuesOver(scope, expression, typeOf(expression))
  const lines = new Map<string, { labels: Labels; points: Point[] }>()
  let begun = performance.now()
  let points = 0
  for (let at = start; at <= end; at += step) {
    for (const { labels, v } of values(at)) {
      const line = lines.get(keyOf(labels))
      if (line === undefined) lines.set(keyOf(labels), { labels, points: [[at, v]] })
      else line.points.push([at, v])
      points += 1
    }
    if (points > limits.points)
      throw execution('query processing would load too many samples into memory in query execution')
    if (performance.now() - begun > limits.busyMs) {
      await pause()
      begun = performance.now()
    }
  }
  const sorted = [...lines].toSorted(([one], [other]) => (one < other ? -1 : 1))
  return { type: 'matrix', lines: sorted.map(([, line]) => line) }
}

function valuesOver(scope: Scope, expression: Expression, type: ValueType): (at: number) => Valued[] {
  if (type === 'scalar') {
    const scalar = scalarOf(scope, expression)
    const labels = {}
    return (at) => [{ labels, v: scalar(at) }]
  }
  if (type === 'vector') {
    const values = vectorOf(scope, expression)
    return (at) => distinct(values(at))
  }
  const words = { matrix: 'range vector', string: 'string' }[type]
  throw badData(`invalid expression type "${words}" for range query, must be Scalar or instant Vector`)
}
