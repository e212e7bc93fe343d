import { quoted } from './names.ts'

/** IP addresses and prefixes as Go's net/netip reads them (go1.26), with its words where they can be derived. */

export const isAddress = (text: string): boolean => addressFault(text) === undefined

export function addressProblem(address: string): string | undefined {
  return isAddress(address) ? undefined : `${address} is not a valid IP`
}

/** ValidateIPSubnet of pkg/config/validation/agent. */
export function subnetProblem(subnet: string): string | undefined {
  if (subnet.split('/').length !== 2) return addressProblem(subnet)
  return prefixFault(subnet) === undefined ? undefined : `${subnet} is not a valid CIDR block`
}

/** Why netip.ParsePrefix refuses a text. */
export function prefixFault(text: string): string | undefined {
  const slash = text.lastIndexOf('/')
  const [address, bits] = [text.slice(0, slash), text.slice(slash + 1)]
  const fault = addressFault(address)
  if (fault !== undefined) return `ParseAddr(${quoted(address)}): ${fault}`
  if (address.includes('%')) return 'IPv6 zones cannot be present in a prefix'
  if (!/^(0|[1-9]\d*)$/.test(bits)) return `bad bits after slash: ${quoted(bits)}`
  return Number(bits) > (address.includes(':') ? 128 : 32) ? 'prefix length out of range' : undefined
}

function addressFault(text: string): string | undefined {
  const kind = /[.:%]/.exec(text)?.[0]
  if (kind === '.') return fourFault(text)
  if (kind === ':') return sixFault(text)
  return kind === '%' ? 'missing IPv6 address' : 'unable to parse IP'
}

function fourFault(text: string): string | undefined {
  const odd = /[^\d.]/.exec(text)
  const good = odd === null ? text : text.slice(0, odd.index)
  const fields = good.split('.')
  const wrong = fields.slice(0, odd === null ? undefined : -1).map(fieldFault)
  const found = wrong.find((each) => each !== undefined)
  if (found !== undefined) return found
  if (fields.length > 4) return 'IPv4 address too long'
  if (odd !== null) return `unexpected character (at ${quoted(text.slice(odd.index))})`
  return fields.length < 4 ? 'IPv4 address too short' : undefined
}

function fieldFault(field: string): string | undefined {
  if (field === '') return 'IPv4 field must have at least one digit'
  if (field.length > 1 && field.startsWith('0')) return 'IPv4 field has octet with leading zero'
  return Number(field) > 255 ? 'IPv4 field has value >255' : undefined
}

function sixFault(text: string): string | undefined {
  const [address = '', zone] = text.split(/%(.*)/s)
  if (zone === '') return 'zone must be a non-empty string'
  const halves = address.split('::')
  if (halves.length > 2) return `multiple :: in address (at ${quoted(address)})`
  const size = groupsOf(halves)
  if (size === undefined) return groupFault(address)
  if (halves.length === 2) return size < 8 ? undefined : 'the :: must expand to at least one field of zeros'
  if (size < 8) return 'address string too short'
  return size > 8 ? 'trailing garbage after address' : undefined
}

/** How many groups of 16 bits there are, the last two perhaps in the form of IPv4; undefined when one is wrong. */
function groupsOf(halves: readonly string[]): number | undefined {
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1) ?? ''
  const embedded = last.includes('.')
  if (embedded && fourFault(last) !== undefined) return undefined
  const hex = embedded ? groups.slice(0, -1) : groups
  return hex.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) ? hex.length + (embedded ? 2 : 0) : undefined
}

/** The first group of hexadecimal digits that is none, with the rest of the text from there. */
function groupFault(address: string): string {
  let rest = address.replace(/^::/, '')
  while (rest !== '') {
    const [digits = ''] = /^[0-9a-fA-F]*/.exec(rest) ?? []
    if (digits === '') return `each colon-separated field must have at least one digit (at ${quoted(rest)})`
    if (digits.length > 4) return `each group must have 4 or less digits (at ${quoted(rest)})`
    const after = rest.slice(digits.length)
    if (!after.startsWith(':')) return `unexpected character, want colon (at ${quoted(after)})`
    rest = after.replace(/^::?/, '')
  }
  return 'colon must be followed by more characters (at ":")'
}
