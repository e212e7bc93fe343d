import { describe, expect, it } from 'vitest'
import { badHeaderIn, callOf, headersIn, readCall, readRequest, requestOf } from './questions.ts'

const from = 'east/Deployment.v1.apps/shop/web'
const ref = { cluster: 'east', group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' }

describe('a request in the address', () => {
  it('is asked once it says who, where and which port', () => {
    expect(requestOf(readRequest({ from, host: 'reviews', port: '9080', other: 'x' }))).toEqual({
      from: { kind: 'workload', ref },
      host: 'reviews',
      port: 9080,
      protocol: 'http',
      method: 'GET',
      path: '/',
      headers: {},
    })
    const more = {
      gateway: 'yes',
      protocol: 'tls',
      sni: 'shop.example.com',
      headers: 'a: b',
      method: 'PUT',
      path: '/x',
    }
    expect(requestOf(readRequest({ from, host: 'reviews', port: '443', ...more }))).toMatchObject({
      from: { kind: 'gateway' },
      protocol: 'tls',
      sni: 'shop.example.com',
      headers: { a: 'b' },
      method: 'PUT',
      path: '/x',
    })
  })

  it.each([
    ['no source', { host: 'a', port: '80' }],
    ['a source that is no object', { from: 'web', host: 'a', port: '80' }],
    ['no host', { from, port: '80' }],
    ['no port', { from, host: 'a' }],
    ['a port that is none', { from, host: 'a', port: '65536' }],
    ['a port of parts', { from, host: 'a', port: '80.5' }],
  ])('is not asked with %s', (_, raw) => {
    expect(requestOf(readRequest(raw))).toBeUndefined()
  })

  it('has one header a line', () => {
    expect(headersIn('x-user: ann\n\nbad line\n end-user:jason : x ')).toEqual({
      'x-user': 'ann',
      'end-user': 'jason : x',
    })
    expect(headersIn(undefined)).toEqual({})
    expect(badHeaderIn('x-user: ann\n\nbad line')).toBe('bad line')
    expect(badHeaderIn(undefined)).toBeUndefined()
  })
})

describe('a call in the address', () => {
  it('leaves out what is left empty', () => {
    expect(callOf(readCall({ from, to: from, port: '80' }))).toEqual({
      from: { kind: 'workload', ref },
      to: { ref, port: 80 },
      protocol: 'http',
      mtls: 'auto',
    })
  })

  it('may come from an identity, with claims or without a token', () => {
    const described = { principal: 'cluster.local/ns/shop/sa/web', ip: '10.0.0.1', to: from, port: '80', mtls: 'no' }
    expect(
      callOf(readCall({ ...described, claims: '{"iss": "a"}', headers: 'a: b', host: 'h', path: '/', method: 'GET' })),
    ).toEqual({
      from: { kind: 'identity', principal: described.principal, ip: '10.0.0.1' },
      to: { ref, port: 80 },
      protocol: 'http',
      mtls: false,
      claims: { iss: 'a' },
      headers: { a: 'b' },
      host: 'h',
      path: '/',
      method: 'GET',
    })
    expect(callOf(readCall({ ...described, claims: 'none', mtls: 'yes' }))).toMatchObject({ claims: null, mtls: true })
    for (const claims of ['[1]', '{', '7']) expect(callOf(readCall({ ...described, claims }))).toBeUndefined()
    expect(callOf(readCall({ to: from, port: '80' }))).toBeUndefined()
  })

  it('may arrive at a gateway first', () => {
    const through = { ip: '203.0.113.7', to: from, port: '80', through: from }
    expect(callOf(readCall({ ...through, throughPort: '443' }))).toMatchObject({ through: { ref, port: 443 } })
    expect(callOf(readCall(through))).not.toHaveProperty('through')
  })
})
