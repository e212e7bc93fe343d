import { parseArgs } from 'node:util'
import { LabError } from '../lab-error.ts'
import { areas as allAreas } from './areas.ts'
import type { Area } from './check.ts'
import { startTarget } from './start-target.ts'
import { type Result, runChecks } from './run.ts'
import { record } from './table.ts'
import { targetNames } from './target.ts'

const usage = `pnpm conformance sandbox|lab [--only PATTERN] [--broken] [--write] [--dir DIR]

  --only PATTERN   only checks whose sentence or area has this in it (a regular expression, case ignored)
  --broken         every check on a target without its behaviour: all must fail
  --write          write docs/conformance.md
  --dir DIR        lab: the run directory of a lab that is up, in place of one started for this run
`

const say = (line: string): void => void process.stdout.write(`${line}\n`)

function chosen(pattern: string | undefined): Area[] {
  if (pattern === undefined) return [...allAreas]
  const wanted = new RegExp(pattern, 'i')
  return allAreas
    .map((area) => ({
      ...area,
      checks: area.checks.filter(({ says }) => wanted.test(area.title) || wanted.test(says)),
    }))
    .filter(({ checks }) => checks.length > 0)
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      only: { type: 'string' },
      broken: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      dir: { type: 'string' },
    },
  })
  const name = targetNames.find((each) => each === positionals[0])
  if (name === undefined) {
    process.stderr.write(usage)
    return 2
  }
  const { broken } = values
  const areas = chosen(values.only)
  const target = await startTarget(name, { broken, dir: values.dir })
  const started = performance.now()
  try {
    const results = await runChecks(target, areas, { broken, tell: (result) => tell(result, broken) })
    const wrong = results.filter(({ outcome }) => !isRight(outcome, broken))
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    say(
      `${results.length - wrong.length} of ${results.length} ${broken ? 'seen to fail' : 'the same'} on ${name}, ${seconds} s`,
    )
    if (values.write && !broken) record(name, results, allAreas)
    return wrong.length === 0 ? 0 : 1
  } finally {
    await target.close()
  }
}

const isRight = (outcome: Result['outcome'], broken: boolean): boolean => outcome === (broken ? 'different' : 'same')

function tell({ area, says, outcome, detail, ms }: Result, broken: boolean): void {
  if (isRight(outcome, broken)) return
  say(`${outcome === 'error' ? 'ERROR' : broken ? 'NOT SEEN TO FAIL' : 'DIFFERENT'} ${area}: ${says} (${ms} ms)`)
  if (detail !== '') say(`    ${detail}`)
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof LabError ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  )
  return 1
})
