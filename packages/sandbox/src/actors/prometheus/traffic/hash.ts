/** FNV-1a: what differs from one series to another, and is the same each time. */
function hash(text: string): number {
  let found = 0x81_1c_9d_c5
  for (let index = 0; index < text.length; index += 1) {
    found = Math.imul(found ^ text.charCodeAt(index), 0x01_00_01_93)
  }
  // The last characters reach the highest bits only so.
  found = Math.imul(found ^ (found >>> 15), 0x2c_1b_3c_6d)
  return (found ^ (found >>> 13)) >>> 0
}

/** A number from 0 to 1. */
export const chance = (text: string): number => hash(text) / 2 ** 32
