import type { RecordItem } from './record.ts'

/**
 * An object that is written for every item must be small: up to this many bytes of items lie in the Change itself, more
 * in parts that are written once and then only with every batch of results.
 */
const inlineBytes = 64 * 1024
const inlineItems = 100

/** What one part holds. With the results of so many items it stays well below what etcd takes (1.5 MiB). */
const partBytes = 256 * 1024
const partItems = 500

/** Largest object that is stored (bytes as JSON, without status): a single item may fill a part of its own. */
export const largestBytes = 512 * 1024
export const mostParts = 200

/** The items in as many parts as they need, in order; undefined when they fit in the Change itself. */
export function split(items: readonly RecordItem[]): RecordItem[][] | undefined {
  const sized = items.map((item) => ({ item, bytes: Buffer.byteLength(JSON.stringify(item)) }))
  const all = sized.reduce((sum, { bytes }) => sum + bytes, 0)
  if (all <= inlineBytes && items.length <= inlineItems) return undefined
  const parts: RecordItem[][] = []
  let room = { bytes: 0, items: 0 }
  for (const { item, bytes } of sized) {
    if (room.items === 0 || room.bytes < bytes) {
      parts.push([])
      room = { bytes: partBytes, items: partItems }
    }
    parts.at(-1)?.push(item)
    room = { bytes: room.bytes - bytes, items: room.items - 1 }
  }
  return parts
}

export function partName(change: string, number: number): string {
  return `${change}-part-${number}`
}
