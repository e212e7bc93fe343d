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
