/** Host of a URL, of `host:port`, or of a bare host; without brackets around IPv6. */
export function hostOf(address: string): string {
  const bare = address.replace(/^[a-z]+:\/\//, '').split('/')[0] ?? ''
  const bracketed = /^\[([^\]]+)\]/.exec(bare)
  if (bracketed?.[1] !== undefined) return bracketed[1]
  const parts = bare.split(':')
  return parts.length === 2 ? (parts[0] ?? '') : bare
}

export function isLoopback(address: string): boolean {
  const host = hostOf(address)
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || octets(host)?.[0] === 127
}

export function isIp(address: string): boolean {
  return octets(address) !== undefined || /^[0-9a-fA-F]*:[0-9a-fA-F:.]*$/.test(address)
}

/** Ranges that no router of the internet carries: RFC 1918, 6598, 3927, loopback, and those kept for documentation. */
const privateRanges = [
  { from: [10, 0, 0, 0], bits: 8 },
  { from: [172, 16, 0, 0], bits: 12 },
  { from: [192, 168, 0, 0], bits: 16 },
  { from: [100, 64, 0, 0], bits: 10 },
  { from: [169, 254, 0, 0], bits: 16 },
  { from: [127, 0, 0, 0], bits: 8 },
  { from: [192, 0, 2, 0], bits: 24 },
  { from: [198, 51, 100, 0], bits: 24 },
  { from: [203, 0, 113, 0], bits: 24 },
]

/** Whether only networks of one's own can reach an IP address; IPv6: unique local and link-local. */
export function isPrivate(address: string): boolean {
  const four = octets(address)
  if (four === undefined) return /^(f[cd]|fe[89ab])/i.test(address)
  const number = toNumber(four)
  return privateRanges.some(({ from, bits }) => Math.floor((number - toNumber(from)) / 2 ** (32 - bits)) === 0)
}

function toNumber(four: readonly number[]): number {
  return four.reduce((sum, each) => sum * 256 + each, 0)
}

function octets(host: string): number[] | undefined {
  const parts = host.split('.')
  if (parts.length !== 4 || !parts.every((each) => /^\d{1,3}$/.test(each))) return undefined
  const numbers = parts.map(Number)
  return numbers.every((each) => each <= 255) ? numbers : undefined
}

/** Addresses of one family from first to last; 128 bits, those of IPv4 below all others. */
export type AddressRange = { text: string; from: bigint; to: bigint }

/** A range as `10.0.0.0/8` or `fd00::/64`, or one address; undefined where it is neither. */
export function rangeOf(text: string): AddressRange | undefined {
  const [address = '', length] = text.split('/')
  const four = octets(address)
  const groups = four === undefined ? hextets(address) : undefined
  const bits = four === undefined ? 128 : 32
  const kept = length === undefined ? bits : Number(length)
  const value = four === undefined ? groups : four.reduce((sum, each) => sum * 256n + BigInt(each), 0n)
  if (value === undefined || !Number.isInteger(kept) || kept < 0 || kept > bits) return undefined
  const size = 1n << BigInt(bits - kept)
  const from = value - (value % size)
  const family = four === undefined ? 1n << 128n : 0n
  return { text, from: family + from, to: family + from + size - 1n }
}

/** The number of an IPv6 address; those that end in an IPv4 address are not read. */
function hextets(address: string): bigint | undefined {
  const halves = address.split('::')
  if (halves.length > 2 || !/^[0-9a-fA-F:]+$/.test(address)) return undefined
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - head.length - tail.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail]
  if (!groups.every((each) => /^[0-9a-fA-F]{1,4}$/.test(each))) return undefined
  return groups.reduce((sum, each) => sum * 65_536n + BigInt(`0x${each}`), 0n)
}
