/** The words that name everything, on every side: URL, contract, slices, end-to-end tests. */
const words: readonly string[] = [
  'meshes',
  'clusters',
  'sidecars',
  'services',
  'gateways',
  'traffic',
  'security',
  'topology',
  'metrics',
  'upgrades',
  'objects',
  'history',
  'access',
]

/** The one stream a browser keeps open tells what changed in every word; it belongs to none. */
const wordless = ['events']

export const isWord = (name: string): boolean => words.includes(name)

/** A contract file that has operations is named by a word. */
export function isMisnamedContract(name: string, text: string): boolean {
  return /\boperation\s*\.route\(/.test(text) && !isWord(name) && !wordless.includes(name)
}

const address = new RegExp(`(?<!\\bpath: )['"\`]/(${words.join('|')})\\b`)

/** A literal that begins like a page's address; the router's own patterns stand behind `path:`. */
export function buildsUrl(text: string): boolean {
  return address.test(withoutComments(text))
}

const nameless = /(^|[/-])(utils?|helpers?|misc|common|shared|lib|types|index)(-\d+)?\.tsx?$|-\d+\.tsx?$/

/** A name that says nothing about what is inside, or a second part of something. */
export function isNameless(path: string): boolean {
  return nameless.test(path)
}

const later = new RegExp(`\\b(${'TO'}${'DO'}|${'FIX'}${'ME'})\\b`)

export function postpones(text: string): boolean {
  return later.test(text)
}

/** Judging, viewing and planning work on what was loaded: they never wait. */
export function waits(text: string): boolean {
  return /\b(async|await)\b/.test(withoutComments(text))
}

/** A value that is only passed on. Types may be: the kit's components show theirs. */
export function isBarrel(text: string): boolean {
  return /^export (\*|\{[^}]*\}) from /m.test(text)
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')
}
