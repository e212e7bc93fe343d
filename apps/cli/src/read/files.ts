import { readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { documentsIn, type Foreign, type Read } from './documents.ts'

const extensions = new Set(['.yaml', '.yml', '.json'])

/**
 * Every object below some paths: files as they are, folders with all YAML and JSON in them, `-` for standard input. What a
 * folder holds beside objects is left alone; a file that is named must hold some.
 */
export function readPaths(paths: readonly string[]): Read {
  const read: Read = { objects: [], unread: [], leftOut: [] }
  for (const { path, foreign } of paths.flatMap(filesBelow)) {
    const found = readFile(path, foreign)
    read.objects.push(...found.objects)
    read.unread.push(...found.unread)
    read.leftOut.push(...found.leftOut)
  }
  return read
}

function readFile(path: string, foreign: Foreign): Read {
  try {
    return documentsIn(path === '-' ? 'stdin' : path, readFileSync(path === '-' ? 0 : path, 'utf8'), foreign)
  } catch (error) {
    return { objects: [], unread: [{ file: path, line: 1, column: 1, message: messageOf(error) }], leftOut: [] }
  }
}

/** In the order of their names, so that an object given twice is the same one on every machine. */
function filesBelow(path: string): { path: string; foreign: Foreign }[] {
  if (path === '-' || !isFolder(path)) return [{ path, foreign: 'unread' }]
  const entries = readdirSync(path, { withFileTypes: true, recursive: true })
  return entries
    .filter((each) => each.isFile() && extensions.has(extname(each.name)))
    .map((each) => join(each.parentPath, each.name))
    .toSorted()
    .map((each) => ({ path: each, foreign: 'skipped' }))
}

/** What is not there is told when it is read. */
function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
