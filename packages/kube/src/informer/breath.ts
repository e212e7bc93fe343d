import { setImmediate as nextTurn } from 'node:timers/promises'

const longestWorkMs = 10

/**
 * Lets the event loop turn when the work since its last turn got long. Reading a stream that is full of events goes on
 * from one microtask to the next, so without this nothing else would run until the stream is empty.
 */
export function createBreath(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < longestWorkMs) return
    await nextTurn()
    since = performance.now()
  }
}
