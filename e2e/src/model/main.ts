import { loadavg } from 'node:os'
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { type Case, type Failure, playAll } from './lanes.ts'
import { emptyCounts, play } from './play.ts'
import { keep, summaryOf } from './report.ts'
import { casesOf, said, sequenceIn, sequences, type Step } from './steps.ts'
import { createUniverse } from './universe.ts'

/**
 * Random sequences of what people, clusters and time do to a console, against embedded fleets: docs/model.md. The same
 * seed gives the same sequences. Needs `pnpm build`.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '2000' },
    /** Sequences that are skipped: `--count 1 --from 17` plays the eighteenth alone. */
    from: { type: 'string', default: '0' },
    lanes: { type: 'string', default: '3' },
    /** How many times as fast as the machine's time goes; less on a busy one. */
    pace: { type: 'string', default: '10' },
    /** Ends after so long, whatever was not played yet. */
    minutes: { type: 'string', default: '600' },
    /** Does not stop at a failure, and does not look for shorter sequences. */
    all: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    /** A file that is to say how many were played, and how many broke a promise. */
    report: { type: 'string' },
    /** A file with one sequence, as a failure is printed. */
    replay: { type: 'string' },
  },
})
const seed = Number(values.seed)
const count = Number(values.count)
const from = Number(values.from)
const lanes = Number(values.lanes)
const pace = Number(values.pace)
const counts = emptyCounts()
const startedAt = Date.now()
const failures: Failure[] = []
let playedSoFar = 0

const say = (text: string) => void process.stdout.write(`${text}\n`)

/** Tries shorter and shorter ones, each in a universe of its own, for so long (ms). */
const shrinkingMs = 180_000

async function shortest({ index }: Failure): Promise<readonly Step[] | undefined> {
  const deadline = Date.now() + shrinkingMs
  const property = fc.asyncProperty(sequences, async (sequence) => {
    fc.pre(Date.now() < deadline)
    const universe = await createUniverse(pace)
    try {
      await play(universe, sequence, emptyCounts())
    } finally {
      await universe.stop()
    }
  })
  const { counterexample } = await fc.check(property, { seed, path: String(index), numRuns: 1, maxSkipsPerRun: 1_000 })
  return counterexample?.[0]
}

function told({ index, sequence, error, logs }: Failure): void {
  say(`\nsequence ${index} of seed ${seed}: ${error.message}\n${said(sequence)}`)
  for (const line of logs) say(`  ${line.slice(0, 400)}`)
}

function played(index: number, failure: Failure | undefined): boolean {
  playedSoFar += 1
  if (failure !== undefined) {
    failures.push(failure)
    told(failure)
  }
  if (playedSoFar % 20 === 0) {
    const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1)
    say(`${playedSoFar} played in ${minutes} min, ${failures.length} failed, load ${(loadavg()[0] ?? 0).toFixed(1)}`)
  }
  return (failure !== undefined && !values.all) || Date.now() - startedAt > Number(values.minutes) * 60_000
}

/** The values as a check of the property meets them, so that the path of each finds it again. */
function chosen(): Case[] {
  if (values.replay !== undefined) return [{ index: 0, sequence: sequenceIn(readFileSync(values.replay, 'utf8')) }]
  return casesOf(seed, from + count).slice(from)
}

await playAll({ cases: chosen(), lanes, pace, counts, played })
const [first] = failures
if (first !== undefined && !values.all && values.replay === undefined) {
  say('\nlooking for a shorter sequence that fails')
  const short = await shortest(first)
  if (short !== undefined) say(`the shortest found, to be played with --replay FILE:\n${said(short)}`)
}
const result = {
  seed,
  from,
  count: playedSoFar,
  lanes,
  pace,
  minutes: (Date.now() - startedAt) / 60_000,
  counts,
  failures,
}
say(`\n${summaryOf(result)}`)
if (values.write) keep(result)
if (values.report !== undefined)
  writeFileSync(values.report, JSON.stringify({ played: playedSoFar, failed: failures.length }))
process.exitCode = failures.length > 0 ? 1 : 0
