import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Json, listAt, textAt } from '../packages/contracts/src/json.ts'
import { repository } from './cruise.ts'
import { planted, tool } from './planted.ts'

const manifest = (name: string, rest: object = {}): string =>
  JSON.stringify({ name, version: '1.0.0', type: 'module', ...rest })
const exportsMap = { './*': { source: './src/*.ts', default: './dist/*.js' } }

const tree: Record<string, string> = {
  '.knip.json': readFileSync(join(repository, '.knip.json'), 'utf8'),
  'package.json': manifest('planted', { private: true, workspaces: ['apps/*', 'packages/*', 'e2e'] }),
  'packages/kube/package.json': manifest('@planted/kube', { exports: exportsMap }),
  'packages/kube/src/used.ts': 'export const used = 1\nexport const deadInPackage = 2\n',
  'apps/bff/package.json': manifest('@planted/bff', {
    dependencies: { '@planted/kube': 'workspace:*', 'left-behind': '1.0.0' },
  }),
  'apps/bff/src/main.ts':
    "import { used } from '@planted/kube/used'\nimport { alive } from './alive.ts'\nimport 'never-listed'\nimport './nowhere.ts'\nprocess.stdout.write(String(used + alive))\n",
  'apps/bff/src/alive.ts': 'export const alive = 1\nexport const deadInApp = 2\nexport type DeadType = string\n',
  'apps/bff/src/forgotten.ts': 'export const forgotten = 1\n',
  'node_modules/@planted/kube/package.json': manifest('@planted/kube', {
    exports: { './*': '../../../packages/kube/src/*.ts' },
  }),
}

let code: number
let issues: Json[]

beforeAll(async () => {
  const args = ['--config', '.knip.json', '--reporter', 'json', '--no-config-hints']
  const ran = await planted(tree, (root) => tool(root, 'knip', ...args))
  const answer: unknown = JSON.parse(ran.output.slice(ran.output.indexOf('{')))
  code = ran.code
  issues = listAt(answer, 'issues')
})

const named = (path: string, kind: string): (string | undefined)[] =>
  issues
    .filter((each) => textAt(each, 'file') === path)
    .flatMap((each) => listAt(each, kind).map((issue) => textAt(issue, 'name')))

describe('dead code', () => {
  test('is refused', () => {
    expect(code).not.toBe(0)
  })

  test.each([
    { what: 'an export of an app', path: 'apps/bff/src/alive.ts', kind: 'exports', name: 'deadInApp' },
    { what: 'an exported type', path: 'apps/bff/src/alive.ts', kind: 'types', name: 'DeadType' },
    {
      what: 'an export of a package, although its exports map offers every file',
      path: 'packages/kube/src/used.ts',
      kind: 'exports',
      name: 'deadInPackage',
    },
    { what: 'a file', path: 'apps/bff/src/forgotten.ts', kind: 'files', name: 'apps/bff/src/forgotten.ts' },
    { what: 'a dependency nobody imports', path: 'apps/bff/package.json', kind: 'dependencies', name: 'left-behind' },
    {
      what: 'an import of what is no dependency',
      path: 'apps/bff/src/main.ts',
      kind: 'unlisted',
      name: 'never-listed',
    },
    { what: 'an import of nothing', path: 'apps/bff/src/main.ts', kind: 'unresolved', name: './nowhere.ts' },
  ])('$what', ({ path, kind, name }) => {
    expect(named(path, kind)).toContain(name)
  })

  test('is nothing that is used', () => {
    const all = issues.flatMap((each) =>
      ['exports', 'types', 'files'].flatMap((kind) => named(textAt(each, 'file') ?? '', kind)),
    )
    expect(all).not.toContain('used')
    expect(all).not.toContain('alive')
  })
})
