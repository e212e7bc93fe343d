import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { repository } from './cruise.ts'
import { firstLoaded } from './first-loaded.ts'
import { planted } from './planted.ts'

/** The console before its first page: 250 kB at most (docs/benchmarks.md), so each of these is somebody's to wait for. */
let shell: Set<string>

beforeAll(async () => {
  shell = await firstLoaded(repository, 'apps/console/src/main.tsx', 'apps/console/src/api/routes.ts')
}, 120_000)

describe('the shell of the console', () => {
  it('stands on these packages alone', () => {
    expect([...shell].filter((each) => !each.includes('/src/')).toSorted()).toEqual([
      '@orpc/client',
      '@orpc/openapi-client',
      '@orpc/tanstack-query',
      '@tanstack/react-query',
      '@tanstack/react-router',
      'antd',
      'i18next',
      'react',
      'react-dom',
      'react-i18next',
    ])
  })

  it('takes three components of antd', () => {
    const taken = [...shell]
      .filter((each) => /\.tsx?$/.test(each))
      .flatMap((each) => valuesOfAntd(readFileSync(join(repository, each), 'utf8')))
    expect([...new Set(taken)].toSorted()).toEqual(['Button', 'ConfigProvider', 'Tooltip'])
  })

  it.each([
    ['pages', /[/-]page\.tsx$/],
    ['what opens on demand', /(drawer|dialog|editor)\.tsx$/],
    ['what Istio objects mean, and its sentences', /^packages\/istio\//],
    ['sentences of the wire', /(reasons|sentences|titles)\.(en|zh)\.ts$/],
    ['texts of slices', /^apps\/console\/src\/slices\/.*text(\.en|\.zh)?\.ts$/],
    ['schemas', /^packages\/contracts\/src\/(?!(json|listed|hidden-name|text-order)\.ts$)/],
  ])('leaves to the pages: %s', (_, pattern) => {
    expect([...shell].filter((each) => pattern.test(each))).toEqual([])
  })
})

describe('firstLoaded', () => {
  it('follows imports, but not lazy ones, those of types, and those of the leaf', async () => {
    const files = {
      'apps/console/src/main.tsx': `
        import { a } from './a.ts'
        import type { Kind } from './kind.ts'
        import { routes } from './routes.ts'
        export const all: Kind[] = [a, routes, import('./lazy.ts')]`,
      'apps/console/src/a.ts': `export { b as a } from './b.ts'`,
      'apps/console/src/b.ts': 'export const b = 1',
      'apps/console/src/kind.ts': 'export type Kind = unknown',
      'apps/console/src/lazy.ts': 'export const lazy = 1',
      'apps/console/src/routes.ts': `export { heavy as routes } from './heavy.ts'`,
      'apps/console/src/heavy.ts': 'export const heavy = 1',
    }
    const found = await planted(files, (root) =>
      firstLoaded(root, 'apps/console/src/main.tsx', 'apps/console/src/routes.ts'),
    )
    expect([...found].map((each) => each.replace('apps/console/src/', '')).toSorted()).toEqual([
      'a.ts',
      'b.ts',
      'main.tsx',
      'routes.ts',
    ])
  })
})

/** Names of values that a source imports from antd. */
function valuesOfAntd(source: string): string[] {
  const names = /^import \{([^}]*)\} from 'antd'$/m.exec(source)?.[1] ?? ''
  return names
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '' && !each.startsWith('type '))
}
