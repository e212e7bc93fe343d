import { readClass, readEscape, readPerl, readUnicode } from './re2-class.ts'
import { Re2Fault, Reader } from './re2-fault.ts'

/**
 * What Go's regexp.Compile says of a text that is no regular expression of RE2 (regexp/syntax, go1.26): parsed as it does,
 * and nothing is built. Undefined when it compiles.
 */
export function compileProblem(regex: string): string | undefined {
  try {
    parse(new Reader(regex))
    return undefined
  } catch (fault) {
    if (fault instanceof Re2Fault) return fault.message
    throw fault
  }
}

/** What can be repeated; `times` are its own bounds when it is a repetition with numbers. */
type Part = { times: number; inside: Part[] }

/** A group that is open: its parts, and whether the last thing in it can be repeated. */
type Group = { parts: Part[]; repeatable: boolean }

type State = { reader: Reader; groups: Group[]; lastRepeat: number | undefined }

const plain = (): Part => ({ times: 1, inside: [] })

function parse(reader: Reader): void {
  const state: State = { reader, groups: [{ parts: [], repeatable: false }], lastRepeat: undefined }
  while (!reader.atEnd()) {
    const start = reader.place
    const isRepeat = step(state)
    state.lastRepeat = isRepeat ? start : undefined
  }
  if (state.groups.length > 1) throw new Re2Fault('missing closing )', reader.text)
}

/** Whether it was a repetition. */
function step(state: State): boolean {
  const { reader } = state
  switch (reader.peek()) {
    case '(':
      openGroup(state)
      return false
    case '|':
      reader.next()
      innermost(state).repeatable = false
      return false
    case ')':
      reader.next()
      closeGroup(state)
      return false
    case '[':
      readClass(reader)
      put(state, plain())
      return false
    case '*':
    case '+':
    case '?':
      return repetition(state, { length: 1, times: -1 })
    case '{':
      return counted(state)
    case '\\':
      escape(state)
      return false
    default:
      reader.next()
      put(state, plain())
      return false
  }
}

function innermost({ groups }: State): Group {
  const group = groups.at(-1)
  if (group === undefined) throw new Re2Fault('unexpected )', '')
  return group
}

function put(state: State, part: Part): void {
  const group = innermost(state)
  group.parts.push(part)
  group.repeatable = true
}

function openGroup(state: State): void {
  const { reader, groups } = state
  if (!reader.startsWith('(?')) {
    reader.next()
    groups.push({ parts: [], repeatable: false })
  } else if (perlGroup(reader)) groups.push({ parts: [], repeatable: false })
}

function closeGroup(state: State): void {
  const { groups, reader } = state
  const group = groups.pop()
  if (group === undefined || groups.length === 0) throw new Re2Fault('unexpected )', reader.text)
  put(state, { times: 1, inside: group.parts.filter(({ times, inside }) => times !== 1 || inside.length > 0) })
}

/** `(?P<name>`, `(?<name>`, `(?i:` and `(?i)`: whether a group was opened. */
function perlGroup(reader: Reader): boolean {
  const start = reader.place
  const named = /^\(\?P?</.exec(reader.rest)?.[0]
  if (named !== undefined && reader.rest.length > named.length) return namedGroup(reader, named.length)
  reader.place += 2
  const [, flags = '', negative, end] = /^([imsU]*)(-[imsU]+)?([:)])?/.exec(reader.rest) ?? []
  reader.place += flags.length + (negative ?? '').length
  if (end === undefined) {
    // The fault shows the character that does not belong there.
    if (negative === undefined && reader.peek() === '-') reader.next()
    reader.next()
    throw new Re2Fault('invalid or unsupported Perl syntax', reader.since(start))
  }
  reader.next()
  return end === ':'
}

/** `length`: of what is before the name. */
function namedGroup(reader: Reader, length: number): true {
  const rest = reader.rest
  const end = rest.indexOf('>')
  if (end < 0) throw new Re2Fault('invalid named capture', rest)
  reader.place += end + 1
  if (!/^\w+$/.test(rest.slice(length, end))) throw new Re2Fault('invalid named capture', rest.slice(0, end + 1))
  return true
}

/** `{2}`, `{2,}`, `{2,3}`; what looks otherwise is a brace. */
function counted(state: State): boolean {
  const { reader } = state
  const [whole, least = '', comma, most = ''] = /^\{(0|[1-9]\d*)(?:(,)(0|[1-9]\d*)?)?\}/.exec(reader.rest) ?? []
  if (whole === undefined) {
    reader.next()
    put(state, plain())
    return false
  }
  const min = Number(least)
  const max = comma === undefined ? min : Number(most === '' ? -1 : most)
  if (Math.max(min, max) > 1000 || (max >= 0 && min > max)) throw new Re2Fault('invalid repeat count', whole)
  return repetition(state, { length: whole.length, times: max < 0 ? min : max })
}

/** `times`: how often at most, or at least where there is no most; -1 for the signs. */
function repetition(state: State, { length, times }: { length: number; times: number }): boolean {
  const { reader, lastRepeat } = state
  const start = reader.place
  reader.place += length
  if (reader.peek() === '?') reader.next()
  if (lastRepeat !== undefined) {
    throw new Re2Fault('invalid nested repetition operator', reader.since(lastRepeat))
  }
  const group = innermost(state)
  const part = group.parts.pop()
  if (!group.repeatable || part === undefined) {
    throw new Re2Fault('missing argument to repetition operator', reader.since(start))
  }
  const inside = part.times !== 1 || part.inside.length > 0 ? [part] : []
  const repeated = { times: times < 0 ? 1 : times, inside }
  group.parts.push(repeated)
  if (times >= 2 && !fits(repeated, 1000)) throw new Re2Fault('invalid repeat count', reader.since(start))
  return true
}

/** Whether repetitions in repetitions come to at most so many (repeatIsValid). */
function fits({ times, inside }: Part, most: number): boolean {
  if (times === 0) return true
  if (times > most) return false
  const left = Math.floor(most / times)
  return inside.every((part) => fits(part, left))
}

function escape(state: State): void {
  const { reader } = state
  const next = reader.peek(1)
  if (next === 'C') throw new Re2Fault('invalid escape sequence', '\\C')
  if (next === 'Q') {
    quotedLiteral(state)
    return
  }
  if (next !== '' && 'AbBz'.includes(next)) reader.place += 2
  else if (!readUnicode(reader) && !readPerl(reader)) readEscape(reader)
  put(state, plain())
}

/** `\Q…\E`: nothing in it is special, and it may be empty. */
function quotedLiteral(state: State): void {
  const { reader } = state
  const end = reader.text.indexOf('\\E', reader.place + 2)
  const literal = reader.text.slice(reader.place + 2, end < 0 ? undefined : end)
  reader.place = end < 0 ? reader.text.length : end + 2
  if (literal !== '') put(state, plain())
}
