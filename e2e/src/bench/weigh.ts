import { setTimeout as sleep } from 'node:timers/promises'
import type { RunningConsole } from '../harness/console.ts'
import { residentOf } from './launched.ts'

/** Loaded into the server: on a signal it collects its garbage and says in a line what is left. */
const weigher = `process.on('SIGUSR2', () => {
  gc()
  process.stdout.write(JSON.stringify({ weighed: process.memoryUsage() }) + '\\n')
})`

/** With these arguments of Node a server can be weighed. */
export const weighable = ['--expose-gc', '--import', `data:text/javascript,${encodeURIComponent(weigher)}`]

export type Weight = {
  /** What it keeps: the heap and its buffers after garbage has been collected (MB). */
  readonly kept: number
  /** What the system has given it, just before (MB). */
  readonly resident: number
}

const said = /\{"weighed":\{[^}]*"heapUsed":(\d+)[^}]*"external":(\d+)[^}]*\}\}/g

/** Weighs a server that was started `weighable`. */
export async function weigh(server: RunningConsole): Promise<Weight> {
  const resident = residentOf(server.pid) / 1_048_576
  const before = [...server.logs().matchAll(said)].length
  process.kill(server.pid, 'SIGUSR2')
  const deadline = Date.now() + 30_000
  while (Date.now() < deadline) {
    const last = [...server.logs().matchAll(said)].slice(before).at(-1)
    if (last !== undefined) return { kept: (Number(last[1]) + Number(last[2])) / 1_048_576, resident }
    await sleep(20)
  }
  throw new Error('the server did not say what it weighs')
}
