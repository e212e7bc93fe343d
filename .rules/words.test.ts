import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { repository, sources } from './cruise.ts'

/** The words that name everything, on every side: URL, contract, slices, end-to-end tests. */
const words = [
  'meshes',
  'clusters',
  'sidecars',
  'services',
  'gateways',
  'traffic',
  'security',
  'topology',
  'metrics',
  'upgrades',
  'objects',
  'history',
  'access',
]

/** The one stream a browser keeps open tells what changed in every word; it belongs to none. */
const wordless = ['events']

const read = (path: string): string => readFileSync(join(repository, path), 'utf8')
const entries = (path: string): string[] =>
  existsSync(join(repository, path)) ? readdirSync(join(repository, path)) : []
const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: repository, encoding: 'utf8' })
  .split('\0')
  .filter(Boolean)
const code = sources(repository)
const isTest = (path: string): boolean => /\.(test|e2e|lab)\.tsx?$/.test(path)

describe('thirteen words', () => {
  test('name every contract file that has operations', () => {
    const contracts = code.filter((path) => path.startsWith('packages/contracts/src/') && !isTest(path))
    const operating = contracts.filter((path) => /\boperation\b[\s\n]*\.route\(/.test(read(path)))
    expect(operating).not.toEqual([])
    const names = operating.map((path) => basename(path, '.ts'))
    expect(names.filter((name) => !words.includes(name) && !wordless.includes(name))).toEqual([])
  })

  test.each(['apps/bff/src/slices', 'apps/console/src/slices'])('name every slice in %s', (folder) => {
    expect(entries(folder).filter((name) => !words.includes(name))).toEqual([])
  })

  test('name every end-to-end file', () => {
    const files = entries('e2e/src').filter((name) => name.endsWith('.e2e.ts'))
    expect(files.filter((name) => !words.includes(basename(name, '.e2e.ts')))).toEqual([])
  })

  test('are told to the console by paths.ts alone: nobody else builds a URL', () => {
    const literal = new RegExp(`(?<!\\bpath: )['"\`]/(${words.join('|')})\\b`)
    const builders = code
      .filter((path) => path.startsWith('apps/console/src/') && !isTest(path) && path !== 'apps/console/src/paths.ts')
      .filter((path) => literal.test(withoutComments(read(path))))
    expect(builders).toEqual([])
  })
})

describe('files', () => {
  test('are at most twelve at the top, hidden ones aside', () => {
    const visible = new Set(tracked.map((path) => path.split('/')[0] ?? '').filter((name) => !name.startsWith('.')))
    expect(visible.size, [...visible].join(' ')).toBeLessThanOrEqual(12)
  })

  test('have names that say what is in them', () => {
    const nameless = /(^|[/-])(utils?|helpers?|misc|common|shared|lib|types|index)(-\d+)?\.tsx?$|-\d+\.tsx?$/
    expect(code.filter((path) => nameless.test(path))).toEqual([])
  })

  test('leave nothing to do later unsaid', () => {
    const later = new RegExp(`\\b(${['TO', 'FIX'].map((each) => each + (each === 'TO' ? 'DO' : 'ME')).join('|')})\\b`)
    const texts = tracked.filter((path) => /\.(tsx?|json|jsonc|ya?ml|md|css|cjs|sh)$/.test(path))
    const own = texts.filter((path) => existsSync(join(repository, path)) && !/(^|\/)generated\/|pnpm-lock/.test(path))
    expect(own.filter((path) => later.test(read(path)))).toEqual([])
  })

  test('that judge, view or plan in a slice never wait', () => {
    const pure = code.filter((path) => /\/slices\/.*[/-](view|judge|judgement|plan|values)\.ts$/.test(path))
    expect(pure.filter((path) => /\b(async|await)\b/.test(withoutComments(read(path))))).toEqual([])
  })

  test('are no barrels: no value is exported again', () => {
    const again = code.filter((path) => /^export (\*|\{[^}]*\}) from /m.test(read(path)))
    expect(again).toEqual([])
  })
})

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')
}
