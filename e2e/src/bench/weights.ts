import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { flagAt, isRecord, listAt, textAt } from '@orbweaver/contracts/json'

export type Weights = {
  /** JavaScript before the first page, gzip -9, in bytes. */
  shell: number
  /** What each lazy part loads on top of the shell, heaviest first. */
  parts: { name: string; bytes: number }[]
}

/**
 * Weighs a build of the console by Vite's manifest (vite.dev/guide/backend-integration): the shell is the entry with all
 * it imports at once, a part is what it imports beyond that.
 */
export function weights(directory: string): Weights {
  const manifest = readManifest(directory)
  const sizes = new Map<string, number>()
  const sizeOf = (key: string): number => {
    const file = textAt(manifest, key, 'file')
    if (file === undefined) throw new Error(`the manifest of ${directory} names no file for ${key}`)
    const known = sizes.get(file) ?? gzipSync(readFileSync(join(directory, file)), { level: 9 }).byteLength
    sizes.set(file, known)
    return known
  }
  const sum = (keys: string[]): number => keys.reduce((total, key) => total + sizeOf(key), 0)
  const entry = Object.keys(manifest).find((key) => flagAt(manifest, key, 'isEntry') === true)
  if (entry === undefined) throw new Error(`the manifest of ${directory} has no entry`)
  const shell = closure(manifest, entry)
  const parts = Object.keys(manifest)
    .filter((key) => flagAt(manifest, key, 'isDynamicEntry') === true)
    .map((name) => ({ name, bytes: sum([...closure(manifest, name)].filter((key) => !shell.has(key))) }))
  return { shell: sum([...shell]), parts: parts.toSorted((a, b) => b.bytes - a.bytes) }
}

function readManifest(directory: string): Record<string, unknown> {
  const manifest: unknown = JSON.parse(readFileSync(join(directory, '.vite/manifest.json'), 'utf8'))
  if (!isRecord(manifest)) throw new Error(`the manifest of ${directory} is not an object`)
  return manifest
}

/** A chunk with everything it imports statically, chunks of chunks included. */
function closure(manifest: Record<string, unknown>, key: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const next of listAt(manifest, key, 'imports')) if (typeof next === 'string') closure(manifest, next, seen)
  return seen
}
