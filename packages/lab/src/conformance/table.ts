import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringsAt } from '@orbweaver/contracts/json'
import { repositoryDir } from '../env.ts'
import type { Area } from './check.ts'
import type { Result } from './run.ts'
import type { TargetName } from './target.ts'

/** What each check did on each target when that was last written down; the sentence is the key. */
export type Recorded = Readonly<Record<TargetName, Readonly<Record<string, string>>>>

const recordFile = join(repositoryDir, 'docs', 'conformance.json')
const tableFile = join(repositoryDir, 'docs', 'conformance.md')

export function readRecord(): Recorded {
  if (!existsSync(recordFile)) return { sandbox: {}, lab: {} }
  const value: unknown = JSON.parse(readFileSync(recordFile, 'utf8'))
  return { sandbox: stringsAt(value, 'sandbox'), lab: stringsAt(value, 'lab') }
}

export const readTable = (): string => (existsSync(tableFile) ? readFileSync(tableFile, 'utf8') : '')

/** Keeps the new results of one target beside the old ones of the other, and writes the table from both. */
export function record(target: TargetName, results: readonly Result[], areas: readonly Area[]): void {
  const before = readRecord()
  const now = Object.fromEntries(results.map(({ says, outcome }) => [says, outcome]))
  const recorded = ordered({ ...before, [target]: { ...before[target], ...now } }, areas)
  writeFileSync(recordFile, `${JSON.stringify(recorded, null, 2)}\n`)
  writeFileSync(tableFile, table(recorded, areas))
}

/** In the order of the checks, and without those that are no more. */
function ordered(recorded: Recorded, areas: readonly Area[]): Recorded {
  const sentences = areas.flatMap(({ checks }) => checks.map(({ says }) => says))
  const of = (target: TargetName): Record<string, string> =>
    Object.fromEntries(
      sentences.flatMap((says): [string, string][] => {
        const outcome = recorded[target][says]
        return outcome === undefined ? [] : [[says, outcome]]
      }),
    )
  return { sandbox: of('sandbox'), lab: of('lab') }
}

const head = `# Conformance

What the sandbox may be trusted for: each line is a check that runs against the sandbox and against the real components of
the lab, the same code for both, and that is seen to fail when the behaviour is switched off.

    pnpm conformance sandbox            # or: lab; --only PATTERN for some, --write to write this table
    pnpm conformance sandbox --broken   # every check on a target without its behaviour: all must fail

\`same\`: as the line says; \`different\`: otherwise. A difference is a bug of the sandbox.
`

/** Behind the sentence of a check whose breakage changes answers. */
export const formMark = ' *(form)*'

export function table(recorded: Recorded, areas: readonly Area[]): string {
  const count = areas.reduce((sum, { checks }) => sum + checks.length, 0)
  const same = areas.flatMap(({ checks }) =>
    checks.filter(({ says }) => recorded.sandbox[says] === 'same' && recorded.lab[says] === 'same'),
  )
  const forms = areas.flatMap(({ checks }) => checks.filter(({ broken }) => broken.kind === 'form'))
  const sections = areas.map(({ title, checks }) => {
    const rows = checks.map(({ says, broken }) => {
      const mark = broken.kind === 'form' ? formMark : ''
      const cell = (target: TargetName): string => recorded[target][says] ?? 'not run'
      return `| ${says.replaceAll('|', '\\|')}${mark} | ${cell('sandbox')} | ${cell('lab')} |`
    })
    return [`## ${title}`, '', '| check | sandbox | lab |', '|---|---|---|', ...rows].join('\n')
  })
  const sorts = `A behaviour is switched off by changing requests, so that the server is not asked for it (${count - forms.length} checks), or, where a check looks at nothing but the form of an answer, by taking that out of the answer (${forms.length}, marked${formMark}).`
  return `${head}\n${sorts}\n\n${count} checks, ${same.length} the same on both.\n\n${sections.join('\n\n')}\n`
}
