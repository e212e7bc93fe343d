import { expect, test } from 'vitest'
import { isAddress, prefixFault } from './addresses.ts'

test.each(['10.0.0.1', '0.0.0.0', '::', '::1', '2001:db8::1', 'fe80::1%eth0', '::ffff:10.0.0.1', '1:2:3:4:5:6:7:8'])(
  '%s is an address',
  (text) => {
    expect(isAddress(text)).toBe(true)
  },
)

test.each([
  '',
  'a',
  '10.0.0',
  '10.0.0.0.1',
  '256.0.0.1',
  '01.2.3.4',
  '1::2::3',
  '1:2:3',
  '12345::',
  '10.0.0.1%a',
  '::1%',
])('%s is none', (text) => {
  expect(isAddress(text)).toBe(false)
})

test.each([
  ['10.0.0.0/8', undefined],
  ['::/128', undefined],
  ['10.0.0.0/33', 'prefix length out of range'],
  ['10.0.0.0/08', 'bad bits after slash: "08"'],
  ['10.0.0.0/', 'bad bits after slash: ""'],
  ['10.0/8', 'ParseAddr("10.0"): IPv4 address too short'],
  ['a:b/8', 'ParseAddr("a:b"): address string too short'],
  ['x:/8', 'ParseAddr("x:"): each colon-separated field must have at least one digit (at "x:")'],
  ['fe80::%a/8', 'IPv6 zones cannot be present in a prefix'],
])('the fault of the prefix %s', (text, fault) => {
  expect(prefixFault(text)).toBe(fault)
})
