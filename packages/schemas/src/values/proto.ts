/** What of a .proto file says how messages look as JSON: fields, enums, and the words above them. */
export type ProtoField = {
  name: string
  /** As it is written: `string`, `Network`, `google.protobuf.Struct`; of a map, its values'. */
  type: string
  form: 'one' | 'list' | 'map'
  doc: string
  deprecated: boolean
}
export type ProtoFile = {
  package: string
  /** Messages by their name within the package, inner ones as `Outer.Inner`. */
  messages: Map<string, ProtoField[]>
  enums: Map<string, Map<string, string>>
}

type Token = { text: string; doc: string }

const tokens = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_.]+|[{}[\]<>()=;,-]|\n/g

/** Words of the file, each with the comment that stands right above it. */
function tokensOf(text: string): Token[] {
  const out: Token[] = []
  let comment: string[] = []
  let blank = false
  for (const [token] of text.matchAll(tokens)) {
    if (token === '\n') {
      if (blank && comment.at(-1) !== '') comment.push('')
      blank = true
      continue
    }
    if (token.startsWith('/')) {
      // What follows code on its own line speaks of that code, which needs it no more.
      if (blank) comment.push(token.replace(/^\/\/ ?|^\/\*+|\*\/$/g, ''))
    } else {
      out.push({ text: token, doc: docOf(comment) })
      comment = []
    }
    blank = false
  }
  return out
}

/** Its text without marks for generators. */
function docOf(comment: readonly string[]): string {
  const lines = comment.join('\n').trim().split('\n')
  const kept = lines.filter((line) => !/^\s*[$+]/.test(line))
  return kept
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

/** Reads proto3 as Istio writes it. Throws on what it does not know, so that nothing is left out silently. */
export function readProto(text: string): ProtoFile {
  const file: ProtoFile = { package: '', messages: new Map(), enums: new Map() }
  const reader = new Reader(tokensOf(text), file)
  while (!reader.done()) reader.top()
  return file
}

class Reader {
  #at = 0
  readonly #tokens: Token[]
  readonly #file: ProtoFile

  constructor(all: Token[], file: ProtoFile) {
    this.#tokens = all
    this.#file = file
  }

  done(): boolean {
    return this.#at >= this.#tokens.length
  }

  #next(expected?: string): Token {
    const token = this.#tokens[this.#at]
    if (token === undefined) throw new Error('the file ends too early')
    if (expected !== undefined && token.text !== expected) throw new Error(`${token.text} where ${expected} belongs`)
    this.#at += 1
    return token
  }

  #peek(): string {
    return this.#tokens[this.#at]?.text ?? ''
  }

  #skip(until: string): void {
    while (this.#next().text !== until) continue
  }

  top(): void {
    const { text } = this.#next()
    if (text === 'package') this.#file.package = this.#next().text
    if (text === 'message') this.#message('')
    else if (text === 'enum') this.#enum('')
    else this.#skip(';')
  }

  #message(outer: string): void {
    const name = `${outer}${this.#next().text}`
    const fields: ProtoField[] = []
    this.#file.messages.set(name, fields)
    this.#body(name, fields)
  }

  #body(name: string, fields: ProtoField[]): void {
    this.#next('{')
    while (this.#peek() !== '}') this.#member(name, fields)
    this.#next('}')
    if (this.#peek() === ';') this.#next()
  }

  #member(name: string, fields: ProtoField[]): void {
    const first = this.#next()
    if (first.text === 'message') this.#message(`${name}.`)
    else if (first.text === 'enum') this.#enum(`${name}.`)
    else if (first.text === 'reserved' || first.text === 'option') this.#skip(';')
    else if (first.text === 'oneof') {
      this.#next()
      this.#body(name, fields)
    } else if (first.text !== ';') fields.push(this.#field(first))
  }

  #field(first: Token): ProtoField {
    const form = first.text === 'repeated' ? 'list' : first.text === 'map' ? 'map' : 'one'
    let type = first.text
    if (form === 'list' || first.text === 'optional') type = this.#next().text
    if (form === 'map') type = this.#mapValue()
    const name = this.#next().text
    this.#next('=')
    this.#next()
    const options = this.#options()
    this.#next(';')
    const json = /json_name = "([^"]+)"/.exec(options)?.[1]
    return { name: json ?? name, type, form, doc: first.doc, deprecated: options.includes('deprecated = true') }
  }

  #mapValue(): string {
    this.#next('<')
    this.#next('string')
    this.#next(',')
    const { text } = this.#next()
    this.#next('>')
    return text
  }

  #options(): string {
    const words: string[] = []
    if (this.#peek() !== '[') return ''
    while (words.at(-1) !== ']') words.push(this.#next().text)
    return words.join(' ')
  }

  #enum(outer: string): void {
    const members = new Map<string, string>()
    this.#file.enums.set(`${outer}${this.#next().text}`, members)
    this.#next('{')
    while (this.#peek() !== '}') {
      const member = this.#next()
      if (member.text === 'reserved' || member.text === 'option') this.#skip(';')
      else {
        members.set(member.text, member.doc)
        this.#skip(';')
      }
    }
    this.#next('}')
    if (this.#peek() === ';') this.#next()
  }
}
