import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryDir } from '../env.ts'

const file = join(repositoryDir, 'docs', 'agreement.md')

/** Writes lines below a marker of docs/agreement.md, up to the next empty line. */
export function writeFigures(marker: string, lines: readonly string[]): void {
  const text = readFileSync(file, 'utf8')
  const begin = `<!-- ${marker} -->`
  const from = text.indexOf(begin)
  if (from < 0) throw new Error(`docs/agreement.md has no ${begin}`)
  const until = text.indexOf('\n\n', from)
  writeFileSync(file, `${text.slice(0, from)}${[begin, ...lines].join('\n')}${until < 0 ? '\n' : text.slice(until)}`)
}
