import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { environmentWith } from './env.ts'

export type Step = {
  readonly name: string
  readonly command: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** It takes what the others leave of the machine. */
  readonly yields?: true
}

/** Answers the exit code. */
export type Run = (step: Step) => Promise<number>

/** Runs steps and keeps the names of those that failed. */
export type Steps = {
  /** Nothing else runs: what it says is seen as it says it. */
  readonly alone: Run
  /** Others run at the same time: what it says is kept, and told whole when it has ended. */
  readonly beside: Run
  /** A step that has nothing to run on counts as failed. */
  readonly skip: (name: string, problem: string) => void
  readonly failures: readonly string[]
  /** Ends what runs, with everything it has started, and starts nothing any more. */
  readonly end: () => Promise<void>
}

type StepsOptions = {
  readonly root: string
  /** Directory for what steps say beside each other. */
  readonly kept: string
  readonly say: (text: string) => void
  /** How long a step that was told to end may take (ms). */
  readonly graceMs: number
}

/** Niceness: a step that yields has about a third of the weight of one that does not. */
const patientPriority = 5

type Running = { readonly child: ChildProcess; readonly gone: Promise<unknown> }

export function stepsIn({ root, kept, say, graceMs }: StepsOptions): Steps {
  const failures: string[] = []
  const running = new Set<Running>()
  let isOver = false
  const skip = (name: string, problem: string) => {
    say(`\n── ${name}: not run, ${problem}\n`)
    failures.push(name)
  }
  const run = async (step: Step, output: 'inherit' | number): Promise<Ended> => {
    const startedAt = performance.now()
    const child = start(step, root, output)
    const gone = ended(child)
    const entry = { child, gone }
    running.add(entry)
    const { code, why } = await gone
    running.delete(entry)
    if (code !== 0) failures.push(step.name)
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    return { code, why: `── ${step.name}: ${code === 0 ? 'ok' : why} (${seconds} s)\n` }
  }
  const unlessOver = async (step: Step, work: () => Promise<number>): Promise<number> => {
    if (!isOver) return work()
    skip(step.name, 'the check was interrupted')
    return 1
  }
  return {
    alone: (step) =>
      unlessOver(step, async () => {
        say(`\n── ${step.name}\n`)
        const { code, why } = await run(step, 'inherit')
        say(why)
        return code
      }),
    beside: (step) =>
      unlessOver(step, async () => {
        say(`\n── ${step.name}: started, its output follows when it has ended\n`)
        const file = join(kept, `${step.name.replaceAll(' ', '-')}.log`)
        const log = openSync(file, 'w')
        const { code, why } = await run(step, log).finally(() => closeSync(log))
        say(`\n── ${step.name}\n${readFileSync(file, 'utf8')}${why}`)
        return code
      }),
    skip,
    failures,
    end: async () => {
      isOver = true
      await Promise.all([...running].map((each) => endGroup(each, graceMs)))
    },
  }
}

type Ended = { readonly code: number; readonly why: string }

/** It has a process group of its own: ending the group ends also what it has started and would not end itself. */
function start({ command, environment = {}, yields }: Step, cwd: string, output: 'inherit' | number): ChildProcess {
  const [program = '', ...args] = command
  const stdio = ['ignore', output, output] as const
  const child = spawn(program, args, { cwd, stdio: [...stdio], detached: true, env: environmentWith(environment) })
  // Before it has started anything: what it starts is as patient as it is.
  if (yields === true && child.pid !== undefined) yieldFrom(child.pid)
  return child
}

/** Linux may share the processor out by sessions first, and a step is one: then what counts is the niceness of all of it (sched(7)). */
function yieldFrom(pid: number): void {
  setPriority(pid, patientPriority)
  try {
    writeFileSync(`/proc/${pid}/autogroup`, `${patientPriority}`)
  } catch {
    // no such thing on this system: niceness alone counts
  }
}

function ended(child: ChildProcess): Promise<Ended> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 1, why: error.message }))
    child.once('exit', (code, signal) =>
      resolve({ code: code ?? 1, why: signal ?? `failed with exit code ${code ?? 1}` }),
    )
  })
}

/** A step ends with the last of its group, which may live longer than the first: what it started has to be cleared away. */
async function endGroup({ child, gone }: Running, graceMs: number): Promise<void> {
  const deadline = Date.now() + graceMs
  for (let lives = signalGroup(child, 'SIGTERM'); lives && Date.now() < deadline; lives = signalGroup(child, 0)) {
    await sleep(50)
  }
  signalGroup(child, 'SIGKILL')
  await gone
}

/** Whether there was anybody to tell. */
function signalGroup({ pid }: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' | 0): boolean {
  if (pid === undefined) return false
  try {
    return process.kill(-pid, signal)
  } catch {
    return false // nobody of the group is left
  }
}
