import type { Path } from './schema.ts'

/** Where a cursor is in a YAML text, found by indentation: it works in texts that do not parse yet. */
export type Place = {
  /** Path of the map whose field is being written, or whose field the value belongs to. */
  parent: Path
  /** The field of this line, when it has one already. */
  field: string | undefined
  /** Whether the cursor is behind the field's colon. */
  inValue: boolean
  /** Where the word under the cursor begins. */
  from: number
  /** The fields that the map has already, so that they are not offered again. */
  siblings: string[]
}

type Line = { indent: number; dashes: number[]; field: string | undefined; start: number; text: string }

const lineShape = /^(\s*)((?:-\s+|-$)*)(?:(?:"([^"]*)"|'([^']*)'|([^\s#:'"[{][^:]*?))\s*:(?=\s|$))?/

export function placeAt(text: string, offset: number): Place {
  const lines = linesOf(text)
  const at = Math.max(
    0,
    lines.findLastIndex((line) => line.start <= offset),
  )
  const line = lines[at] ?? { indent: 0, dashes: [], field: undefined, start: 0, text: '' }
  const column = offset - line.start
  const colon = line.field === undefined ? -1 : line.text.indexOf(':', line.indent + line.field.length)
  const word = /[\w./-]*$/.exec(line.text.slice(0, column))?.[0] ?? ''
  const blank = line.text.trim() === ''
  const indent = blank ? column : line.indent
  const parent = parentOf(lines, at, { ...line, indent })
  return {
    parent,
    field: line.field,
    inValue: colon >= 0 && column > colon,
    from: offset - word.length,
    siblings: siblingsOf(lines, at, indent),
  }
}

function linesOf(text: string): Line[] {
  let start = 0
  return text.split('\n').map((each) => {
    const found = lineShape.exec(each)
    const lead = found?.[1]?.length ?? 0
    const dashText = found?.[2] ?? ''
    const dashes = [...dashText.matchAll(/-/g)].map((dash) => lead + dash.index)
    const line = {
      indent: lead + dashText.length,
      dashes,
      field: found?.[3] ?? found?.[4] ?? found?.[5],
      start,
      text: each,
    }
    start += each.length + 1
    return line
  })
}

/** Climbs to ever smaller indentation, collecting the fields (and list positions) it hangs on. */
function parentOf(lines: Line[], at: number, line: Line): Path {
  const path: Path = []
  let indent = line.indent
  let dashes = [...line.dashes]
  for (let index = at; index >= 0; index -= 1) {
    const dash = dashes.at(-1)
    if (dash !== undefined && dash < indent) {
      path.unshift(positionOf(lines, index, dash))
      indent = dash
      dashes = dashes.slice(0, -1)
      index += 1
      continue
    }
    const above = lines[index - 1]
    if (above === undefined) break
    if (above.text.trim() === '' || above.text.trimStart().startsWith('#')) {
      dashes = []
      continue
    }
    if (opens(above, indent, path)) {
      path.unshift(above.field ?? '')
      indent = above.indent
    }
    dashes = above.dashes.filter((each) => each < indent)
  }
  return path.filter((step) => step !== '')
}

/** A field whose block the line belongs to: less indented, or level with it when the block is a list. */
function opens(above: Line, indent: number, path: Path): boolean {
  if (above.field === undefined) return false
  return above.indent < indent || (above.indent === indent && typeof path[0] === 'number' && above.dashes.length === 0)
}

/** How many items of the same list stand before this one. */
function positionOf(lines: Line[], at: number, dash: number): number {
  let count = 0
  for (let index = at - 1; index >= 0; index -= 1) {
    const line = lines[index]
    if (line === undefined || line.text.trim() === '') continue
    if (line.dashes.includes(dash)) count += 1
    else if (Math.min(line.indent, ...line.dashes) <= dash && !line.dashes.includes(dash)) break
  }
  return count
}

function siblingsOf(lines: Line[], at: number, indent: number): string[] {
  const out: string[] = []
  for (const step of [-1, 1]) {
    for (let index = at + step; index >= 0 && index < lines.length; index += step) {
      const line = lines[index]
      if (line === undefined || line.text.trim() === '') continue
      if (line.indent < indent) break
      if (line.indent === indent && line.field !== undefined) out.push(line.field)
      if (line.indent === indent && line.dashes.length > 0) break
    }
  }
  return out
}
