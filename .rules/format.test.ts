import { describe, expect, test } from 'vitest'
import { planted, tool } from './planted.ts'

const format = (files: Record<string, string>) =>
  planted(files, (root) => tool(root, 'biome', 'format', '--config-path=../../.biome.jsonc', '.'))

describe('format', () => {
  test.each([
    ['semicolons', 'a.ts', 'export const a = 1;\n'],
    ['double quotes', 'a.ts', 'export const a = "b"\n'],
    ['tabs', 'a.ts', 'export function a() {\n\treturn 1\n}\n'],
    ['no last comma', 'a.ts', `export const a = [\n  ${"'text of some length',\n  ".repeat(6)}'last'\n]\n`],
    ['lines of more than 120 characters', 'a.ts', `export const a = [${'1234567890, '.repeat(12)}1]\n`],
    ['JSON in its own way', 'a.json', '{"a":1}\n'],
    ['styles in their own way', 'a.css', 'a{color:red}\n'],
  ])('refuses %s', async (_, path, text) => {
    const { code, output } = await format({ [path]: text })
    expect(output).toContain('format')
    expect(code).not.toBe(0)
  })

  test('is content with what it would write itself', async () => {
    const ran = await format({
      'a.ts': "export const a = ['b']\n",
      'a.json': '{ "a": 1 }\n',
      'a.css': 'a {\n  color: red;\n}\n',
    })
    expect(ran.code, ran.output).toBe(0)
  })
})
