import { openSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { pathToFileURL } from 'node:url'
import promises from 'node:timers/promises'
import { workerData } from 'node:worker_threads'
import { at, numberAt, textAt } from '@orbweaver/contracts/json'

/**
 * The built console in a thread of its own, in which time goes as in the model's universe: the machine's, so many times
 * as fast, and whatever was jumped over. Started with the console's own arguments.
 */
const pace = numberAt(workerData, 'pace') ?? 1
const since = numberAt(workerData, 'since') ?? Date.now()
const began = numberAt(workerData, 'began') ?? since
const shared: unknown = at(workerData, 'jumped')
const jumped = new Float64Array(shared instanceof SharedArrayBuffer ? shared : new SharedArrayBuffer(8))

const machine = Date.now
const now = (): number => Math.round(began + (machine() - since) * pace + (jumped[0] ?? 0))

globalThis.Date = new Proxy(Date, {
  construct(target, given: unknown[], made) {
    const built: unknown = Reflect.construct(target, given.length === 0 ? [now()] : given, made)
    if (typeof built !== 'object' || built === null) throw new TypeError('a Date is an object')
    return built
  },
  get: (target, key, self): unknown => (key === 'now' ? now : Reflect.get(target, key, self)),
})

/** Deadlines of calls and connections, and the client that they are set in, keep the machine's time: it may be busy. */
const deadlines = /\/(kube\/dist\/(guard|tunnel)\.js|node_modules\/undici\/)/

/** Real milliseconds of a wait; what is shorter than a second stays as it is, and nothing longer becomes shorter. */
const wait = (ms: number): number => {
  const paced = Math.max(ms / pace, Math.min(ms, 1_000))
  // Who waits is looked at only where it matters: a stack costs more than most of what is waited for.
  return paced === ms || deadlines.test(new Error().stack ?? '') ? ms : paced
}

/** As the timers of Node, with their time (ms) at a place in what they are given. */
function paced<Timer extends object>(timer: Timer, place: number): Timer {
  return new Proxy(timer, {
    apply(target, self, given: unknown[]): unknown {
      const told = given.map((each, index) => (index === place && typeof each === 'number' ? wait(each) : each))
      return typeof target === 'function' ? Reflect.apply(target, self, told) : undefined
    },
  })
}

globalThis.setTimeout = paced(setTimeout, 1)
globalThis.setInterval = paced(setInterval, 1)
Reflect.set(promises, 'setTimeout', paced(promises.setTimeout, 0))
syncBuiltinESMExports()

// Where its log goes: pino asks the stream for its file, and a thread's has none.
const log = openSync(textAt(workerData, 'log') ?? '/dev/null', 'a')
Object.defineProperty(process.stdout, 'fd', { value: log })

await import(pathToFileURL(textAt(workerData, 'main') ?? '').href)
