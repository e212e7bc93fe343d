/** Thrown while a regular expression is parsed, in the words of Go's regexp/syntax; caught by who began. */
export class Re2Fault extends Error {
  override readonly name = 'Re2Fault'

  constructor(what: string, where: string) {
    super(`error parsing regexp: ${what}: \`${where}\``)
  }
}

/** The text from a place on, read one character at a time. */
export class Reader {
  readonly text: string
  place = 0

  constructor(text: string) {
    this.text = text
  }

  get rest(): string {
    return this.text.slice(this.place)
  }

  atEnd(): boolean {
    return this.place >= this.text.length
  }

  /** The character `ahead` of the next one, not consumed; empty at the end. */
  peek(ahead = 0): string {
    return this.text.charAt(this.place + ahead)
  }

  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.place)
  }

  /** The next character, whole when it takes two units of UTF-16. */
  next(): string {
    const point = this.text.codePointAt(this.place)
    if (point === undefined) return ''
    const character = String.fromCodePoint(point)
    this.place += character.length
    return character
  }

  since(start: number): string {
    return this.text.slice(start, this.place)
  }
}
