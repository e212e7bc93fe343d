import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startChild } from './child.ts'
import { readAnnouncement } from './sandbox.ts'

let directory = ''
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'orbweaver-launcher-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

function script(name: string, text: string): string {
  const file = join(directory, name)
  writeFileSync(file, text)
  return file
}

const alive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
const until = { timeout: 10_000, interval: 20 }

test('a child is told to end, and its lines arrive whole', async () => {
  const file = script(
    'polite.mjs',
    // It can be told from its first word on.
    `process.on('SIGTERM', () => process.exit(7)); console.log('one'); console.error('two'); setInterval(() => {}, 1000)`,
  )
  const lines: string[] = []
  const child = startChild('polite', [file], {
    out: (line) => lines.push(line),
    complaint: (line) => lines.push(`! ${line}`),
  })
  await expect.poll(() => lines.length, until).toBe(2)
  await child.end(5_000)
  expect(await child.gone).toEqual({ code: 7, signal: null })
  expect(new Set(lines)).toEqual(new Set(['one', '! two']))
})

test('one that does not listen is ended all the same', async () => {
  const file = script('deaf.mjs', `process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)`)
  let up = false
  const child = startChild('deaf', [file], { out: () => void (up = true), complaint: () => undefined })
  await expect.poll(() => up, until).toBe(true)
  await child.end(50)
  expect(await child.gone).toEqual({ code: null, signal: 'SIGKILL' })
})

test('children end when their parent is killed', async () => {
  const grandchild = script('grandchild.mjs', `console.log(process.pid); setInterval(() => {}, 1000)`)
  const module = JSON.stringify(new URL('./child.ts', import.meta.url).href)
  const parent = script(
    'parent.mts',
    `import { startChild } from ${module}
startChild('grandchild', [${JSON.stringify(grandchild)}], { out: (line) => console.log(line), complaint: () => undefined })`,
  )
  const started = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), parent], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let pid = 0
  started.stdout.on('data', (chunk: Buffer) => {
    pid = Number(chunk.toString())
  })
  await expect.poll(() => pid > 0 && alive(pid), until).toBe(true)
  started.kill('SIGKILL')
  await expect.poll(() => alive(pid), until).toBe(false)
})

test('the sandbox is ready when it says where it is', () => {
  const ready = { kubeconfig: '/k', admin: '/a', personas: '/p', control: {} }
  expect(readAnnouncement(JSON.stringify(ready))).toEqual({ kubeconfig: '/k', personas: '/p' })
  for (const line of ['', 'hub ready', '{', '{"kubeconfig":"/k"}', '[]']) expect(readAnnouncement(line)).toBeUndefined()
})
