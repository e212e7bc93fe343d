import { createHash } from 'node:crypto'

/** A number told from a name, so that the same world is spread the same way every time. */
export function spread(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0)
}
