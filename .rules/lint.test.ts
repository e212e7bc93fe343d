import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { isRecord, listAt, recordAt, textAt } from '../packages/contracts/src/json.ts'
import { repository } from './cruise.ts'
import { lintAllowed, lintFaults } from './lint-faults.ts'
import { planted, tool } from './planted.ts'

const config: unknown = JSON.parse(readFileSync(join(repository, '.oxlintrc.json'), 'utf8'))
const tsconfig = {
  extends: '../../.tsconfig.base.json',
  compilerOptions: { jsx: 'react-jsx', lib: ['ES2023', 'DOM'], types: ['node'] },
  include: ['**/*.ts', '**/*.tsx'],
}

/** Path → the rules that spoke of it, as the configuration names them. */
let spoken: Map<string, string[]>
let code: number

beforeAll(async () => {
  const faults = Object.fromEntries(lintFaults.flatMap((each) => Object.entries(each.files)))
  const ran = await planted({ ...faults, ...lintAllowed, 'tsconfig.json': JSON.stringify(tsconfig) }, (root) =>
    tool(
      root,
      'oxlint',
      '--config',
      '../../.oxlintrc.json',
      '--type-aware',
      '--deny-warnings',
      '--format',
      'json',
      '.',
    ),
  )
  const answer: unknown = JSON.parse(ran.output)
  code = ran.code
  spoken = new Map()
  for (const each of listAt(answer, 'diagnostics')) {
    const path = textAt(each, 'filename') ?? ''
    spoken.set(path, [...(spoken.get(path) ?? []), ruleName(textAt(each, 'code') ?? '')])
  }
})

/** `typescript(no-explicit-any)` is configured as `typescript/no-explicit-any`, `eslint(eqeqeq)` as `eqeqeq`. */
function ruleName(spokenCode: string): string {
  const [, plugin = '', name = ''] = /^([\w-]+)\((.+)\)$/.exec(spokenCode) ?? []
  if (plugin === 'eslint') return name
  return `${plugin === 'react-hooks' || plugin === 'eslint-plugin-react-hooks' ? 'react' : plugin}/${name}`
}

describe('lint', () => {
  test('refuses', () => {
    expect(code).not.toBe(0)
  })

  test('has a planted fault for every rule of the configuration, and no rule is less than an error', () => {
    const rules = recordAt(config, 'rules')
    expect(lintFaults.map((each) => each.rule).sort()).toEqual(Object.keys(rules).sort())
    for (const level of Object.values(rules)) expect(Array.isArray(level) ? level[0] : level).toBe('error')
    expect(isRecord(config) && recordAt(config, 'categories')).toEqual({ correctness: 'error' })
  })

  test.each(lintFaults)('$rule fires', ({ rule, files }) => {
    expect(spoken.get(Object.keys(files)[0] ?? '') ?? []).toContain(rule)
  })

  test.each(Object.keys(lintAllowed))('%s is allowed', (path) => {
    expect(spoken.get(path) ?? []).toEqual([])
  })
})
