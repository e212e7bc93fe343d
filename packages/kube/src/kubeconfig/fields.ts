import { at, type Json, textAt } from '@orbweaver/contracts/json'
import { Refused, refuse } from './refusal.ts'

/** One named entry of `clusters` or `users`, and where it is in the document. */
export type Entry = { content: Json; field: string }

/** Reads a file the kubeconfig names; whatever it throws makes the file unreadable. `refuse`: nothing is read. */
export type Files = 'refuse' | ((path: string) => string)

/** The text of a field; empty text is like no text, as in client-go. Throws Refused when it is something else. */
export function textOf({ content, field }: Entry, key: string): string | undefined {
  const value = at(content, key)
  if (value === undefined || value === null || value === '') return undefined
  return typeof value === 'string' ? value : refuse('bad_value', `${field}.${key}`)
}

/** `<key>-data` as base64, else the file named by `<key>`. Inline data wins over a file, as in client-go. */
export function blobOf(entry: Entry, key: string, files: Files): { text: string; field: string } | undefined {
  const field = `${entry.field}.${key}-data`
  const data = textOf(entry, `${key}-data`)
  if (data !== undefined) return { text: decoded(data, field), field }
  const path = textOf(entry, key)
  if (path === undefined) return undefined
  return {
    text: fileText(path, { field: `${entry.field}.${key}`, files, refusal: 'file_reference' }),
    field: `${entry.field}.${key}`,
  }
}

export function fileText(
  path: string,
  { field, files, refusal }: { field: string; files: Files; refusal: 'file_reference' | 'token_file' },
): string {
  if (files === 'refuse') return refuse(refusal, field)
  try {
    return files(path)
  } catch {
    throw new Refused({ code: 'file_unreadable', field })
  }
}

/** The entry of a list like `clusters: [{name, cluster}]` by its name. */
export function entryOf(
  list: Json[],
  { name, kind, path }: { name: string; kind: string; path: string },
): Entry | undefined {
  const index = list.findIndex((each) => textAt(each, 'name') === name)
  const content = at(list[index], kind)
  return content === undefined ? undefined : { content, field: `${path}[${index}].${kind}` }
}

function decoded(data: string, field: string): string {
  const compact = data.replaceAll(/\s/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return refuse('bad_value', field)
  return Buffer.from(compact, 'base64').toString('utf8')
}
