import { describe, expect, it } from 'vitest'
import { type Asked, ask as asked, cart, codes, decided, rule, told, toCart } from './samples.ts'

const ask = (yaml: string, question: Asked = {}) => asked({ yaml, question })

describe('delegates', () => {
  const root = (match: string) =>
    rule(
      'root',
      `{hosts: [reviews], http: [{${match}timeout: 5s, delegate: {name: leaf}}, {directResponse: {status: 404}}]}`,
    )
  const leaf = (spec: string, more = '') => rule('leaf', `{${more}http: [${spec}]}`)
  it('say where to, and the root says what they leave out', () => {
    const explained = ask(
      root('match: [{uri: {prefix: /api}}], ') + leaf(`{match: [{uri: {prefix: /api/v2}}], ${toCart}}`),
      { path: '/api/v2/x' },
    )
    expect([told(explained), decided(explained)]).toEqual([cart, 'root/spec/http/0'])
    expect(explained.policies.find(({ name }) => name === 'timeout')?.by).toMatchObject({
      ref: { name: 'root' },
      pointer: '/spec/http/0/timeout',
    })
  })
  it.each([
    ['{prefix: /other}', '/other', 'delegate-conflict'],
    ['{regex: "/api.*"}', '/api/x', 'delegate-conflict'],
  ])('whose match %s is not within the root’s are left out', (uri, path, code) => {
    const explained = ask(root('match: [{uri: {prefix: /api}}], ') + leaf(`{match: [{uri: ${uri}}], ${toCart}}`), {
      path,
    })
    expect([told(explained), codes(explained).includes(code)]).toEqual(['direct 404', true])
  })
  it('that are missing or hidden are left out', () => {
    expect(codes(ask(root('')))).toContain('delegate-not-found')
    expect(codes(ask(root('') + leaf(`{${toCart}}`, 'exportTo: [other], ')))).toContain('delegate-hidden')
    expect(told(ask(root('')))).toBe('direct 404')
  })
})
