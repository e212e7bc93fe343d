import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Build, isMade, make } from './kept-build.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'orbweaver-build-'))
  mkdirSync(join(root, 'src'))
  mkdirSync(join(root, 'out'))
  write('src/a.ts', 'a')
  write('lock', '1')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const write = (name: string, text: string) => writeFileSync(join(root, name), text)
const keeping = () => ({ root, stamps: join(root, 'stamps') })
const build = (more: Partial<Build> = {}): Build => ({
  name: 'thing',
  inputs: [join(root, 'src'), join(root, 'lock')],
  counts: (file) => !file.endsWith('.test.ts'),
  outputs: [join(root, 'out')],
  make: () => Promise.resolve(write('out/a.js', readFileSync(join(root, 'src/a.ts'), 'utf8'))),
  ...more,
})

test('what was made of the same files need not be made again, however old they look', async () => {
  expect(isMade(build(), keeping())).toBe(false)
  await make(build(), keeping())
  expect(isMade(build(), keeping())).toBe(true)
  utimesSync(join(root, 'src/a.ts'), new Date(), new Date())
  write('src/a.test.ts', 'is no part of it')
  expect(isMade(build(), keeping())).toBe(true)
})

test.each<[string, () => void]>([
  ['a file says something else', () => write('src/a.ts', 'b')],
  ['a file is added', () => write('src/b.ts', 'b')],
  ['a file is gone', () => rmSync(join(root, 'src/a.ts'))],
  ['a dependency is another', () => write('lock', '2')],
  ['something else wrote there', () => write('out/a.js', 'else')],
  ['what came out is gone', () => rmSync(join(root, 'out'), { recursive: true })],
  ['the stamp is gone', () => rmSync(join(root, 'stamps'), { recursive: true })],
])('it is made again when %s', async (_why, happens) => {
  await make(build(), keeping())
  happens()
  expect(isMade(build(), keeping())).toBe(false)
})

test('what failed half-way counts as nothing', async () => {
  await make(build(), keeping())
  const fails = build({ make: () => Promise.reject(new Error('no room')) })
  await expect(make(fails, keeping())).rejects.toThrow('no room')
  expect(isMade(build(), keeping())).toBe(false)
})

test('what changes while it is being made is made again', async () => {
  const slow = build({ make: () => Promise.resolve(write('src/a.ts', 'later')) })
  await make(slow, keeping())
  expect(isMade(slow, keeping())).toBe(false)
})
