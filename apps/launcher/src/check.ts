import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findBrowser } from './browser.ts'
import { hasKubectl } from './kubectl.ts'
import { type Run, type Step, stepsIn } from './steps.ts'
import { line, none, ofModel, ofPlaywright, ofVitest, plus, sum, type Tally, whole } from './tally.ts'

/** Everything that says whether the product is in order; with `--lab` on real components too. */
const root = join(import.meta.dirname, '..', '..', '..')
const scratch = mkdtempSync(join(tmpdir(), 'orbweaver-check-'))
/** What a step may take to end the lab it has started. */
const graceMs = 30_000
/** What could not be asked: neither passed nor failed, and said at the end. */
const untested: string[] = []
const steps = stepsIn({ root, kept: scratch, say: (text) => void process.stdout.write(text), graceMs })

const types: Step = { name: 'types', command: ['pnpm', '--silent', 'types'] }
const rules: readonly Step[] = [
  { name: 'arrows', command: ['pnpm', '--silent', 'arrows'] },
  { name: 'dead code', command: ['pnpm', '--silent', 'dead'] },
  { name: 'format', command: ['pnpm', '--silent', 'format:check'] },
]
const drills = ['pnpm', '--silent', 'drills']
const killDrill = 'src/drills/kill.drill.ts'

async function check(withLab: boolean): Promise<Tally> {
  // The type checker has one thread, and so have these. Lint has many, and reads the types.
  let tally = sum(await Promise.all([passes(steps.beside, [types]), passes(steps.beside, rules)]))
  tally = plus(tally, await passes(steps.alone, [{ name: 'lint', command: ['pnpm', '--silent', 'lint'] }]))
  if (!hasKubectl()) untested.push("kubectl: install Debian's kubernetes-client (as root), or any kubectl on the PATH")
  tally = plus(tally, await vitest(steps.alone, 'unit tests', ['pnpm', 'exec', 'vitest', 'run']))
  const build = await passes(steps.alone, [{ name: 'build', command: ['pnpm', '--silent', 'build'] }])
  tally = plus(tally, build)
  if (build.failed > 0) {
    const rest = ['drills', 'kill drill', 'model', 'end-to-end tests', ...(withLab ? ['lab'] : [])]
    return plus(tally, sum(rest.map((name) => skipped(name, 'the build failed'))))
  }
  tally = plus(tally, await vitest(steps.alone, 'drills', [...drills, '--exclude', killDrill]))
  // Each leaves a part of the machine idle: a browser waits for what it shows, the others for consoles to come back.
  tally = plus(tally, sum(await Promise.all([patient(), e2e()])))
  return withLab ? plus(tally, await lab()) : tally
}

/** One after the other; each is right or wrong as a whole. */
async function passes(run: Run, all: readonly Step[]): Promise<Tally> {
  let tally = none
  for (const step of all) tally = plus(tally, whole((await run(step)) === 0))
  return tally
}

/** These bear any load, as they wait for as long as something moves: they give way to what is in a browser, which holds deadlines. */
async function patient(): Promise<Tally> {
  const run: Run = (step) => steps.beside({ ...step, yields: true })
  const killed = await vitest(run, 'kill drill', [...drills, killDrill])
  const noticed = await passes(run, [{ name: 'mutation', command: ['pnpm', '--silent', 'mutate', '--count', '60'] }])
  return sum([killed, await model(run), noticed])
}

/** The first sequences of the seed: as many as can be played in so many minutes. */
async function model(run: Run): Promise<Tally> {
  const report = reportOf('model')
  const bounds = ['--seed', '1', '--count', '200', '--minutes', '2', '--lanes', '2', '--all']
  const command = ['pnpm', '--silent', 'model', ...bounds, '--report', report]
  const code = await run({ name: 'model', command, environment: { TMPDIR: scratch } })
  return counted(code, ofModel(readReport(report)))
}

function e2e(): Promise<Tally> {
  return inBrowser(steps.beside, 'end-to-end tests', ['pnpm', '--silent', 'e2e'])
}

async function lab(): Promise<Tally> {
  if ((await steps.alone({ name: 'lab build', command: ['pnpm', '--silent', 'lab', 'build'] })) !== 0)
    return whole(false)
  const suite = ['pnpm', '--silent', '--filter', '@orbweaver/lab', 'suite']
  const tally = await vitest(steps.alone, 'lab suite', suite)
  return plus(
    tally,
    await inBrowser(steps.alone, 'lab jobs', ['pnpm', '--silent', '--filter', '@orbweaver/e2e', 'lab']),
  )
}

async function inBrowser(run: Run, name: string, command: readonly string[]): Promise<Tally> {
  const browser = findBrowser()
  if (!browser.ok) return skipped(name, browser.problem)
  const report = reportOf(name)
  const environment = { CHROMIUM: browser.path, PLAYWRIGHT_JSON_OUTPUT_NAME: report, TMPDIR: scratch }
  const code = await run({ name, command: [...command, '--reporter=list,json'], environment })
  return counted(code, ofPlaywright(readReport(report)))
}

async function vitest(run: Run, name: string, command: readonly string[]): Promise<Tally> {
  const report = reportOf(name)
  const reporting = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = await run({ name, command: [...command, ...reporting], environment: { TMPDIR: scratch } })
  return counted(code, ofVitest(readReport(report)))
}

function reportOf(name: string): string {
  return join(scratch, `${name.replaceAll(' ', '-')}.json`)
}

/** A run that ended badly without a failed test to show for it has failed all the same. */
function counted(code: number, tally: Tally): Tally {
  return code !== 0 && tally.failed === 0 ? plus(tally, whole(false)) : tally
}

function skipped(name: string, problem: string): Tally {
  steps.skip(name, problem)
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

/** Labs outlive who starts them, by design: one whose suite was ended before it could take it down is taken down here. */
function endLabs(): void {
  const left = readdirSync(scratch, { withFileTypes: true }).filter((each) => each.isDirectory())
  for (const { name } of left.filter((each) => each.name.startsWith('lab-'))) {
    process.stdout.write(`\nending what is left of a lab: ${name}\n`)
    const command = ['--silent', 'lab', 'down', '--dir', join(scratch, name)]
    spawnSync('pnpm', command, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  }
}

let isInterrupted = false

/** Whoever started us may pass on what the terminal has told us already: one word is enough. */
function interrupted(signal: string): void {
  if (isInterrupted) return
  isInterrupted = true
  process.stdout.write(`\ninterrupted (${signal}): ending what runs\n`)
  void steps.end()
}

const { values } = parseArgs({ options: { lab: { type: 'boolean', default: false } } })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, interrupted)
const tally = await check(values.lab)
endLabs()
rmSync(scratch, { recursive: true, force: true })
for (const each of untested) process.stdout.write(`\nNOT TESTED: ${each}\n`)
if (steps.failures.length > 0) process.stdout.write(`\nfailed: ${steps.failures.join(', ')}\n`)
process.stdout.write(`\n${line(tally)}\n`)
process.exitCode = tally.failed === 0 ? 0 : 1
