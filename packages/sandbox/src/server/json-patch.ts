import { isRecord, type Json, sameJson } from '@orbweaver/contracts/json'
import { cloneJson } from './clone.ts'

/** A patch that does not apply; the message is that of the Go library (evanphx/json-patch v4). */
export class PatchError extends Error {
  override readonly name = 'PatchError'
}

export type PatchOperation = { op: string; path: string; from?: string; value?: Json }

export function readOperations(value: Json): PatchOperation[] {
  if (!Array.isArray(value)) throw new PatchError('json: cannot unmarshal object into Go value of type jsonpatch.Patch')
  return value.map((each) => {
    const op = isRecord(each) && typeof each.op === 'string' ? each.op : ''
    const path = isRecord(each) && typeof each.path === 'string' ? each.path : ''
    const from = isRecord(each) && typeof each.from === 'string' ? { from: each.from } : {}
    const content = isRecord(each) && each.value !== undefined ? { value: each.value } : {}
    return { op, path, ...from, ...content }
  })
}

/** RFC 6902 on a copy. */
export function jsonPatch(document: Json, operations: PatchOperation[]): Json {
  const root: { value: Json } = { value: cloneJson(document) }
  for (const each of operations) applyOne(root, each)
  return root.value
}

function applyOne(root: { value: Json }, operation: PatchOperation): void {
  const { op, path, from = '', value = null } = operation
  switch (op) {
    case 'add':
      put(root, path, { value, insert: true })
      return
    case 'replace':
      if (read(root, path) === undefined) throw missing('replace', path)
      put(root, path, { value, insert: false })
      return
    case 'remove':
      take(root, path)
      return
    case 'test':
      test(root, path, value)
      return
    case 'move':
      put(root, path, { value: take(root, from), insert: true })
      return
    case 'copy':
      put(root, path, { value: cloneJson(read(root, from) ?? null), insert: true })
      return
    default:
      throw new PatchError(`Unexpected kind: ${op}`)
  }
}

function test(root: { value: Json }, path: string, value: Json): void {
  if (!sameJson(read(root, path) ?? null, value)) throw new PatchError(`testing value ${path} failed`)
}

function missing(op: string, path: string): PatchError {
  return new PatchError(`${op} operation does not apply: doc is missing key: ${path}: missing value`)
}

function steps(path: string): string[] {
  return path
    .split('/')
    .slice(1)
    .map((each) => each.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function read(root: { value: Json }, path: string): Json | undefined {
  let here: Json | undefined = root.value
  for (const step of steps(path)) here = childAt(here, step)
  return here
}

function childAt(parent: Json | undefined, step: string): Json | undefined {
  if (Array.isArray(parent)) return /^\d+$/.test(step) ? parent[Number(step)] : undefined
  return isRecord(parent) && Object.hasOwn(parent, step) ? parent[step] : undefined
}

function parentOf(root: { value: Json }, path: string): { parent: Json | undefined; last: string } {
  const all = steps(path)
  const last = all.pop() ?? ''
  let here: Json | undefined = root.value
  for (const step of all) here = childAt(here, step)
  return { parent: here, last }
}

function put(root: { value: Json }, path: string, how: { value: Json; insert: boolean }): void {
  if (path === '') {
    root.value = how.value
    return
  }
  const { parent, last } = parentOf(root, path)
  if (Array.isArray(parent)) {
    const index = last === '-' ? parent.length : Number(last)
    if (!Number.isInteger(index) || index < 0 || index > parent.length)
      throw missing(how.insert ? 'add' : 'replace', path)
    parent.splice(index, how.insert ? 0 : 1, how.value)
  } else if (isRecord(parent)) {
    parent[last] = how.value
  } else {
    throw missing(how.insert ? 'add' : 'replace', path)
  }
}

function take(root: { value: Json }, path: string): Json {
  const { parent, last } = parentOf(root, path)
  const found = childAt(parent, last)
  if (found === undefined)
    throw new PatchError(`remove operation does not apply: doc is missing path: "${path}": missing value`)
  if (Array.isArray(parent)) parent.splice(Number(last), 1)
  else if (isRecord(parent)) delete parent[last]
  return found
}

/** RFC 7386. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isRecord(patch)) return patch
  const out = isRecord(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined) continue
    if (value === null) delete out[key]
    else out[key] = mergePatch(out[key], value)
  }
  return out
}
