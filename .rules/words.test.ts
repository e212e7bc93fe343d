import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { repository, sources } from './cruise.ts'
import { buildsUrl, isBarrel, isMisnamedContract, isNameless, isWord, postpones, waits } from './words.ts'

const read = (path: string): string => readFileSync(join(repository, path), 'utf8')
const entries = (path: string): string[] =>
  existsSync(join(repository, path)) ? readdirSync(join(repository, path)) : []
const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: repository, encoding: 'utf8' })
  .split('\0')
  .filter(Boolean)
const code = sources(repository)
const product = code.filter((path) => !/\.(test|e2e|lab)\.tsx?$/.test(path))

describe('thirteen words', () => {
  test('name every contract file that has operations', () => {
    const contracts = product.filter((path) => path.startsWith('packages/contracts/src/'))
    expect(contracts.filter((path) => isMisnamedContract(basename(path, '.ts'), read(path)))).toEqual([])
    expect(isMisnamedContract('upgrades', 'operation.route({')).toBe(false)
    expect(isMisnamedContract('rollouts', 'list: operation\n    .route({')).toBe(true)
    expect(isMisnamedContract('names', 'export const Name = 1')).toBe(false)
  })

  test.each(['apps/bff/src/slices', 'apps/console/src/slices'])('name every slice in %s', (folder) => {
    expect(entries(folder).filter((name) => !isWord(name))).toEqual([])
  })

  test('name every end-to-end file', () => {
    const files = entries('e2e/src').filter((name) => name.endsWith('.e2e.ts'))
    expect(files.filter((name) => !isWord(basename(name, '.e2e.ts')))).toEqual([])
  })

  test('are told to the console by paths.ts alone: nobody else builds a URL', () => {
    const others = product.filter(
      (path) => path.startsWith('apps/console/src/') && path !== 'apps/console/src/paths.ts',
    )
    expect(others.filter((path) => buildsUrl(read(path)))).toEqual([])
    expect(buildsUrl('const to = `/meshes/${name}`')).toBe(true)
    expect(buildsUrl("navigate('/history')")).toBe(true)
    expect(buildsUrl("  path: '/meshes/$mesh',")).toBe(false)
    expect(buildsUrl('/** `/meshes/a` has two parts. */')).toBe(false)
  })
})

describe('files', () => {
  test('are at most twelve at the top, hidden ones aside', () => {
    const visible = new Set(tracked.map((path) => path.split('/')[0] ?? '').filter((name) => !name.startsWith('.')))
    expect(visible.size, [...visible].join(' ')).toBeLessThanOrEqual(12)
  })

  test('have names that say what is in them', () => {
    expect(code.filter(isNameless)).toEqual([])
    const refused = ['a/helpers.ts', 'a/string-utils.ts', 'a/page-2.tsx', 'a/common.ts', 'a/index.ts']
    expect(refused.filter(isNameless)).toEqual(refused)
    expect(['a/page.ts', 'a/index-of.ts', 'a/libraries.ts'].filter(isNameless)).toEqual([])
  })

  test('leave nothing to do later unsaid', () => {
    const texts = tracked.filter((path) => /\.(tsx?|json|jsonc|ya?ml|md|css|cjs|sh)$/.test(path))
    const own = texts.filter((path) => existsSync(join(repository, path)) && !/(^|\/)generated\/|pnpm-lock/.test(path))
    expect(own.filter((path) => postpones(read(path)))).toEqual([])
    expect(postpones(`# ${'TO'}${'DO'} later`)).toBe(true)
  })

  test('that judge, view or plan in a slice never wait', () => {
    const pure = product.filter((path) => /\/slices\/.*[/-](view|judge|judgement|plan|values)\.ts$/.test(path))
    expect(pure.filter((path) => waits(read(path)))).toEqual([])
    expect(waits('export async function view() {}')).toBe(true)
    expect(waits('// we await nothing here\nexport const view = 1')).toBe(false)
  })

  test('are no barrels: no value is exported again', () => {
    expect(code.filter((path) => isBarrel(read(path)))).toEqual([])
    expect(isBarrel("export * from './a.ts'")).toBe(true)
    expect(isBarrel("export { a } from './a.ts'")).toBe(true)
    expect(isBarrel("export type { A } from './a.ts'")).toBe(false)
  })
})
