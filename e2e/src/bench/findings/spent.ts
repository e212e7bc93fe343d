import { existsSync, readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Collects garbage, which Node offers only to who asks for it. */
export function collect(): void {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc()')
}

/** Milliseconds that this thread had of a processor: what others do on the machine meanwhile is not counted. */
export function timed(work: () => unknown): number {
  const before = spent()
  work()
  return spent() - before
}

/** Linux tells it of each thread, by ticks of some milliseconds: what is shorter is the mean of many. Elsewhere the clock has to do. */
function spent(): number {
  const told = '/proc/thread-self/schedstat'
  return existsSync(told) ? Number(readFileSync(told, 'utf8').split(' ')[0]) / 1e6 : performance.now()
}
