import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { archived } from './archive.ts'

const at = new Date('2026-11-01T10:00:00Z')
const long = `bundle/clusters/${'c'.repeat(63)}/logs/${'p'.repeat(90)}.log`

test('tar reads what is written, long names, empty files and letters of any length too', async () => {
  const files = [
    { path: 'bundle/README.txt', text: 'two\nlines 中文\n' },
    { path: 'bundle/empty.json', text: '' },
    { path: 'bundle/exact.txt', text: 'x'.repeat(1_024) },
    { path: long, text: 'last' },
  ]
  const input = await archived(files, at)
  const listed = execFileSync('tar', ['-tzf', '-'], { input, encoding: 'utf8' })
  expect(listed.trim().split('\n')).toEqual(files.map(({ path }) => path))
  for (const { path, text } of files) {
    expect(execFileSync('tar', ['-xzOf', '-', path], { input, encoding: 'utf8' })).toBe(text)
  }
  expect(execFileSync('tar', ['-tvzf', '-'], { input, encoding: 'utf8', env: { TZ: 'UTC' } })).toContain(
    '2026-11-01 10:00',
  )
})

test('a path that no archive can hold is refused', async () => {
  await expect(async () => archived([{ path: 'x'.repeat(101), text: '' }], at)).rejects.toThrow(RangeError)
})
