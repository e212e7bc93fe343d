import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'

/**
 * Runs in the child before anything of its own: when the channel to us closes, however we died, it ends itself as if it
 * had been told to, and is gone for good soon after.
 */
const leash = `data:text/javascript,${encodeURIComponent(`
process.once('disconnect', () => {
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 12000).unref()
  process.kill(process.pid, 'SIGTERM')
})
process.channel?.unref()
`)}`

export type Child = {
  readonly name: string
  readonly process: ChildProcess
  /** Resolves when it is gone, with how. Never rejects. */
  readonly gone: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  /** Asks it to end, and makes it end after `limitMs`. */
  end(limitMs: number): Promise<void>
}

export type Lines = { out: (line: string) => void; complaint: (line: string) => void }

/** A Node process of ours. It has a process group of its own, so that Ctrl-C reaches only us and it is told once. */
export function startChild(name: string, args: readonly string[], lines: Lines): Child {
  const child = spawn(process.execPath, ['--import', leash, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  })
  const gone = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('error', () => resolve({ code: 1, signal: null }))
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
  readLines(child.stdout, lines.out)
  readLines(child.stderr, lines.complaint)
  return {
    name,
    process: child,
    gone,
    async end(limitMs) {
      const timer = setTimeout(() => child.kill('SIGKILL'), limitMs)
      child.kill('SIGTERM')
      await gone
      clearTimeout(timer)
    },
  }
}

function readLines(stream: Readable | null, onLine: (line: string) => void): void {
  let rest = ''
  stream?.setEncoding('utf8')
  stream?.on('data', (chunk: string) => {
    const lines = `${rest}${chunk}`.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line)
  })
}
