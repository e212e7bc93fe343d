import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { listAt, textAt } from '@orbweaver/contracts/json'
import { type Person, signIn } from '../harness/person.ts'

const root = join(import.meta.dirname, '..', '..', '..')

export type Launched = {
  url: string
  ada: Person
  /** Milliseconds from the start of the launcher until every cluster of the world is shown as it is. */
  usableMs: number
  /** Resident memory of the server's own process, and of the embedded fleet's, in bytes. */
  residentBytes(of?: 'server' | 'sandbox'): number
  /** Where the embedded fleet has written its administrator's kubeconfig. */
  adminKubeconfig: string
  stop(): Promise<void>
}

/** What `npm start` does once everything is installed; `fresh` as if nothing had ever been built. */
export async function launch({ fresh, world = 'demo' }: { fresh: boolean; world?: string }): Promise<Launched> {
  const port = await freePort()
  if (fresh) rmSync(join(root, '.cache/builds'), { recursive: true, force: true })
  const startedAt = performance.now()
  const launcher = ['--conditions=source', '--import', 'tsx', 'apps/launcher/src/main.ts']
  const told = ['--port', String(port), '--world', world]
  const child = spawn(process.execPath, [...launcher, ...told], { cwd: root, stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  try {
    const ada = await usable(child, url)
    const usableMs = performance.now() - startedAt
    const pids = { server: childOf(child.pid ?? 0, 'apps/bff/'), sandbox: childOf(child.pid ?? 0, 'packages/sandbox/') }
    return {
      url,
      ada,
      usableMs,
      residentBytes: (of = 'server') => residentOf(pids[of]),
      adminKubeconfig: join(argumentOf(pids.sandbox, '--out'), 'admin.kubeconfig.yaml'),
      stop: () => stopped(child),
    }
  } catch (error) {
    await stopped(child)
    throw error
  }
}

async function usable(child: ChildProcess, url: string): Promise<Person> {
  const deadline = Date.now() + 180_000
  while (Date.now() < deadline && child.exitCode === null) {
    const ada = await signIn(url, 'ada').catch(() => undefined)
    if (ada !== undefined && (await isWhole(ada))) return ada
    await sleep(50)
  }
  throw new Error('npm start did not get to a usable console')
}

async function isWhole(ada: Person): Promise<boolean> {
  const clusters = listAt((await ada.get('/clusters')).body, 'clusters')
  return clusters.length > 0 && clusters.every((each) => textAt(each, 'state') === 'fresh')
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}

/** One of the launcher's children, told by its script; Linux tells who started whom. */
function childOf(launcher: number, script: string): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const found = pids.find((pid) => parentOf(pid) === launcher && read(`/proc/${pid}/cmdline`).includes(script))
  if (found === undefined) throw new Error(`the launcher has no child ${script}`)
  return Number(found)
}

function argumentOf(pid: number, name: string): string {
  const words = read(`/proc/${pid}/cmdline`).split('\0')
  return words[words.indexOf(name) + 1] ?? ''
}

/** The fourth field of /proc/PID/stat, counted from behind the name, which may hold anything. */
function parentOf(pid: string): number {
  return Number(read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ')[1] ?? 0)
}

/** Resident memory of a process (bytes). */
export function residentOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) * 1_024
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // Processes come and go while they are looked at.
    return ''
  }
}

/** A port that is free now; taken a moment later by the process that is told it. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
