import { expect, it } from 'vitest'
import { hostOf, isIp, isLoopback, isPrivate } from './address.ts'

it.each([
  ['https://api.example.com:6443/path', 'api.example.com'],
  ['https://[fd00::1]:6443', 'fd00::1'],
  ['192.0.2.1:443', '192.0.2.1'],
  ['fd00::1', 'fd00::1'],
  ['host', 'host'],
])('takes the host of %s', (address, host) => {
  expect(hostOf(address)).toBe(host)
})

it('knows loopback in every spelling', () => {
  expect(['https://127.0.0.1:6443', 'localhost', 'x.localhost', '[::1]:80', '127.8.9.1'].every(isLoopback)).toBe(true)
  expect(['https://10.0.0.1', 'localhost.example.com', '128.0.0.1', '::2'].some(isLoopback)).toBe(false)
})

it('tells addresses from names', () => {
  expect(['192.0.2.1', 'fd00::1', '::1'].every(isIp)).toBe(true)
  expect(['example.com', '256.0.0.1', '1.2.3', '1.2.3.x', 'abc'].some(isIp)).toBe(false)
})

it('knows what the internet does not carry', () => {
  const inside = [
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '169.254.1.1',
    '192.0.2.5',
    'fd12::1',
    'fe80::1',
  ]
  expect(inside.every(isPrivate)).toBe(true)
  expect(
    ['172.32.0.1', '172.15.0.1', '8.8.8.8', '100.128.0.1', '192.0.3.1', '2001:db8::1', '11.0.0.0'].some(isPrivate),
  ).toBe(false)
})
