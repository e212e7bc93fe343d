import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { call } from './testing/call.ts'

let directory = ''
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'orbweaver-main-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

function file(name: string, text: string): string {
  const path = join(directory, name)
  writeFileSync(path, text)
  return path
}

const kubeconfig = () =>
  file(
    'kubeconfig',
    JSON.stringify({
      'current-context': 'hub',
      contexts: [{ name: 'hub', context: { cluster: 'hub', user: 'me' } }],
      clusters: [{ name: 'hub', cluster: { server: 'http://127.0.0.1:9' } }],
      users: [{ name: 'me', user: { token: 't' } }],
    }),
  )

type Ended = { code: number | null; out: string; complaint: string }

function start(args: readonly string[]): { process: ChildProcess; out: () => string; ended: Promise<Ended> } {
  const main = join(import.meta.dirname, 'main.ts')
  const child = spawn(
    process.execPath,
    ['--conditions=source', '--import', import.meta.resolve('tsx'), main, ...args],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let [out, complaint] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString()
  })
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, out, complaint })))
  return { process: child, out: () => out, ended }
}

describe('started wrongly, it says so in one line and ends with 2', () => {
  test.each<[string, () => string[], string]>([
    ['no mode', () => ['--kubeconfig', kubeconfig()], '--mode'],
    [
      'no such context',
      () => ['--mode', 'self', '--kubeconfig', kubeconfig(), '--context', 'x'],
      'no context x; choose with --context: hub',
    ],
    ['bad personas', () => ['--mode', 'local', '--kubeconfig', kubeconfig(), '--personas', file('p', '[]')], 'p: '],
    [
      'no console',
      () => ['--mode', 'self', '--kubeconfig', kubeconfig(), '--port', '0', '--console', '/tmp/nowhere'],
      '/tmp/nowhere',
    ],
  ])('%s', async (_name, args, part) => {
    const { code, out, complaint } = await start(args()).ended
    expect(complaint).toMatch(/^orbweaver: [^\n]+\n$/)
    expect(complaint).toContain(part)
    expect([code, out]).toEqual([2, ''])
  })
})

test('it listens, logs lines of JSON, and ends in order when told', async () => {
  const server = start(['--mode', 'self', '--kubeconfig', kubeconfig(), '--port', '0'])
  await expect.poll(server.out, { timeout: 15_000 }).toContain('listening')
  const address = /"address":"([^"]+)"/.exec(server.out())?.[1] ?? ''
  expect((await call(address, '/readyz')).status).toBe(200)
  server.process.kill('SIGTERM')
  const { code, out } = await server.ended
  expect(code).toBe(0)
  for (const line of out.trim().split('\n')) expect(line).toMatch(/^\{"level":.*\}$/)
})
