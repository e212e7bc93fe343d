import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const root = join(import.meta.dirname, '..', '..', '..')

/** The console as it is built for the browser. */
export const assets = join(root, 'apps', 'console', 'dist', 'web')

export type ConsoleOptions = {
  kubeconfig: string
  personas: string
  /** Name in the Lease: a restarted replica of the same name goes on at once. */
  instance?: string
  leaseSeconds?: number
  /** How long a cluster's answer about somebody's rights is taken for true. */
  verdictSeconds?: number
  readOnly?: boolean
  /** How people sign in; personas by default. */
  mode?: 'local' | 'token'
  /** Directory of the built console; the API alone without it. */
  assets?: string
  /** Arguments of Node itself. */
  node?: readonly string[]
}

export type RunningConsole = {
  readonly url: string
  readonly pid: number
  /** Everything it has said, as JSON lines. */
  logs(): string
  /** SIGKILL: nothing of it runs any more when this resolves. */
  kill(): Promise<void>
  stop(): Promise<void>
}

/** How long the BFF may take until it is ready; the 5 s of design.md are asked by a drill of their own, not of every start. */
const patienceMs = 60_000

/**
 * The built BFF as a process of its own, on a port that the system gives it: one looked for beforehand may be somebody
 * else's by then, or while the console is dead. Resolves when /readyz says so.
 */
export async function startConsole(options: ConsoleOptions): Promise<RunningConsole> {
  const child = spawn(process.execPath, argumentsOf(options), { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => void (said += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => void (said += chunk.toString()))
  let url: string
  try {
    url = await ready(child, () => said)
  } catch (error) {
    child.kill('SIGKILL')
    throw new Error(`the console did not start: ${said.slice(-2_000)}`, { cause: error })
  }
  return {
    url,
    pid: child.pid ?? 0,
    logs: () => said,
    kill: () => end(child, 'SIGKILL'),
    stop: () => end(child, 'SIGTERM'),
  }
}

function argumentsOf(options: ConsoleOptions): string[] {
  return [
    ...(options.node ?? []),
    join(root, 'apps/bff/dist/server.js'),
    '--port',
    '0',
    '--kubeconfig',
    options.kubeconfig,
    '--context',
    'hub',
    ...modeOf(options),
    ...(options.instance === undefined ? [] : ['--instance', options.instance]),
    ...(options.leaseSeconds === undefined ? [] : ['--lease-seconds', String(options.leaseSeconds)]),
    ...(options.verdictSeconds === undefined ? [] : ['--verdict-seconds', String(options.verdictSeconds)]),
    ...(options.readOnly === true ? ['--read-only'] : []),
    ...(options.assets === undefined ? [] : ['--console', options.assets]),
  ]
}

function modeOf({ mode = 'local', personas }: ConsoleOptions): string[] {
  return mode === 'local' ? ['--mode', mode, '--personas', personas] : ['--mode', mode]
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}

/** Its address, once it listens there and is ready. */
async function ready(child: ChildProcess, logs: () => string): Promise<string> {
  const deadline = Date.now() + patienceMs
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`)
    const url = addressIn(logs())
    const answer = url === undefined ? undefined : await request(`${url}/readyz`).catch(() => undefined)
    if (url !== undefined && answer?.ok === true) return url
    await sleep(50)
  }
  throw new Error('it was not ready in time')
}

const addressIn = (logs: string): string | undefined =>
  /"address":"(http:[^"]+)"[^\n]*"msg":"listening"/.exec(logs)?.[1]

/** Tests speak to the server as any client does: this is the one place where they take the platform's own. */
export function request(url: string, options: RequestInit = {}): Promise<Response> {
  return globalThis.fetch(url, { ...options, signal: options.signal ?? AbortSignal.timeout(30_000) })
}
