import { get, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { type Json, listAt, stringsAt, textAt } from '@orbweaver/contracts/json'

/** What was answered, in a form in which equal answers are equal but for their numbers. */
export type Answer = {
  status: number
  errorType: string
  resultType: string
  /** By labels: times and values. */
  series: ReadonlyMap<string, readonly Point[]>
}

type Point = readonly [time: number, value: number]
type Line = readonly [labels: string, points: readonly Point[]]

export async function ask(port: number, path: string): Promise<Answer> {
  const said = await new Promise<IncomingMessage>((done, failed) => {
    get({ host: '127.0.0.1', port, path }, done).on('error', failed)
  })
  const body: unknown = JSON.parse(await text(said))
  const resultType = textAt(body, 'data', 'resultType') ?? ''
  const result = listAt(body, 'data', 'result')
  const isOne = resultType === 'scalar' || resultType === 'string'
  const series: Line[] = isOne ? [['', [pairOf(result)]]] : result.map(seriesOf)
  return {
    status: said.statusCode ?? 0,
    errorType: textAt(body, 'errorType') ?? '',
    resultType,
    series: new Map(series),
  }
}

function seriesOf(each: Json): Line {
  const labels = Object.entries(stringsAt(each, 'metric')).map(([label, value]) => `${label}=${value}`)
  const values = listAt(each, 'values')
  const pairs = values.length > 0 ? values : [{ value: listAt(each, 'value') }].map(({ value }) => value)
  return [labels.toSorted((one, other) => (one < other ? -1 : 1)).join(), pairs.map(pairOf)]
}

function pairOf(pair: Json): Point {
  const [time, value] = Array.isArray(pair) ? pair : []
  return [Number(time), numberOf(typeof value === 'string' ? value : '')]
}

const numberOf = (written: string): number => (/^[+-]Inf$/.test(written) ? Number(`${written}inity`) : Number(written))

/** How far numbers may be apart: additions are done in any order. */
const tolerance = 1e-9

const isNear = (one: number, other: number): boolean =>
  Object.is(one, other) ||
  one === other ||
  Math.abs(one - other) <= tolerance * Math.max(1, Math.abs(one), Math.abs(other))

/** Where two answers differ; nothing where they are the same. */
export function difference(theirs: Answer, ours: Answer): string | undefined {
  const head = ({ status, errorType, resultType, series }: Answer) =>
    `${status} ${errorType}${resultType} ${[...series.keys()].toSorted((one, other) => (one < other ? -1 : 1)).join(' | ')}`
  if (head(theirs) !== head(ours)) return `${head(theirs)} ≠ ${head(ours)}`
  for (const [labels, points] of theirs.series) {
    const other = ours.series.get(labels) ?? []
    const same = points.length === other.length && points.every(([t, v], index) => fits([t, v], other[index]))
    if (!same) return `${labels}: ${JSON.stringify(points)} ≠ ${JSON.stringify(other)}`
  }
  return undefined
}

function fits([time, value]: Point, other: Point | undefined): boolean {
  return other !== undefined && isNear(time, other[0]) && isNear(value, other[1])
}
