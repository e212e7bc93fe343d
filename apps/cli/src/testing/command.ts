import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { run } from '../program.ts'

/** One run of the command, on a day that does not change. */
export async function orbweaver(...words: string[]) {
  let [out, err] = ['', '']
  const now = () => new Date('2026-11-29T12:00:00Z')
  const exit = await run(words, { out: (text) => (out += text), err: (text) => (err += text), now })
  return { exit, out, err }
}

/** A folder of its own for each test of a file; `file` writes one into it and says where it is. */
export function scratch(): { folder: () => string; file: (name: string, text: string) => string } {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'orbweaver-cli-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  return {
    folder: () => folder,
    file: (name, text) => {
      const path = join(folder, name)
      mkdirSync(join(path, '..'), { recursive: true })
      writeFileSync(path, text)
      return path
    },
  }
}
