import { beforeAll, describe, expect, test } from 'vitest'
import { planted, tool } from './planted.ts'

const tsconfig = { extends: '../../.tsconfig.base.json', compilerOptions: { outDir: 'dist' }, include: ['*.ts'] }

/** What the compiler must refuse: the option that does it, its code, and a file that breaks it alone. */
const faults = [
  ['strict (null)', 'TS2322', "export const a: string = [''].find(() => true)"],
  ['strict (implicit any)', 'TS7006', 'export const f = (a) => a'],
  [
    'strict (unknown in catch)',
    'TS18046',
    'export function f() {\n  try {\n    return 1\n  } catch (error) {\n    return error.name\n  }\n}',
  ],
  ['strict (functions)', 'TS2322', 'export const f: (a: string | number) => void = (a: string) => void a'],
  ['noUncheckedIndexedAccess', 'TS2322', 'export const f = (a: string[]): string => a[0]'],
  ['exactOptionalPropertyTypes', 'TS2375', 'export const a: { b?: string } = { b: undefined }'],
  ['noImplicitOverride', 'TS4114', 'class A {\n  a() {}\n}\nexport class B extends A {\n  a() {}\n}'],
  [
    'noFallthroughCasesInSwitch',
    'TS7029',
    'export function f(a: number) {\n  let b = 0\n  switch (a) {\n    case 1:\n      b = 1\n    default:\n      b = 2\n  }\n  return b\n}',
  ],
  [
    'verbatimModuleSyntax',
    'TS1484',
    "import { ObjectEncodingOptions } from 'node:fs'\nexport type A = ObjectEncodingOptions",
  ],
  ['moduleResolution NodeNext', 'TS2835', "export { a } from './sound'"],
] as const

const pathOf = (index: number): string => `fault-${index}.ts`

let lines: string[]
let code: number

beforeAll(async () => {
  const files = Object.fromEntries(faults.map(([, , text], index) => [pathOf(index), `${text}\n`]))
  const sound = {
    'sound.ts': 'export const a = 1\n',
    'tsconfig.json': JSON.stringify(tsconfig),
    'package.json': '{ "type": "module" }',
  }
  const ran = await planted({ ...files, ...sound }, (root) => tool(root, 'tsc', '-p', '.', '--pretty', 'false'))
  lines = ran.output.split('\n')
  code = ran.code
})

describe('types', () => {
  test('refuse', () => {
    expect(code).not.toBe(0)
  })

  test.each(faults.map(([option, error], index) => ({ option, error, path: pathOf(index) })))(
    '$option: $error',
    ({ error, path }) => {
      const found = lines.filter((line) => line.startsWith(path)).map((line) => /error (TS\d+)/.exec(line)?.[1])
      expect(found).toEqual([error])
    },
  )

  test('leave what is sound alone', () => {
    expect(lines.filter((line) => line.startsWith('sound.ts'))).toEqual([])
  })
})
