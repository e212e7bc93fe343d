import { expect, it } from 'vitest'
import { findingsInput, isNarrowed, readFindings, severitiesOf } from './search.ts'

it('reads what it knows from the address and leaves the rest out', () => {
  const raw = {
    severities: 'error,nonsense,info',
    codes: 'IST0101,service.port-name',
    kinds: 'Pod',
    muted: 'only',
    view: 'codes',
    cluster: 'east',
    namespace: 'shop',
    name: 'web',
    page: '2',
    more: 'x',
  }
  const search = readFindings(raw)
  expect(search).toMatchObject({ severities: 'error,info', view: 'codes', muted: 'only', page: 2 })
  expect(severitiesOf(search)).toEqual(['error', 'info'])
  expect(findingsInput('prod', search)).toMatchObject({
    mesh: 'prod',
    severities: ['error', 'info'],
    codes: ['IST0101', 'service.port-name'],
    kinds: ['Pod'],
    cluster: 'east',
    namespace: 'shop',
    name: 'web',
    muted: 'only',
    page: 2,
  })
  expect(isNarrowed(search)).toBe(true)
})

it('asks for everything where the address says nothing', () => {
  const search = readFindings({ view: 'other', muted: 'no', severities: '', kinds: '' })
  expect(search).toEqual({})
  expect(Object.keys(findingsInput('prod', search))).not.toContain('severities')
  expect(isNarrowed(search)).toBe(false)
})
