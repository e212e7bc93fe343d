import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Mutant, mutantsOf, withMutants } from './sites.ts'
import { testsBelow } from './tests.ts'

/**
 * Whether tests of findings, or of simulators, notice when one of them falls silent, or one of its conditions is the wrong way
 * round: every one of these is tried (`--count` of them, taken evenly), and those that no test notices are printed.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { count: { type: 'string' }, seed: { type: 'string', default: '1' } },
})
const root = join(import.meta.dirname, '..', '..', '..', 'packages', 'istio')
const [folder = 'src/findings'] = positionals
const say = (text: string) => void process.stdout.write(`${text}\n`)

type Numbered = Mutant & { id: number; path: string }
const sources = new Map<string, { mutants: Mutant[]; first: number }>()
const all: Numbered[] = []
for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort()) {
  const path = join(folder, name)
  if (!isJudging(path)) continue
  const mutants = mutantsOf(path, readFileSync(join(root, path), 'utf8'))
  sources.set(join(root, path), { mutants, first: all.length })
  all.push(...mutants.map((each, index) => ({ ...each, id: all.length + index, path })))
}

// Findings are noticed by tests of findings, what simulators say by tests of simulators.
const part = folder.split('/').slice(0, 2).join('/')
const tests = await testsBelow(root, part, (source, id) => {
  const known = sources.get(id)
  return known === undefined ? undefined : withMutants(source, known.mutants, known.first)
})
const meeting = new Map<number, (typeof tests.files)[number][]>()
for (const file of tests.files) {
  for (const id of await tests.metBy(file)) meeting.set(id, [...(meeting.get(id) ?? []), file])
}
say(`${all.length} mutants of ${sources.size} files, ${tests.files.length} files of tests`)

const chosen = sampled(all, values.count === undefined ? all.length : Number(values.count), Number(values.seed))
const unnoticed: Numbered[] = []
for (const [index, mutant] of chosen.entries()) {
  if (!(await isNoticed(mutant))) {
    unnoticed.push(mutant)
    say(`${mutant.path}:${mutant.line} ${mutant.what}${meeting.has(mutant.id) ? '' : ' (no test comes here)'}`)
  }
  if ((index + 1) % 200 === 0) say(`… ${index + 1} of ${chosen.length}, ${unnoticed.length} unnoticed`)
}
await tests.close()
say(`${chosen.length} tried, ${unnoticed.length} unnoticed`)
process.exit(unnoticed.length > 0 ? 1 : 0)

/** Tests beside the file first. */
async function isNoticed({ id, path }: Numbered): Promise<boolean> {
  const beside = join(root, path, '..')
  const files = [...(meeting.get(id) ?? [])].sort(
    (one, other) => Number(other.moduleId.startsWith(beside)) - Number(one.moduleId.startsWith(beside)),
  )
  for (const file of files) if (await tests.notice(file, id)) return true
  return false
}

function isJudging(path: string): boolean {
  return path.endsWith('.ts') && !/\.test\.ts$|\/text\.|\/cases\.ts$/.test(path)
}

/** So many, at even distances, another beginning for another seed. */
function sampled<Entry>(entries: readonly Entry[], count: number, seed: number): Entry[] {
  const step = Math.max(1, entries.length / count)
  const offset = (seed * 0.618_034) % 1
  return entries.filter((_, index) => Math.floor((index + 1) / step + offset) > Math.floor(index / step + offset))
}
