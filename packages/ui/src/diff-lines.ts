import { diffLines, diffWordsWithSpace } from 'diff'

export type DiffLine = {
  kind: 'same' | 'added' | 'removed'
  text: string
  before: number | undefined
  after: number | undefined
  /** Parts of the line, those that differ from its counterpart marked; absent when the whole line is new. */
  parts?: { text: string; changed: boolean }[]
}

/** Unchanged lines that nobody needs to read, or lines to show. */
export type DiffBlock = { kind: 'lines'; lines: DiffLine[] } | { kind: 'folded'; lines: DiffLine[] }

const context = 3

/** Two texts as numbered lines; a single replaced line shows which words of it changed. */
export function linesOf(before: string, after: string): DiffLine[] {
  const out: DiffLine[] = []
  let old = 0
  let now = 0
  for (const part of diffLines(before, after)) {
    for (const text of part.value.replace(/\n$/, '').split('\n')) {
      if (part.added) out.push({ kind: 'added', text, before: undefined, after: ++now })
      else if (part.removed) out.push({ kind: 'removed', text, before: ++old, after: undefined })
      else out.push({ kind: 'same', text, before: ++old, after: ++now })
    }
  }
  return out.map((line, index) => withParts(line, index, out))
}

/** One removed line followed by one added line is a replaced line; longer runs are too far apart to compare. */
function withParts(line: DiffLine, index: number, all: DiffLine[]): DiffLine {
  const at = line.kind === 'removed' ? index : index - 1
  const kinds = [at - 1, at, at + 1, at + 2].map((each) => all[each]?.kind)
  const alone = kinds[0] !== 'removed' && kinds[1] === 'removed' && kinds[2] === 'added' && kinds[3] !== 'added'
  if (line.kind === 'same' || !alone) return line
  return { ...line, parts: partsOf(all[at]?.text ?? '', all[at + 1]?.text ?? '', line.kind) }
}

function partsOf(before: string, after: string, side: 'added' | 'removed'): { text: string; changed: boolean }[] {
  return diffWordsWithSpace(before, after)
    .filter((part) => (side === 'added' ? !part.removed : !part.added))
    .map((part) => ({ text: part.value, changed: part.added || part.removed }))
}

/** Runs of unchanged lines fold away, three lines around each difference stay. */
export function folded(lines: DiffLine[]): DiffBlock[] {
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - context), index + context + 1).some((line) => line.kind !== 'same'),
  )
  const blocks: DiffBlock[] = []
  for (const [index, line] of lines.entries()) {
    const kind = near[index] === true ? 'lines' : 'folded'
    const last = blocks.at(-1)
    if (last?.kind === kind) last.lines.push(line)
    else blocks.push({ kind, lines: [line] })
  }
  // A fold of one or two lines saves nothing.
  return blocks.map((block) => (block.lines.length < 3 ? { kind: 'lines', lines: block.lines } : block))
}
