import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { request } from '../harness/console.ts'
import { createPatience } from './patience.ts'
import type { Time } from './time.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const entry = join(root, 'e2e/dist/model/console/main.js')
const bff = join(root, 'apps/bff/dist/main.js')

export type ConsoleThread = {
  readonly url: string
  /** Nothing of it runs any more when this resolves: as SIGKILL does to a process. */
  kill(): Promise<void>
  /** Lines of its log, as JSON. */
  logs(): string
}

export type ThreadOptions = { kubeconfig: string; personas: string; log: string; time: Time }

const patienceMs = 60_000

/** The built console in a thread. Resolves when it is ready; clusters are another matter. */
export async function startThread({ kubeconfig, personas, log, time }: ThreadOptions): Promise<ConsoleThread> {
  // Held over any pause of a busy machine; one that is killed is followed by one of its own name, at once.
  const lease = { 'lease-seconds': '120' }
  const told = { port: '0', kubeconfig, context: 'hub', mode: 'local', personas, instance: 'model', ...lease }
  const worker = new Worker(entry, {
    argv: Object.entries(told).flatMap(([name, value]) => [`--${name}`, value]),
    env: {},
    execArgv: [],
    workerData: { ...time.shared(), log, main: bff },
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  })
  let failure: unknown
  worker.on('error', (error) => (failure = error))
  const logs = () => readFileSync(log, 'utf8')
  const from = logs().length
  const patience = createPatience(10)
  while (patience.waited() < patienceMs && failure === undefined) {
    const url = /"address":"(http:[^"]+)"[^\n]*"msg":"listening"/.exec(logs().slice(from))?.[1]
    const answer = url === undefined ? undefined : await request(`${url}/readyz`).catch(() => undefined)
    if (url !== undefined && answer?.ok === true) {
      return {
        url,
        logs,
        async kill() {
          await worker.terminate()
          if (failure !== undefined) throw new Error('the console died by itself', { cause: failure })
        },
      }
    }
    await patience.pause()
  }
  await worker.terminate()
  throw new Error(`the console did not start: ${logs().slice(-2_000)}`, { cause: failure })
}
