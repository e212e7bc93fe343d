/**
 * What a proxy makes of a path before rules see it, with its query still on; undefined where it refuses the request
 * (400). Envoy 1.39 was watched doing it (normalize_path, merge_slashes, path_with_escaped_slashes_action).
 */
export function normalised(path: string, mode: string): string | undefined {
  const [before, query] = splitQuery(path)
  if (/[\s\p{Cc}#]|[^\p{ASCII}]/u.test(before) || !before.startsWith('/')) return undefined
  if (mode === 'NONE') return path
  const unescaped = mode === 'DECODE_AND_MERGE_SLASHES' ? unescapedSlashes(before) : before
  const canonical = canonicalPath(unescaped)
  if (canonical === undefined) return undefined
  const merges = mode === 'MERGE_SLASHES' || mode === 'DECODE_AND_MERGE_SLASHES'
  return (merges ? merged(canonical) : canonical) + query
}

/** Rules look at paths without query and fragment. */
export function withoutQuery(path: string): string {
  return path.split(/[?#]/, 1)[0] ?? ''
}

function splitQuery(path: string): [string, string] {
  const at = path.indexOf('?')
  return at < 0 ? [path, ''] : [path.slice(0, at), path.slice(at)]
}

function unescapedSlashes(path: string): string {
  return path.replaceAll(/%2f/gi, '/').replaceAll(/%5c/gi, '\\')
}

/** Dots resolved, backslashes turned, what needs no escape unescaped, and what needs one escaped. */
function canonicalPath(path: string): string | undefined {
  if (/%00/.test(path)) return undefined
  // Dots with parameters are dots, unless they are escaped.
  const dotted = path.replaceAll('\\', '/').replaceAll(/(?<=\/)(\.\.?);[^/]*/g, '$1')
  const plain = dotted.replaceAll(/%([0-9a-f]{2})/gi, unescapedWhereNeedless)
  const escaped = plain.replaceAll(/["<>^`{|}]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`)
  return withoutDots(escaped)
}

function unescapedWhereNeedless(whole: string, hex: string): string {
  const character = String.fromCharCode(Number.parseInt(hex, 16))
  return /[\w.~-]/.test(character) ? character : whole
}

function withoutDots(path: string): string {
  const kept: string[] = []
  const segments = path.split('/').slice(1)
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1
    if (segment === '..') kept.pop()
    if (segment !== '.' && segment !== '..') kept.push(segment)
    else if (isLast) kept.push('')
  }
  return `/${kept.join('/')}`
}

/** As absl splits and joins them: of nothing but slashes two remain. */
function merged(path: string): string {
  if (path === '/') return path
  const segments = path.split('/').filter((each) => each !== '')
  return `/${segments.join('/')}${path.endsWith('/') ? '/' : ''}`
}

/** A path that names `{*}` (one segment) or `{**}` (all that follows, or nothing): pkg/config/security, ContainsPathTemplate. */
export function isTemplate(path: string): boolean {
  return path.includes('{*}') || path.includes('{**}')
}

/** The characters that Envoy's templates take for a segment (uri_template_internal, and watched). */
const segmentCharacters = String.raw`[\w\-.~%!$&'()+,;:@=*]`
const restCharacters = String.raw`[\w\-.~%!$&'()+,;:@=*/]`

/** A template as a pattern; a star without braces is one too (matcher/template.go, sanitizePathTemplate). */
export function templateOf(template: string): (path: string) => boolean {
  const stars = template.replaceAll('{**}', '**').replaceAll('{*}', '*')
  const parts = stars.split(/(\*\*|\*)/).map((part) => {
    if (part === '**') return `${restCharacters}*`
    return part === '*' ? `${segmentCharacters}+` : part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  })
  const pattern = new RegExp(`^${parts.join('')}$`)
  return (path) => pattern.test(path)
}
