import { type Counts, play } from './play.ts'
import type { Step } from './steps.ts'
import { createUniverse, type Universe } from './universe.ts'
import { Violation } from './violation.ts'

/** A sequence, and which of its seed's it is. */
export type Case = { index: number; sequence: readonly Step[] }

export type Failure = Case & { error: Violation; logs: string[] }

export type Playing = {
  cases: readonly Case[]
  /** Universes at a time: most of a sequence is waiting. */
  lanes: number
  pace: number
  counts: Counts
  /** Called after each; true ends it all once those under way are over. */
  played: (index: number, failure: Failure | undefined) => boolean
}

/** Sequences that are played in one universe before it is made anew: what the console keeps of the past grows. */
const mostPlayed = 200

/** Plays all sequences, each in a universe that is as it was made. */
export async function playAll({ cases, lanes, pace, counts, played }: Playing): Promise<void> {
  const queue = cases.values()
  let isOver = false
  const lane = async () => {
    let universe: Universe | undefined
    let plays = 0
    try {
      for (const { index, sequence } of queue) {
        if (isOver) return
        universe ??= await made(pace)
        const failure = await failureOf(universe, { index, sequence }, counts)
        plays += 1
        if (failure !== undefined || plays === mostPlayed) {
          await universe.stop()
          universe = undefined
          plays = 0
        }
        isOver = played(index, failure) || isOver
      }
    } finally {
      isOver = true
      await universe?.stop()
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

/** A fleet that does not come up in time has nothing to do with the console; the next may. */
async function made(pace: number): Promise<Universe> {
  for (let left = 3; left > 1; left -= 1) {
    const universe = await createUniverse(pace).catch(() => undefined)
    if (universe !== undefined) return universe
  }
  return createUniverse(pace)
}

async function failureOf(universe: Universe, { index, sequence }: Case, counts: Counts): Promise<Failure | undefined> {
  try {
    await play(universe, sequence, counts)
    return undefined
  } catch (error) {
    const violation = error instanceof Violation ? error : unforeseen(error)
    return { index, sequence, error: violation, logs: universe.logs().trim().split('\n').filter(isWarning).slice(-10) }
  }
}

/** A console that dies or does not start, or an answer that never comes, is a broken promise too. */
function unforeseen(error: unknown): Violation {
  return new Violation('unforeseen', error instanceof Error ? (error.stack ?? error.message) : String(error))
}

const isWarning = (line: string): boolean => /"level":[456]0/.test(line)
