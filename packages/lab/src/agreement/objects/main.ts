import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { istioCrds } from '@orbweaver/schemas/istio'
import { buildJudges } from '../../build.ts'
import { repositoryDir } from '../../env.ts'
import { describedBy, objects } from '../objects.ts'
import { fuzz } from '../objects-fuzz.ts'
import { compareVerdicts } from '../objects-verdicts.ts'
import { validate } from '../real-judges.ts'

const usage = `pnpm agree:objects [--seed N] [--count N] [--write]
pnpm fuzz [--seed N] [--count N]

  --seed N      the same number, the same objects (default 1)
  --count N     how many objects (default 1000)
  --write       write the figures into docs/agreement.md
`

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const described = describedBy(istioCrds)

type Run = { seed: number; count: number; write: boolean }

/** Objects that our checks and istiod's webhook say different things of. */
async function verdicts({ seed, count, write }: Run): Promise<number> {
  const program = await buildJudges(say)
  const made = [...objects(described, seed, count)]
  const { different, refused, allowed, unread } = compareVerdicts(described, made, await validate(program, made))
  const figures =
    `${count} objects of ${described.length} kinds from seed ${seed}: istiod refuses ${refused} and allows ${allowed}; ` +
    `${unread} no API server lets so far. Different verdicts or warnings: ${different.length}.`
  say(figures)
  for (const each of different.slice(0, 10)) say(JSON.stringify(each))
  if (write) record(figures)
  return different.length === 0 ? 0 : 1
}

function record(figures: string): void {
  const file = join(repositoryDir, 'docs', 'agreement.md')
  const text = readFileSync(file, 'utf8')
  const pattern = /(<!-- verdicts: pnpm agree:objects --write -->\n)[^\n]*\n/
  if (!pattern.test(text)) throw new Error(`no place for the figures in ${file}`)
  writeFileSync(file, text.replace(pattern, `$1${figures}\n`))
}

/** Objects that a judge fails on, or needs more than 50 ms for. */
function fuzzed({ seed, count }: Run): number {
  const { found, slowestMs, slow, thrown } = fuzz(described, seed, count)
  say(`${count} objects, ${found} findings, the slowest took ${Math.round(slowestMs)} ms`)
  for (const each of [...thrown, ...slow].slice(0, 10)) say(each)
  return thrown.length + slow.length === 0 ? 0 : 1
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: '1' },
      count: { type: 'string', default: '1000' },
      write: { type: 'boolean', default: false },
    },
  })
  const run = { seed: Number(values.seed), count: Number(values.count), write: values.write }
  if (Number.isInteger(run.seed) && Number.isInteger(run.count)) {
    if (positionals[0] === 'verdicts') return await verdicts(run)
    if (positionals[0] === 'fuzz') return fuzzed(run)
  }
  process.stderr.write(usage)
  return 2
}

process.exitCode = await main()
