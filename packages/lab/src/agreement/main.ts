import { parseArgs } from 'node:util'
import { buildJudges } from '../build.ts'
import { compare, type Compared, differs } from './compare.ts'
import { foldersIn } from './folders.ts'
import { generate } from './generate.ts'
import { figures, record } from './record.ts'
import { smallest } from './smaller.ts'

const usage = `pnpm agree [--seed N] [--count N] [--only CODE] [--show] [--write | --folder DIR]

  --seed N      the first world (default 1); the same number, the same world
  --count N     how many worlds (default 300)
  --only CODE   differences of this code alone
  --show        differing worlds, as small as they get (at most 5)
  --folder DIR  instead of generated worlds each folder of YAML below DIR, by itself and with all below it
  --write       write the figures into docs/agreement.md
`

const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      count: { type: 'string', default: '300' },
      only: { type: 'string' },
      folder: { type: 'string' },
      show: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  })
  const [seed, count] = [Number(values.seed), Number(values.count)]
  if (!Number.isInteger(seed) || !Number.isInteger(count)) {
    process.stderr.write(usage)
    return 2
  }
  const program = await buildJudges(say)
  const { only, folder } = values
  const worlds =
    folder === undefined ? Array.from({ length: count }, (_, index) => generate(seed + index)) : foldersIn(folder)
  const wanted = (pair: string) => only === undefined || pair.startsWith(only)
  const all = (await compare(program, worlds)).map((each) => ({
    ...each,
    theirs: each.theirs.filter(wanted),
    ours: each.ours.filter(wanted),
  }))
  for (const line of figures(all)) say(line)
  const differing = all.filter(differs)
  say(`${differing.length} of ${all.length} worlds differ`)
  for (const each of values.show ? differing.slice(0, 5) : []) await show(program, each)
  if (values.write && folder === undefined) record(all, seed)
  return differing.length === 0 ? 0 : 1
}

async function show(program: string, compared: Compared): Promise<void> {
  const { world, theirs, ours, analysis } = await smallest(program, compared)
  const { objects, remotes, meshConfig, meshNetworks, bare } = world
  say(`\n--- world ${world.id}`)
  for (const pair of theirs) say(`only istioctl: ${pair}`)
  for (const pair of ours) say(`only ours:     ${pair}`)
  for (const { code, name, message } of analysis.messages) say(`istioctl says: ${code} ${name}: ${message}`)
  say(JSON.stringify({ objects, remotes, meshConfig, meshNetworks, bare }))
}

process.exitCode = await main()
