import type { FindingCode } from '@orbweaver/contracts/findings'
import { expect, it } from 'vitest'
import { pageOfCodes } from './page-of-codes.ts'

const code = (name: string, more: Partial<FindingCode> = {}): FindingCode => ({
  code: name,
  severity: 'warning',
  istio: 'accepts',
  aliases: [],
  kinds: [],
  fixes: [],
  ...more,
})
const codes = [
  code('service.port-name', { aliases: ['IST0118'], kinds: ['Service'], severity: 'info' }),
  code('service.port', { severity: 'error' }),
  code('pod.proxy-missing'),
]
const words = (name: string) => [`about ${name}`, name.startsWith('pod') ? 'No sidecar' : '']
const names = (asked: object) =>
  pageOfCodes(codes, { order: 'asc', page: 1, size: 50, ...asked }, words).items.map((each) => each.code)

it('finds by code, name, kind or word; a whole code is that one alone', () => {
  expect(names({})).toEqual(['pod.proxy-missing', 'service.port', 'service.port-name'])
  expect(names({ search: 'service.port' })).toEqual(['service.port'])
  expect(names({ search: 'ist0118' })).toEqual(['service.port-name'])
  expect(names({ search: 'SIDECAR' })).toEqual(['pod.proxy-missing'])
  expect(names({ search: 'Service' })).toEqual(['service.port', 'service.port-name'])
  expect(names({ sort: 'severity' })).toEqual(['service.port', 'pod.proxy-missing', 'service.port-name'])
  expect(names({ size: 1, page: 2 })).toEqual(['service.port'])
})
