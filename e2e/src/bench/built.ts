import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { flagAt, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import type { Measure } from './budgets.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const units = ['ms', 'kB', 'MB', '/s'] as const

/** What a bench says that runs as built code, in a process of its own. */
export function measuredBuilt(name: string): Measure[] {
  execFileSync('npx', ['-y', 'pnpm@12.21.0', '--silent', 'types'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const text = execFileSync(process.execPath, [join(root, 'e2e/dist/bench', name, 'main.js')], { encoding: 'utf8' })
  const told: unknown = JSON.parse(text)
  return listAt(told).map((each) => {
    const budget = numberAt(each, 'budget')
    return {
      name: textAt(each, 'name') ?? '',
      value: numberAt(each, 'value') ?? Number.NaN,
      unit: units.find((unit) => unit === textAt(each, 'unit')) ?? 'ms',
      timed: flagAt(each, 'timed') ?? false,
      ...(budget !== undefined && { budget }),
    }
  })
}
