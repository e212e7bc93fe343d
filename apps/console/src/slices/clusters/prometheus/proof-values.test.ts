import { PrometheusCredentials } from '@orbweaver/contracts/prometheus-credentials'
import { describe, expect, it } from 'vitest'
import { credentialsOf, leftBehind, proofPatterns, proofValues } from './proof-values.ts'

const typed = { ...proofValues([]), proofToken: ' abc ', proofUser: 'ann', proofPassword: 'p w' }

describe('what the console proves itself by', () => {
  it('stays as it is until something else is said', () => {
    expect(proofValues(undefined).proof).toBe('none')
    expect(credentialsOf(proofValues(undefined), false)).toBeUndefined()
    expect(proofValues(['token']).proof).toBe('kept')
    expect(credentialsOf(proofValues(['token']), true)).toBeUndefined()
  })

  it('is what was chosen, whatever was typed for the others', () => {
    expect(credentialsOf({ ...typed, proof: 'token' }, false)).toEqual({ token: 'abc' })
    expect(credentialsOf({ ...typed, proof: 'user' }, true)).toEqual({ user: { name: 'ann', password: 'p w' } })
    const proofAuthority = '-----BEGIN CERTIFICATE-----\n'
    expect(credentialsOf({ ...typed, proof: 'none', proofAuthority }, false)).toEqual({
      certificateAuthority: '-----BEGIN CERTIFICATE-----',
    })
  })

  it('goes where nothing is to be sent any more', () => {
    expect(credentialsOf({ ...typed, proof: 'none' }, true)).toBeNull()
  })
})

it.each([
  ['https://a.example.com', 'https://a.example.com/other', undefined],
  ['https://a.example.com', 'https://a.example.com:443', undefined],
  ['https://a.example.com', 'https://b.example.com', 'https://a.example.com'],
  ['https://a.example.com', 'http://a.example.com', 'https://a.example.com'],
  ['https://a.example.com', 'https:', undefined],
  [undefined, 'https://b.example.com', undefined],
])('of %s, at %s credentials are left behind for %s', (saved, typed, origin) => {
  expect(leftBehind(saved, typed)).toBe(origin)
})

it.each<['token' | 'user' | 'password', string]>([
  ['token', 'eyJ.a-b_c'],
  ['token', 'two words'],
  ['user', 'ann'],
  ['user', 'ann:bob'],
  ['password', 'p w:ä'],
  ['password', 'a\u0007'],
])('the form takes as a %s what the contract takes: %s', (what, text) => {
  const user = { name: what === 'user' ? text : 'ann', password: what === 'password' ? text : '' }
  const pattern = {
    token: proofPatterns.proofToken,
    user: proofPatterns.proofUser,
    password: proofPatterns.proofPassword,
  }
  const given = what === 'token' ? { token: text } : { user }
  expect(pattern[what].test(text)).toBe(PrometheusCredentials.safeParse(given).success)
})
