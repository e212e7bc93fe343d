import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryDir } from '../env.ts'
import type { Compared } from './compare.ts'
import { exceptions } from './exceptions.ts'
import { codeOf, type Pair } from './pairs.ts'

const file = join(repositoryDir, 'docs', 'agreement.md')
const begin = '<!-- figures: pnpm agree --write -->'

const countBy = (pairs: readonly Pair[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const each of pairs) counts.set(codeOf(each), (counts.get(codeOf(each)) ?? 0) + 1)
  return counts
}

/** Lines of one run: what is the same, and where somebody says more. */
export function figures(all: readonly Compared[]): readonly string[] {
  const of = (field: 'equal' | 'theirs' | 'ours' | 'excepted' | 'undecided' | 'unjudged') =>
    countBy(all.flatMap((each) => each[field]))
  const columns = [of('equal'), of('theirs'), of('ours'), of('excepted'), of('undecided'), of('unjudged')]
  const codes = [...new Set(columns.flatMap((each) => [...each.keys()]))].toSorted()
  return [
    '| code | equal | only istioctl | only ours | excepted | undecided | not judged |',
    '|---|---|---|---|---|---|---|',
    ...codes.map((code) => `| ${[code, ...columns.map((each) => each.get(code) ?? 0)].join(' | ')} |`),
  ]
}

const exceptionLines = (): readonly string[] => [
  '| code | only | difference | Istio source |',
  '|---|---|---|---|',
  ...exceptions.map((each) => `| ${each.code} | ${each.only} | ${each.difference} | ${each.source} |`),
]

/** Writes the figures below what people wrote in docs/agreement.md. */
export function record(all: readonly Compared[], seed: number): void {
  const [kept = ''] = readFileSync(file, 'utf8').split(begin)
  const sum = (field: 'equal' | 'theirs' | 'ours') => all.reduce((count, each) => count + each[field].length, 0)
  const lines = [
    begin,
    '',
    `${all.length} worlds from seed ${seed}: ${sum('equal')} pairs equal, ${sum('theirs')} only istioctl's, ${sum('ours')} only ours.`,
    '',
    ...figures(all),
    '',
    '## Exceptions',
    '',
    ...(exceptions.length === 0 ? ['None.'] : exceptionLines()),
    '',
  ]
  writeFileSync(file, kept + lines.join('\n'))
}
