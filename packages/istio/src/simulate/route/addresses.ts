/** Addresses and ranges, as far as routes are told apart by them. */

export const anyAddress = '0.0.0.0'

export function isAddress(text: string): boolean {
  return parts(text) !== undefined || (/^[0-9a-f:.]+$/i.test(text) && text.includes(':'))
}

/** Length of the prefix of a range that an address lies in; undefined outside of it. A plain address is a range of one. */
export function prefixOver(range: string, address: string): number | undefined {
  const [base = '', bits] = range.split('/', 2)
  const [low, own] = [parts(base), parts(address)]
  if (low === undefined || own === undefined) return base === address ? 128 : undefined
  const length = bits === undefined ? 32 : Number(bits)
  if (!Number.isInteger(length) || length < 0 || length > 32) return undefined
  const mask = length === 0 ? 0 : (0xff_ff_ff_ff << (32 - length)) >>> 0
  return (low & mask) >>> 0 === (own & mask) >>> 0 ? length : undefined
}

/** IPv4 as a number. */
function parts(text: string): number | undefined {
  const found = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (found === null) return undefined
  const numbers = found.slice(1).map(Number)
  return numbers.some((each) => each > 255) ? undefined : numbers.reduce((sum, each) => sum * 256 + each, 0)
}
