import type { RawSearch } from '../../app/location.ts'

/** Which context the register page begins with. */
export function readRegister(raw: RawSearch): { context?: string } {
  return raw.context === undefined || raw.context === '' ? {} : { context: raw.context.slice(0, 253) }
}
