import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import type { Failure } from './lanes.ts'
import type { Counts } from './play.ts'
import { said } from './steps.ts'

export type Result = {
  seed: number
  from: number
  /** How many were played. */
  count: number
  lanes: number
  pace: number
  minutes: number
  counts: Counts
  failures: readonly Failure[]
}

export function summaryOf({ seed, count, minutes, counts, failures }: Result): string {
  const { steps, executed, refused, faults, kills } = counts
  return (
    `seed ${seed}: ${count} sequences of ${steps} steps in ${minutes.toFixed(0)} min, ` +
    `${executed} changes made, ${refused} refused with a reason, ${faults} faults, ${kills} kills; ` +
    `${failures.length} sequences broke a promise`
  )
}

const root = join(import.meta.dirname, '..', '..', '..')
const [start, end] = ['<!-- model -->', '<!-- /model -->']

/** Replaces the last result in docs/model.md. */
export function keep(result: Result): void {
  const file = join(root, 'docs/model.md')
  const before = readFileSync(file, 'utf8')
  const [head = '', rest] = before.split(start)
  const tail = rest?.split(end)[1]
  if (tail === undefined) throw new Error(`docs/model.md has no ${start} … ${end}`)
  writeFileSync(file, `${head}${start}\n${page(result)}\n${end}${tail}`)
}

function page(result: Result): string {
  const { from, count, lanes, pace, counts, failures } = result
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, load ${(loadavg()[2] ?? 0).toFixed(1)}`
  const refusals = [...counts.refusals].toSorted((a, b) => b[1] - a[1])
  return [
    `${new Date().toISOString().slice(0, 10)}, ${machine}, Node ${process.version}, ${lanes} lanes at pace ${pace}`,
    '',
    `\`pnpm model --seed ${result.seed} --count ${count}${from === 0 ? '' : ` --from ${from}`}\`: ${summaryOf(result)}.`,
    '',
    '| Refused because of | Times |',
    '| --- | --- |',
    ...refusals.map(([code, times]) => `| \`${code}\` | ${times} |`),
    ...failures.flatMap((each) => [
      '',
      `Sequence ${each.index}: ${each.error.message.slice(0, 600)}`,
      '',
      '```json',
      said(each.sequence),
      '```',
    ]),
  ].join('\n')
}
