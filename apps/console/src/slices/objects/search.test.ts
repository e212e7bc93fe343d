import { describe, expect, it } from 'vitest'
import { chosenKinds, readCreate, readRules, rulesInput } from './search.ts'

describe('readRules', () => {
  it('keeps known kinds once and drops the rest', () => {
    expect(readRules({ kinds: 'Gateway,Secret,Gateway,VirtualService', namespace: '', page: '2' })).toEqual({
      kinds: 'Gateway,VirtualService',
      page: 2,
    })
    expect(readRules({ kinds: 'Secret' })).toEqual({})
  })
})

describe('rulesInput', () => {
  it('asks for everything only on the page of all objects', () => {
    expect(rulesInput('prod', 'objects', {})).toEqual({ mesh: 'prod', order: 'asc', page: 1, size: 50 })
    expect(rulesInput('prod', 'security', {})).toMatchObject({
      kinds: ['PeerAuthentication', 'RequestAuthentication', 'AuthorizationPolicy'],
    })
  })

  it('never asks for kinds of another page', () => {
    const search = readRules({ kinds: 'Gateway,PeerAuthentication' })
    expect(chosenKinds('traffic', search)).toEqual(['Gateway'])
    expect(rulesInput('prod', 'traffic', search)).toMatchObject({ kinds: ['Gateway'] })
    expect(rulesInput('prod', 'objects', search)).toMatchObject({ kinds: ['Gateway', 'PeerAuthentication'] })
  })
})

describe('readCreate', () => {
  it('takes a kind it knows', () => {
    expect(readCreate({ kind: 'Gateway', template: 'http-entry' })).toEqual({ kind: 'Gateway', template: 'http-entry' })
    expect(readCreate({ kind: 'Pod' })).toEqual({})
  })
})
