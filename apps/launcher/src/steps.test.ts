import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Step, type Steps, stepsIn } from './steps.ts'

let directory = ''
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'orbweaver-steps-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const until = { timeout: 10_000, interval: 20 }

function steps(graceMs = 5_000): { steps: Steps; said: string[] } {
  const said: string[] = []
  return { steps: stepsIn({ root: directory, kept: directory, say: (text) => said.push(text), graceMs }), said }
}

function step(name: string, text: string): Step {
  const file = join(directory, `${name}.mjs`)
  writeFileSync(file, `import { existsSync, readFileSync, writeFileSync } from 'node:fs'\n${text}`)
  return { name, command: [process.execPath, file] }
}

/** Waits until the other has come, so that both run at the same time. */
const meeting = (own: string, other: string) => `
console.log('${own} one')
writeFileSync('${own}.here', '')
while (!existsSync('${other}.here')) await new Promise((again) => setTimeout(again, 10))
console.log('${own} two')
`

test('steps beside each other are told apart and whole', async () => {
  const { steps: both, said } = steps()
  const left = step('left', meeting('left', 'right'))
  const right = step('right', `${meeting('right', 'left')}console.error('right three'); process.exitCode = 3`)
  expect(await Promise.all([both.beside(left), both.beside(right)])).toEqual([0, 3])
  expect(both.failures).toEqual(['right'])
  const told = said.filter((text) => text.includes(' two'))
  expect(told.toSorted()).toEqual([
    expect.stringMatching(/^\n── left\nleft one\nleft two\n── left: ok \([\d.]+ s\)\n$/),
    expect.stringMatching(
      /^\n── right\nright one\nright two\nright three\n── right: failed with exit code 3 \([\d.]+ s\)\n$/,
    ),
  ])
})

test('a step that yields runs behind the others', async () => {
  const { steps: both, said } = steps()
  const text = `
    import { getPriority } from 'node:os'
    const session = '/proc/self/autogroup'
    console.log(getPriority() + ' is its niceness')
    console.log(existsSync(session) ? readFileSync(session, 'utf8').split(' ').at(-1).trim() + ' of all' : 'alone')`
  await both.beside({ ...step('patient', text), yields: true })
  await both.beside(step('other', text))
  const told = said.join('')
  expect(told).toMatch(
    /── patient\n5 is its niceness\n(5 of all|alone)\n[^]*── other\n0 is its niceness\n(0 of all|alone)\n/,
  )
})

test('a command that is not there is a failed step', async () => {
  const { steps: one, said } = steps()
  expect(await one.beside({ name: 'typo', command: [join(directory, 'nowhere')] })).toBe(1)
  expect(one.failures).toEqual(['typo'])
  expect(said.join('')).toContain('ENOENT')
})

/** Starts a child that listens to nobody, and says who both are once that is so. */
const family = (file: string) => `
import { spawn } from 'node:child_process'
const deaf = "process.on('SIGTERM', () => {}); console.log('deaf'); setInterval(() => {}, 1000)"
const child = spawn(process.execPath, ['-e', deaf], { stdio: ['ignore', 'pipe', 'inherit'] })
child.stdout.once('data', () => writeFileSync(${JSON.stringify(file)}, process.pid + ' ' + child.pid))
console.log('its last words')
`

test('an interruption ends what runs, whatever that has started, and begins nothing more', async () => {
  const { steps: some, said } = steps(200)
  const file = join(directory, 'family.pids')
  const running = some.beside(step('family', family(file)))
  const pids = () => readText(file).split(' ').map(Number)
  await expect.poll(() => pids().length, until).toBe(2)
  await some.end()
  expect(await running).not.toBe(0)
  await expect.poll(() => pids().filter(isAlive), until).toEqual([])
  expect(said.join('')).toContain('its last words\n── family: SIGTERM')
  expect(await some.alone({ name: 'next', command: [process.execPath, '-e', ''] })).toBe(1)
  expect(some.failures).toEqual(['family', 'next'])
  expect(said.at(-1)).toBe('\n── next: not run, the check was interrupted\n')
})

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return '' // not there
  }
}

/** One that has ended and that nobody has asked about yet is not alive. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !readText(`/proc/${pid}/stat`).includes(') Z ')
  } catch {
    return false
  }
}
