import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findBrowser } from './browser.ts'
import { environmentWith } from './env.ts'
import { hasKubectl } from './kubectl.ts'
import { line, none, ofPlaywright, ofVitest, plus, type Tally, whole } from './tally.ts'

/** Everything that says whether the product is in order, one step after the other; with `--lab` on real components too. */
const root = join(import.meta.dirname, '..', '..', '..')
const reports = mkdtempSync(join(tmpdir(), 'orbweaver-check-'))
const failures: string[] = []
/** What could not be asked: neither passed nor failed, and said at the end. */
const untested: string[] = []

type Step = { name: string; command: readonly string[]; environment?: Record<string, string> }

const rules: readonly Step[] = [
  { name: 'types', command: ['pnpm', '--silent', 'types'] },
  { name: 'lint', command: ['pnpm', '--silent', 'lint'] },
  { name: 'arrows', command: ['pnpm', '--silent', 'arrows'] },
  { name: 'dead code', command: ['pnpm', '--silent', 'dead'] },
  { name: 'format', command: ['pnpm', '--silent', 'format:check'] },
]

async function check(withLab: boolean): Promise<Tally> {
  let tally = none
  for (const step of rules) tally = plus(tally, whole((await run(step)) === 0))
  if (!hasKubectl()) untested.push("kubectl: install Debian's kubernetes-client (as root), or any kubectl on the PATH")
  tally = plus(tally, await vitest('unit tests', ['pnpm', 'exec', 'vitest', 'run']))
  const built = (await run({ name: 'build', command: ['pnpm', '--silent', 'build'] })) === 0
  tally = plus(tally, whole(built))
  tally = plus(
    tally,
    built ? await vitest('drills', ['pnpm', '--silent', 'drills']) : skipped('drills', 'the build failed'),
  )
  const endToEnd = 'end-to-end tests'
  tally = plus(
    tally,
    built ? await inBrowser(endToEnd, ['pnpm', '--silent', 'e2e']) : skipped(endToEnd, 'the build failed'),
  )
  return withLab ? plus(tally, await lab(built)) : tally
}

async function inBrowser(name: string, command: readonly string[]): Promise<Tally> {
  const browser = findBrowser()
  if (!browser.ok) return skipped(name, browser.problem)
  const report = reportOf(name)
  const environment = { CHROMIUM: browser.path, PLAYWRIGHT_JSON_OUTPUT_NAME: report }
  const code = await run({ name, command: [...command, '--reporter=list,json'], environment })
  return counted(code, ofPlaywright(readReport(report)))
}

async function lab(built: boolean): Promise<Tally> {
  const code = await run({ name: 'lab build', command: ['pnpm', '--silent', 'lab', 'build'] })
  if (code !== 0) return whole(false)
  const suite = await vitest('lab suite', ['pnpm', '--silent', '--filter', '@orbweaver/lab', 'suite'])
  if (!built) return plus(suite, skipped('lab jobs', 'the build failed'))
  return plus(suite, await inBrowser('lab jobs', ['pnpm', '--silent', '--filter', '@orbweaver/e2e', 'lab']))
}

async function vitest(name: string, command: readonly string[]): Promise<Tally> {
  const report = reportOf(name)
  const reporting = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = await run({ name, command: [...command, ...reporting] })
  return counted(code, ofVitest(readReport(report)))
}

function reportOf(name: string): string {
  return join(reports, `${name.replaceAll(' ', '-')}.json`)
}

/** A run that ended badly without a failed test to show for it has failed all the same. */
function counted(code: number, tally: Tally): Tally {
  return code !== 0 && tally.failed === 0 ? plus(tally, whole(false)) : tally
}

function skipped(name: string, problem: string): Tally {
  process.stdout.write(`\n── ${name}: not run, ${problem}\n`)
  failures.push(name)
  return whole(false)
}

function readReport(file: string): unknown {
  try {
    const report: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return report
  } catch {
    // It died before it could report; its exit code says so.
    return undefined
  }
}

function run({ name, command, environment = {} }: Step): Promise<number> {
  process.stdout.write(`\n── ${name}\n`)
  const startedAt = performance.now()
  const [program = '', ...args] = command
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', env: environmentWith(environment) })
    const end = (code: number, why: string) => {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
      process.stdout.write(`── ${name}: ${code === 0 ? 'ok' : why} (${seconds} s)\n`)
      if (code !== 0) failures.push(name)
      resolve(code)
    }
    child.once('error', (error) => end(1, error.message))
    child.once('exit', (code, signal) => end(code ?? 1, signal ?? `failed with exit code ${code ?? 1}`))
  })
}

const { values } = parseArgs({ options: { lab: { type: 'boolean', default: false } } })
const tally = await check(values.lab)
rmSync(reports, { recursive: true, force: true })
for (const each of untested) process.stdout.write(`\nNOT TESTED: ${each}\n`)
if (failures.length > 0) process.stdout.write(`\nfailed: ${failures.join(', ')}\n`)
process.stdout.write(`\n${line(tally)}\n`)
process.exitCode = tally.failed === 0 ? 0 : 1
