import { expect, test } from 'vitest'
import { judge, type Spec } from './testing/judge.ts'

const warnings = (...matches: Spec[]): string[] => {
  const http = matches.map((match) => ({ match: [match], route: [{ destination: { host: 'a' } }] }))
  return judge('VirtualService', { hosts: ['a'], http }).warnings
}
const prefix = (of: string, more: Spec = {}): Spec => ({ uri: { prefix: of }, ...more })

test('a longer prefix after a shorter one is warned of, unless something else tells them apart', () => {
  expect(warnings(prefix('/a'), prefix('/a/b'))).toEqual([
    'virtualService rule #1 match #0 of prefix /a/b is not used (duplicate/overlapping match in rule #0 of prefix /a on #0)',
  ])
  expect(warnings(prefix('/a/b'), prefix('/a'))).toEqual([])
  expect(warnings(prefix('/a'), prefix('/a/b', { method: { exact: 'POST' } }))).toEqual([])
  expect(warnings(prefix('/a', { port: 1 }), prefix('/a/b'))).toEqual([])
  expect(warnings(prefix('/a', { headers: { v: { exact: '1' } } }), prefix('/a/b'))).toEqual([])
})

test('a service between clusters is a host of a TLS route at a gateway', () => {
  const name = 'outbound_.80_._.shop.mesh'
  const tls = [{ match: [{ sniHosts: [name] }], route: [{ destination: { host: 'a' } }] }]
  expect(judge('VirtualService', { hosts: [name], gateways: ['g'], tls }).allowed).toBe(true)
  expect(judge('VirtualService', { hosts: [name], tls }).allowed).toBe(false)
})
