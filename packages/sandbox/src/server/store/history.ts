import type { Entry } from './collection.ts'
import type { Change } from './change.ts'

/** How long changes are remembered: the compaction interval of a real cluster's etcd. */
const windowMs = 5 * 60_000
/** Changes of one resource that are kept at most, whatever their age. */
const limit = 20_000

export type History = {
  record(resource: string, change: Change): void
  since(resource: string, revision: number): Change[] | undefined
  rewind(resource: string, now: Entry[], to: { at: number; prefix: string }): Entry[] | undefined
  /** The oldest revision that can still be asked for. */
  oldest(): number
  compact(revision: number): void
}

type Kept = { change: Change; at: number }

export function createHistory(clock: () => Date): History {
  const kept = new Map<string, Kept[]>()
  let compacted = 0

  const trim = (changes: Kept[]): void => {
    const horizon = clock().getTime() - windowMs
    let drop = Math.max(0, changes.length - limit)
    while (drop < changes.length && (changes[drop]?.at ?? 0) < horizon) drop += 1
    if (drop === 0) return
    const last = changes[drop - 1]?.change.revision ?? 0
    compacted = Math.max(compacted, last)
    changes.splice(0, drop)
  }
  const since = (resource: string, revision: number): Change[] | undefined => {
    const changes = kept.get(resource) ?? []
    trim(changes)
    if (revision < compacted) return undefined
    const first = firstAfter(changes, revision)
    return changes.slice(first).map((each) => each.change)
  }

  return {
    record(resource, change) {
      const changes = kept.get(resource) ?? []
      changes.push({ change, at: clock().getTime() })
      if (!kept.has(resource)) kept.set(resource, changes)
      if (changes.length % 256 === 0) trim(changes)
    },
    since,
    rewind(resource, now, to) {
      const changes = since(resource, to.at)
      if (changes === undefined) return undefined
      if (changes.length === 0) return now
      return undone(now, changes, to.prefix)
    },
    oldest: () => compacted,
    compact(revision) {
      compacted = revision
      for (const [resource, changes] of kept) {
        kept.set(resource, changes.slice(firstAfter(changes, revision)))
      }
    },
  }
}

function firstAfter(changes: Kept[], revision: number): number {
  let low = 0
  let high = changes.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((changes[middle]?.change.revision ?? 0) <= revision) low = middle + 1
    else high = middle
  }
  return low
}

function undone(now: Entry[], changes: Change[], prefix: string): Entry[] {
  const then = new Map(now.map((each) => [each.key, each]))
  for (const change of changes.toReversed()) {
    if (!change.entry.key.startsWith(prefix)) continue
    if (change.before === undefined) then.delete(change.entry.key)
    else then.set(change.entry.key, change.before)
  }
  return [...then.values()].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
}
