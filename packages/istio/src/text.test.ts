import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { at, isRecord } from '@orbweaver/contracts/json'
import { judges } from './findings/judges.ts'
import { ruleTemplates } from './rules/templates.ts'
import { stepIds } from './start/learning-path.ts'
import { istioText as english } from './text.en.ts'
import { istioText as chinese } from './text.zh.ts'

/** Every sentence with its path. */
function sentences(text: unknown, path = ''): Map<string, string> {
  if (typeof text === 'string') return new Map([[path, text]])
  const parts = isRecord(text) ? Object.entries(text) : []
  return new Map(parts.flatMap(([key, value]) => [...sentences(value, path === '' ? key : `${path}.${key}`)]))
}
const blanks = (sentence: string) =>
  [...sentence.matchAll(/\{\{(\w+)\}\}/g)].map((each) => each[1] ?? '').toSorted((a, b) => a.localeCompare(b))

const en = sentences(english)
const zh = sentences(chinese)

describe('sentences', () => {
  it('exist in both languages with the same blanks', () => {
    expect([...zh.keys()].toSorted()).toEqual([...en.keys()].toSorted())
    const different = [...en].filter(([key, sentence]) => blanks(sentence).join() !== blanks(zh.get(key) ?? '').join())
    expect(different).toEqual([])
  })
  it('are Chinese in Chinese', () => {
    const untranslated = [...zh].filter(([, sentence]) => !/\p{Script=Han}/u.test(sentence))
    expect(untranslated).toEqual([])
  })
  it('do not shout', () => {
    expect([...en].filter(([, sentence]) => sentence.includes('!') || /please/i.test(sentence))).toEqual([])
  })
})

/** Codes as the source spells them: the first argument of the functions that make messages. */
function codesIn(folder: string, pattern: RegExp): string[] {
  const here = join(import.meta.dirname, folder)
  const files = readdirSync(here).filter((file) => file.endsWith('.ts') && !/(test|text\.\w\w|samples)\.ts$/.test(file))
  const source = files.map((file) => readFileSync(join(here, file), 'utf8')).join('\n')
  return [...new Set([...source.matchAll(pattern)].map((each) => each[1] ?? ''))].toSorted()
}
const unworded = (codes: string[], ...paths: string[]) =>
  codes.filter(
    (code) =>
      !['', '_other'].some((form) =>
        paths.some((path) => at(english, ...`${path}.${code}${form}`.split('.')) !== undefined),
      ),
  )

describe('every code has a sentence', () => {
  it('stages, gates and deadlines', () => {
    const gates = codesIn('blueprints', /(?:waiting|passed|failed)\(\s*'([\w-]+)'/g)
    expect(gates.length).toBeGreaterThan(25)
    expect(unworded(gates, 'mesh.gate')).toEqual([])
    expect(unworded(codesIn('blueprints', /timeout: '([\w-]+)'/g), 'mesh.timeout')).toEqual([])
    expect(unworded(codesIn('blueprints', /\bname: '([\w-]+)',\n\s+(?:cluster|at)/g), 'mesh.stage')).toEqual([])
    expect(unworded(codesIn('blueprints', /code: '([\w-]+)'/g), 'mesh.blocker', 'mesh.gate')).toEqual([])
    expect(unworded(codesIn('blueprints', /fix: '([\w-]+)'/g), 'mesh.blockerFix')).toEqual([])
    expect(unworded(codesIn('blueprints', /\.\.\.say\([^']*'([\w-]+)'/g), 'mesh.leftover')).toEqual([])
    expect(unworded(codesIn('meshes', /code: '([\w-]+)'/g), 'mesh.problem')).toEqual([])
  })
  it('preflight checks and their fixes', () => {
    const checks = codesIn('preflight', /check\(\s*'([\w-]+\.[\w-]+)'/g)
    expect(checks.length).toBeGreaterThan(35)
    expect(unworded(checks, 'preflight.check')).toEqual([])
    expect(unworded(codesIn('preflight', /(?:fix|helm)\(\s*'([\w-]+)'/g), 'preflight.fix')).toEqual([])
  })
  it('findings', () => {
    const codes = judges.flatMap(({ says }) => says.map(({ code }) => code))
    expect(codes.length).toBeGreaterThan(15)
    const sentence = codes.flatMap((each) => [`${each}.title`, `${each}.detail`])
    expect(unworded(sentence, 'finding')).toEqual([])
  })
  it('ways between clusters, and moves', () => {
    const codes = codesIn('networks', /'network\.([\w-]+)'/g)
    expect(codes.length).toBeGreaterThan(25)
    expect(unworded(codes, 'network')).toEqual([])
  })
  it('injection', () => {
    const reasons = codesIn('injection', /(?:reason|refuse)\('([\w-]+)'/g)
    const codes = codesIn('injection', /code: '([\w-]+)'/g)
    expect(unworded([...reasons, ...codes], 'injection.reason', 'injection.blocked')).toEqual([])
    expect(Object.keys(english.injection.restart)).toHaveLength(7)
  })
  it('routes', () => {
    const said = codesIn('simulate/route', /\bsay\(\s*'([\w-]+)'/g)
    const others = codesIn('simulate/route', /(?:\bcode: |\brefused\(asking, |\bwhy: )'([\w-]+)'/g)
    const inner = [
      'after-catch-all',
      'external',
      'auto-mtls-off',
      'not-all-meshed',
      'no-hbone',
      'server',
      'credential',
      'port-settings',
    ]
    const codes = [...said, ...others].filter((code) => !inner.includes(code))
    expect(codes.length).toBeGreaterThan(50)
    expect(unworded(codes, 'route.step')).toEqual([])
  })
  it('steps and templates', () => {
    expect(unworded([...stepIds], 'start.step')).toEqual([])
    const templates = Object.values(ruleTemplates).flat()
    expect(
      unworded(
        templates.map((each) => each.id),
        'rule.template',
      ),
    ).toEqual([])
  })
})
