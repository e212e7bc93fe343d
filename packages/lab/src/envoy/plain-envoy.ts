import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'node:net'
import type { JsonRecord } from '@orbweaver/contracts/json'
import { ready, startPart, stopParts } from '../parts.ts'
import { claimRunDir, runDir } from '../run-dir.ts'

/** An Envoy that runs these listeners until it is stopped. */
export type Running = { stop(): Promise<void> }

/** Starts Envoy on loopback; rejects with what it said where it does not take the configuration. */
export async function startEnvoy(program: string, listeners: readonly JsonRecord[], probe: number): Promise<Running> {
  const dir = runDir(mkdtempSync(join(tmpdir(), 'orbweaver-envoy-')))
  claimRunDir(dir)
  const config = join(dir.root, 'envoy.json')
  writeFileSync(config, JSON.stringify({ static_resources: { listeners } }))
  const args = [
    '-c',
    config,
    '--concurrency',
    '1',
    '--disable-hot-restart',
    '-l',
    'error',
    '--file-flush-interval-msec',
    '1000',
  ]
  const part = startPart(dir, { name: 'envoy', command: program, args, cwd: dir.root })
  const stop = async () => {
    await stopParts(dir, [part], 2_000)
    rmSync(dir.root, { recursive: true, force: true })
  }
  try {
    await ready(dir, part, { ask: () => answers(probe), forMs: 30_000 })
  } catch (error) {
    await stop()
    throw error
  }
  return { stop }
}

const answers = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = createConnection({ host: '127.0.0.1', port })
    socket.on('connect', () => {
      socket.destroy()
      done(true)
    })
    socket.on('error', () => done(false))
  })
