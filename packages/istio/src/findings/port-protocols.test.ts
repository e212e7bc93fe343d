import { expect, test } from 'vitest'
import { applicationOf, isProtocolName, protocolNamed } from './port-protocols.ts'

test.each([
  [{ name: 'http' }, 'http'],
  [{ name: 'HTTP2-web' }, 'http'],
  [{ name: 'grpc-web-x' }, 'http'],
  [{ name: 'https' }, 'tcp'],
  [{ name: 'tls-x' }, 'tcp'],
  [{ name: 'mongo' }, 'tcp'],
  [{ name: 'http', protocol: 'UDP' }, 'udp'],
  [{ name: 'udp' }, 'udp'],
  [{ name: 'web' }, 'auto'],
  [{ name: 'constructor' }, 'auto'],
  [{ name: 'web', port: 3306 }, 'tcp'],
  [{ name: 'http', port: 3306 }, 'http'],
  [{ name: 'http', appProtocol: 'web' }, 'auto'],
  [{ name: 'web', appProtocol: 'kubernetes.io/h2c' }, 'http'],
  [{ name: 'web', appProtocol: 'kubernetes.io/ws' }, 'http'],
  [{ name: 'web', appProtocol: 'kubernetes.io/wss' }, 'tcp'],
  [{}, 'auto'],
])('the proxy of a Pod takes %j for %s', (port, expected) => {
  expect(applicationOf(port)).toBe(expected)
})

test('names of protocols are known, in whatever letters', () => {
  expect(['Http', 'TLS', 'https', 'redis', 'UDP', '', 'web'].map(protocolNamed)).toEqual([
    'http',
    'tls',
    'tls',
    'tcp',
    'udp',
    'auto',
    'auto',
  ])
  expect(['grpc-web', 'tcp-x', '', 'web'].map(isProtocolName)).toEqual([true, true, false, false])
})
