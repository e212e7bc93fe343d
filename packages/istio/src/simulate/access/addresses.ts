import { isAddress, prefixFault } from '../../validation/addresses.ts'
import { type Answer, answer, open } from './answer.ts'

/** A range of addresses: the bits that all of them begin with. */
export type Range = { readonly bits: string }

/** `10.1.2.3`, `10.1.0.0/16`, `fd00::/8`; undefined for what is no range (istio pilot/pkg/networking/util, AddrStrToPrefix). */
export function rangeOf(text: string): Range | undefined {
  if (!text.includes('/')) return isAddress(text) ? wholeOf(text) : undefined
  if (prefixFault(text) !== undefined) return undefined
  const slash = text.lastIndexOf('/')
  const whole = wholeOf(text.slice(0, slash))
  return whole && { bits: whole.bits.slice(0, familyLength + Number(text.slice(slash + 1))) }
}

export function isIn(range: Range, address: string | undefined, name: string): Answer {
  if (address === undefined) return open(name)
  const whole = isAddress(address) ? wholeOf(address) : undefined
  return answer(whole?.bits.startsWith(range.bits) ?? false)
}

/** One letter before the bits says the family: no range of one holds an address of the other. */
const familyLength = 1

function wholeOf(address: string): Range | undefined {
  if (!address.includes(':')) return { bits: `4${bitsOf(address.split('.').map(Number), 8)}` }
  const [plain = ''] = address.split('%')
  const groups = groupsOf(plain)
  return groups && { bits: `6${bitsOf(groups, 16)}` }
}

function groupsOf(address: string): number[] | undefined {
  const [head = '', tail] = address.split('::')
  const before = groupsIn(head)
  if (tail === undefined) return before
  const after = groupsIn(tail)
  const zeros = 8 - before.length - after.length
  return zeros < 0 ? undefined : [...before, ...Array.from({ length: zeros }, () => 0), ...after]
}

function groupsIn(half: string): number[] {
  if (half === '') return []
  return half.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)]
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number)
    return [a * 256 + b, c * 256 + d]
  })
}

function bitsOf(numbers: readonly number[], size: number): string {
  return numbers.map((each) => each.toString(2).padStart(size, '0')).join('')
}
