import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { groupedBy } from '@orbweaver/istio/world/grouped'
import { alike } from './alike.ts'
import { createAsking } from './likeliest.ts'
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
const paths = positionals.length > 0 ? positionals : ['src/findings']
const say = (text: string) => void process.stdout.write(`${text}\n`)

type Numbered = Mutant & { id: number; path: string }
const sources = new Map<string, { mutants: Mutant[]; first: number }>()
const all: Numbered[] = []
for (const path of paths.flatMap(filesOf).filter(isJudging)) {
  const mutants = mutantsOf(path, readFileSync(join(root, path), 'utf8'))
  sources.set(join(root, path), { mutants, first: all.length })
  all.push(...mutants.map((each, index) => ({ ...each, id: all.length + index, path })))
}
const known = alike.filter(({ path }) => sources.has(join(root, path)))
const gone = known.filter((each) => !all.some((mutant) => isAlike(mutant, each)))

// Findings are noticed by tests of findings, what simulators say by tests of simulators.
const part = paths[0]?.split('/').slice(0, 2).join('/') ?? ''
const tests = await testsBelow(root, part, (source, id) => {
  const broken = sources.get(id)
  return broken === undefined ? undefined : withMutants(source, broken.mutants, broken.first)
})
const meeting = new Map<number, string[]>()
for (const file of tests.files) {
  for (const id of await tests.metBy(file)) meeting.set(id, [...(meeting.get(id) ?? []), file])
}
say(`${all.length} mutants of ${sources.size} files, ${tests.files.length} files of tests`)

const telling = all.filter((mutant) => !known.some((each) => isAlike(mutant, each)))
const chosen = sampled(telling, values.count === undefined ? telling.length : Number(values.count), Number(values.seed))
const noticed = new Set<number>()
const asking = createAsking()
const left = new Map(chosen.map(({ id }) => [id, meeting.get(id) ?? []]))
for (;;) {
  const turn = [...left].flatMap(([id, files]) => {
    const file = noticed.has(id) ? undefined : nextOf(id, files)
    return file === undefined ? [] : [{ id, file }]
  })
  if (turn.length === 0) break
  for (const [file, mutants] of groupedBy(turn, (each) => each.file)) {
    const ids = mutants.map(({ id }) => id)
    const found = await tests.noticed(file, ids)
    asking.answered(file, ids.length, found.length)
    for (const id of found) noticed.add(id)
    for (const id of ids) left.set(id, left.get(id)?.filter((each) => each !== file) ?? [])
  }
  say(`… ${noticed.size} of ${chosen.length} noticed`)
}
await tests.close()
const unnoticed = chosen.filter(({ id }) => !noticed.has(id))
for (const { id, path, line, what } of unnoticed) {
  say(`${path}:${line} ${what}${meeting.has(id) ? '' : ' (no test comes here)'}`)
}
for (const { path, what } of gone) say(`${path} ${what} is nowhere any more: take it out of alike.ts`)
say(`${chosen.length} tried, ${unnoticed.length} unnoticed`)
process.exit(unnoticed.length + gone.length > 0 ? 1 : 0)

/** What is below a folder, or a file by itself. */
function filesOf(path: string): string[] {
  if (statSync(join(root, path)).isFile()) return [path]
  const names = readdirSync(join(root, path), { recursive: true, encoding: 'utf8' })
  return names.sort().map((name) => join(path, name))
}

function isAlike(mutant: Numbered, { path, what }: { path: string; what: string }): boolean {
  return mutant.path === path && mutant.what === what
}

function isBeside(file: string, id: number): boolean {
  const mutant = all[id]
  return mutant !== undefined && file.startsWith(join(root, mutant.path, '..'))
}

/** Of the files of tests that a mutant was not shown to yet: those beside it first. */
function nextOf(id: number, files: readonly string[]): string | undefined {
  const beside = files.filter((file) => isBeside(file, id))
  return asking.likeliest(beside.length > 0 ? beside : files)
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
