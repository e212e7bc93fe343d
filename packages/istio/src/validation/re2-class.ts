import { Re2Fault, type Reader } from './re2-fault.ts'

/** Classes of characters and escapes as RE2 knows them (regexp/syntax of go1.26). */

const POSIX = new Set('alnum alpha ascii blank cntrl digit graph lower print punct space upper word xdigit'.split(' '))
const CATEGORIES = new Set(
  (
    'Any Assigned Ascii Lc L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po S Sm Sc Sk So Z Zs Zl Zp ' +
    'C Cc Cf Cs Co Cn'
  ).split(' '),
)
const ALIASES = new Set(
  (
    'Letter Casedletter Uppercaseletter Lowercaseletter Titlecaseletter Modifierletter Otherletter Mark Combiningmark ' +
    'Nonspacingmark Spacingmark Enclosingmark Number Decimalnumber Digit Letternumber Othernumber Punctuation Punct ' +
    'Connectorpunctuation Dashpunctuation Openpunctuation Closepunctuation Initialpunctuation Finalpunctuation ' +
    'Otherpunctuation Symbol Mathsymbol Currencysymbol Modifiersymbol Othersymbol Separator Spaceseparator ' +
    'Lineseparator Paragraphseparator Other Control Cntrl Format Surrogate Privateuse Unassigned'
  ).split(' '),
)

const range = 'invalid character class range'

/** A class in brackets, at its `[`. */
export function readClass(reader: Reader): void {
  const whole = reader.rest
  reader.next()
  if (reader.peek() === '^') reader.next()
  for (let first = true; first || reader.peek() !== ']'; first = false) {
    if (reader.startsWith('[:') && readNamed(reader)) continue
    if (!readUnicode(reader) && !readPerl(reader)) readRange(reader, whole)
  }
  reader.next()
}

/** One character, or two with a sign between them. */
function readRange(reader: Reader, whole: string): void {
  const start = reader.place
  const low = classCharacter(reader, whole)
  if (reader.peek() !== '-' || reader.peek(1) === ']' || reader.peek(1) === '') return
  reader.next()
  if (classCharacter(reader, whole) < low) throw new Re2Fault(range, reader.since(start))
}

/** `[:alpha:]`; what does not end so is no name. */
function readNamed(reader: Reader): boolean {
  const end = reader.text.indexOf(':]', reader.place + 2)
  if (end < 0) return false
  const name = reader.text.slice(reader.place, end + 2)
  if (!POSIX.has(name.slice(2, -2).replace(/^\^/, ''))) throw new Re2Fault(range, name)
  reader.place = end + 2
  return true
}

/** `\d` and its like. */
export function readPerl(reader: Reader): boolean {
  if (!/^\\[dDsSwW]/.test(reader.rest)) return false
  reader.place += 2
  return true
}

/** `\pL`, `\p{Greek}`, `\P{^Lu}`. */
export function readUnicode(reader: Reader): boolean {
  if (!/^\\[pP]/.test(reader.rest)) return false
  const start = reader.place
  reader.place += 2
  if (reader.peek() === '{') {
    const end = reader.text.indexOf('}', start)
    if (end < 0) throw new Re2Fault(range, reader.text.slice(start))
    reader.place = end + 1
  } else reader.next()
  const whole = reader.since(start)
  const name = whole
    .slice(2)
    .replace(/^\{(.*)\}$/s, '$1')
    .replace(/^\^/, '')
  if (!isGroup(canonical(name))) throw new Re2Fault(range, whole)
  return true
}

function canonical(name: string): string {
  const plain = name.replaceAll(/[_\- ]/g, '')
  return plain.slice(0, 1).toUpperCase() + plain.slice(1).toLowerCase()
}

function isGroup(name: string): boolean {
  if (CATEGORIES.has(name) || ALIASES.has(name)) return true
  if (!/^[A-Z][a-z]+$/.test(name)) return false
  try {
    return new RegExp(`\\p{Script=${name}}`, 'u').source !== ''
  } catch {
    return false
  }
}

function classCharacter(reader: Reader, whole: string): number {
  if (reader.atEnd()) throw new Re2Fault('missing closing ]', whole)
  if (reader.peek() === '\\') return readEscape(reader)
  return reader.next().codePointAt(0) ?? 0
}

const C_ESCAPES: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 }

/** One character behind a backslash. */
export function readEscape(reader: Reader): number {
  const start = reader.place
  reader.next()
  if (reader.atEnd()) throw new Re2Fault('trailing backslash at end of expression', '')
  const character = reader.next()
  const known =
    C_ESCAPES[character] ?? octal(reader, character) ?? (character === 'x' ? hexadecimal(reader) : undefined)
  if (known !== undefined) return known
  const code = character.codePointAt(0) ?? 0
  if (code < 128 && !/[A-Za-z0-9]/.test(character)) return code
  throw new Re2Fault('invalid escape sequence', reader.since(start))
}

function octal(reader: Reader, first: string): number | undefined {
  const more = /^[0-7]{0,2}/.exec(reader.rest)?.[0] ?? ''
  const fits = first === '0' || (/[1-7]/.test(first) && more !== '')
  if (!fits) return undefined
  reader.place += more.length
  return Number.parseInt(first + more, 8)
}

/** What was read of a wrong one is in the fault. */
function hexadecimal(reader: Reader): number | undefined {
  if (reader.atEnd()) return undefined
  const first = reader.next()
  if (first !== '{') {
    const digits = first + reader.next()
    return /^[0-9a-fA-F]{2}$/.test(digits) ? Number.parseInt(digits, 16) : undefined
  }
  let value = 0
  for (let count = 0; ; count += 1) {
    if (reader.atEnd()) return undefined
    const digit = reader.next()
    if (digit === '}') return count === 0 ? undefined : value
    if (!/^[0-9a-fA-F]$/.test(digit)) return undefined
    value = value * 16 + Number.parseInt(digit, 16)
    if (value > 0x10ffff) return undefined
  }
}
