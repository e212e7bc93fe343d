import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stripTypes } from './builds.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'orbweaver-strip-'))
  mkdirSync(join(root, 'src/deep'), { recursive: true })
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

test('modules run without their types, under the names they import each other by', async () => {
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(root, 'src/type.ts'), 'export type Name = string\n')
  writeFileSync(
    join(root, 'src/main.ts'),
    [
      `import type { Name } from './type.ts'`,
      `import { type Named, greet } from './deep/greet.ts'`,
      `const name = 'ada' satisfies Name`,
      'const named: Named = { name }',
      'export const greeting: string = greet(named)',
    ].join('\n'),
  )
  writeFileSync(
    join(root, 'src/deep/greet.ts'),
    [
      'export type Named = { name: string }',
      'export class Greeter {',
      '  readonly #word: string',
      '  constructor(word: string) { this.#word = word }',
      '  to({ name }: Named): string { return `${this.#word}, ${name}` }',
      '}',
      `export function greet(named: Named): string { return new Greeter('hello').to(named) }`,
    ].join('\n'),
  )
  writeFileSync(join(root, 'src/main.test.ts'), 'this is never read')
  await stripTypes([join(root, 'src')])
  const module: unknown = await import(join(root, 'dist/main.js'))
  expect(module).toHaveProperty('greeting', 'hello, ada')
  expect(readFileSync(join(root, 'dist/main.js'), 'utf8')).toContain(`'./deep/greet.js'`.replaceAll("'", '"'))
  expect(existsSync(join(root, 'dist/main.test.js'))).toBe(false)
})

test('what cannot be read is an error with its place', async () => {
  writeFileSync(join(root, 'src/main.ts'), 'export const = 1')
  await expect(stripTypes([join(root, 'src')])).rejects.toThrow(/main\.ts/)
})
