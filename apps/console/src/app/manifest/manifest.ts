import type { ObjectRef } from '@orbweaver/contracts/kubernetes'

/** A file to take away: its name, without a folder, and what is in it. */
export type TextFile = { name: string; text: string }

/** A part of a file for kubectl: an object with what is said of it, or words alone. */
export type Part = { says: readonly string[]; yaml?: string | undefined }

/**
 * Lines of YAML that nothing reads as YAML, whatever is in the text: what YAML 1.1 takes for the end of a line (kubectl
 * does, U+2028 and U+2029 among it) begins another comment.
 */
export function comment(text: string): string {
  return text
    .split(/\r\n|[\r\n\u0085\u2028\u2029]/)
    .map((line) => (line === '' ? '#\n' : `# ${line}\n`))
    .join('')
}

/** A multi-document file. Words alone open no document: kubectl would take it for an empty one. */
export function manifest(header: readonly string[], parts: readonly Part[]): string {
  const told = parts.map(({ says, yaml }) => {
    const words = says.map(comment).join('')
    return yaml === undefined ? `\n${words}` : `---\n${words}${yaml.endsWith('\n') ? yaml : `${yaml}\n`}`
  })
  return header.map(comment).join('') + told.join('')
}

/** Kind and name as people call an object. */
export function nameOf({ kind, namespace, name }: ObjectRef): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`
}

/** A command about one object; with version and group the kind is told from its namesakes (`gateway`). */
export function kubectl(verb: string, { group, version, kind, namespace, name }: ObjectRef): string {
  const type = group === '' ? kind.toLowerCase() : [kind.toLowerCase(), version, group].join('.')
  const place = namespace === undefined ? '' : ` --namespace ${quoted(namespace)}`
  return `kubectl ${verb} ${type} ${quoted(name)}${place}`
}

/** A word of a POSIX shell. */
function quoted(word: string): string {
  return /^[\w./:-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** A name that every file system takes. */
export function fileName(...parts: string[]): string {
  return parts.map((part) => part.replaceAll(/[^\w.-]/g, '_')).join('-')
}
