import type { AccessCall, Claims } from '@orbweaver/contracts/explain-access'
import type { JsonRecord } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import { access } from './explain.ts'
import { call, policy, shop, tokens, worldOf } from './samples.ts'

const own = { issuer: 'https://id.example.com', jwks: '{}' }
const needs = policy('needs', { rules: [{ from: [{ source: { requestPrincipals: ['*'] } }] }] })
const claims: Claims = { iss: 'https://id.example.com', sub: 'ann' }

const ask = (jwtRules: JsonRecord[], more: Partial<AccessCall> = {}) =>
  access(worldOf([...shop, tokens('t', { jwtRules }), needs]), call(more))

describe('RequestAuthentication', () => {
  it('lets requests without a token pass, until a policy asks for one', () => {
    expect(access(worldOf([...shop, tokens('t', { jwtRules: [own] })]), call()).verdict).toBe('allowed')
    expect(ask([own]).verdict).toBe('needs-token')
    expect(ask([own], { claims }).verdict).toBe('allowed')
  })
  it('needs no token where none would help', () => {
    expect(access(worldOf([...shop, needs]), call())).toMatchObject({ verdict: 'denied' })
    expect(access(worldOf([...shop, needs]), call({ claims }))).toMatchObject({ verdict: 'denied' })
  })
  it('refuses tokens of other issuers, audiences and times', () => {
    expect(ask([own], { claims: { ...claims, iss: 'other' } })).toMatchObject({
      verdict: 'invalid-token',
      decidedBy: null,
    })
    expect(ask([{ ...own, audiences: ['shop'] }], { claims })).toMatchObject({
      verdict: 'invalid-token',
      decidedBy: { ref: { name: 't' }, pointer: '/spec/jwtRules/0' },
    })
    expect(ask([{ ...own, audiences: ['shop'] }], { claims: { ...claims, aud: ['https://shop/'] } }).verdict).toBe(
      'allowed',
    )
    expect(ask([own], { claims: { ...claims, exp: 1 } }).verdict).toBe('invalid-token')
    expect(ask([own], { claims: { ...claims, nbf: 9_999_999_999 } }).verdict).toBe('invalid-token')
  })
  it('takes a token of any of several issuers', () => {
    const two = [{ issuer: 'a', jwks: '{}' }, own]
    expect(ask(two, { claims }).verdict).toBe('allowed')
    expect(ask(two, { claims: { iss: 'b', sub: 'x' } }).verdict).toBe('invalid-token')
  })
  it('does not see a stranger where it looks elsewhere', () => {
    const elsewhere = { ...own, fromHeaders: [{ name: 'x-token' }] }
    expect(ask([elsewhere], { claims: { iss: 'b', sub: 'x' } }).verdict).toBe('denied')
    expect(ask([elsewhere], { claims }).verdict).toBe('allowed')
  })
  it('is not asked of preflight requests', () => {
    const headers = { origin: 'https://a', 'access-control-request-method': 'GET' }
    expect(ask([own], { method: 'OPTIONS', headers, claims: { iss: 'b' } }).verdict).toBe('denied')
  })
  it('counts for those it selects', () => {
    const other = tokens('t', { selector: { matchLabels: { app: 'web' } }, jwtRules: [own] })
    expect(access(worldOf([...shop, other]), call({ claims: { iss: 'b' } })).verdict).toBe('allowed')
  })
})

describe('claims in policies', () => {
  const allows = (rule: JsonRecord, said: Claims) =>
    access(
      worldOf([...shop, tokens('t', { jwtRules: [own] }), policy('p', { rules: [rule] })]),
      call({ claims: { ...claims, ...said } }),
    ).verdict
  const principals = (values: string[]) => ({ from: [{ source: { requestPrincipals: values } }] })
  const when = (key: string, values: string[]) => ({ when: [{ key, values }] })
  it('compares issuer and subject', () => {
    expect(allows(principals(['https://id.example.com/ann']), {})).toBe('allowed')
    expect(allows(principals(['https://id.example.com/*']), {})).toBe('allowed')
    expect(allows(principals(['*/ann']), {})).toBe('allowed')
    expect(allows(principals(['*.com/ann']), {})).toBe('allowed')
    expect(allows(principals(['https://id.example.com/bob']), {})).toBe('denied')
    expect(allows(principals(['*ann']), {})).toBe('allowed')
    expect(allows(principals(['https://id.*']), {})).toBe('denied')
    expect(allows(principals(['id*']), { iss: 'https://id.example.com' })).toBe('denied')
  })
  it('finds texts and lists of texts, and nothing else', () => {
    expect(allows(when('request.auth.audiences', ['a']), { aud: ['b', 'a'] })).toBe('allowed')
    expect(allows(when('request.auth.presenter', ['app']), { azp: 'app' })).toBe('allowed')
    expect(allows(when('request.auth.claims[group]', ['ad*']), { group: ['admins'] })).toBe('allowed')
    expect(allows(when('request.auth.claims[a][b]', ['x']), { a: { b: 'x' } })).toBe('allowed')
    expect(allows(when('request.auth.claims[level]', ['3']), { level: 3 })).toBe('denied')
    expect(allows(when('request.auth.claims[scope]', ['write']), { scope: 'read write' })).toBe('allowed')
    expect(allows(when('request.auth.principal', ['*']), {})).toBe('allowed')
  })
})

describe('who has no token', () => {
  it('meets no rule that asks for one, and every rule that asks for none', () => {
    const none = policy('p', { action: 'DENY', rules: [{ from: [{ source: { notRequestPrincipals: ['*'] } }] }] })
    const world = worldOf([...shop, tokens('t', { jwtRules: [own] }), none])
    expect(access(world, call())).toMatchObject({ verdict: 'needs-token', decidedBy: { ref: { name: 'p' } } })
    expect(access(world, call({ claims }))).toMatchObject({ verdict: 'allowed' })
    const { claims: _, ...open } = call()
    expect(access(world, open)).toMatchObject({ verdict: 'depends', depends: ['claims'] })
  })
})
