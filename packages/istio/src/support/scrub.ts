/** What stands for a text that is not given away. */
export const withheld = '‹withheld›'

const pem = /-----BEGIN [^-]*-----[\s\S]*?(?:-----END [^-]*-----|$)/g
/** Of these headers nothing of the line is kept. */
const secretHeaders = /\b((?:proxy-)?authorization|(?:set-)?cookie|x-[a-z-]*(?:token|key|secret))(["']?\s*[:=]).*/gi
const schemes = /\b(bearer|basic|negotiate)\s+[^\s"',;]+/gi
/** What stands behind a name like these is not kept, however it looks. */
const secretNames =
  /((?:token|passw(?:or)?d|passphrase|secret|credentials?|api[-_]?key|access[-_]?key|private[-_]?key|session|signature)[\w-]*["']?\s*[:=]\s*["']?)[^\s"',;&]+/gi
/** Name and password before the host of a URL. */
const userinfo = /:\/\/[^\s/@"']*@/g

/**
 * Free text (a log line, a message, a value) without what may be secret. By what is known to be harmless: a word is kept
 * if each part of it is a number, a word of letters, or short enough to be the suffix of a name. Certificates and keys
 * as PEM, and what follows a name like `token:` or `Authorization:`, go whatever they look like.
 */
export function scrubbed(text: string): string {
  const named = text
    .replaceAll(pem, withheld)
    .replaceAll(secretHeaders, `$1$2 ${withheld}`)
    .replaceAll(schemes, `$1 ${withheld}`)
    .replaceAll(userinfo, `://${withheld}@`)
    .replaceAll(secretNames, `$1${withheld}`)
  return named.replaceAll(/[^\s"'`,;<>(){}[\]|\\]+/g, (word) => (isHarmless(word) ? word : withheld))
}

/** RFC 3339, of any precision; and digests, which identify and open nothing. */
const known = [/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/, /@sha256:[0-9a-f]{64}$/]

function isHarmless(word: string): boolean {
  if (word.includes(withheld)) return word.split(withheld).every(isHarmless)
  const rest = known.reduce((left, pattern) => left.replace(pattern, ''), word)
  return rest.split(/[^A-Za-z0-9]+/).every(isHarmlessPart)
}

/** Suffixes that controllers make have at most 10 letters and digits (a ReplicaSet's hash), parts of a UUID 12. */
function isHarmlessPart(part: string): boolean {
  if (/^\d{0,20}$/.test(part)) return true
  if (/^[A-Za-z]+$/.test(part)) return isWord(part)
  if (/^[a-z0-9]+$/.test(part)) return part.length <= 12
  if (/^[A-Z0-9]+$/.test(part)) return part.length <= 8
  return part.length <= 16 && /^[A-Za-z]+\d{1,3}[A-Za-z]*$/.test(part) && isWord(part.replaceAll(/\d/g, ''))
}

/** Letters as people write them: one case, or `ValidatingWebhook`; not `qLwTzRbKdP`. */
function isWord(letters: string): boolean {
  if (letters.length < 10 || /^[A-Z]{1,24}$/.test(letters)) return true
  const words = letters.match(/[a-z]+/g) ?? []
  const small = words.join('').length
  return letters.length <= 48 && small >= letters.length * 0.7 && words.length <= small / 3
}
