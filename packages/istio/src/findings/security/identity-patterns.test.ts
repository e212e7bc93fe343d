import { describe, expect, it } from 'vitest'
import { namespace, object, pod } from '../../samples.ts'
import type { Case } from '../fixes/cases.ts'
import { told } from '../fixes/told.ts'

const code = /^authorizationpolicy\.pattern-of-nobody$/
const account = (name: string, at: string) => object('ServiceAccount', name, { namespace: at })
const files = [namespace('shop'), namespace('far'), account('web', 'shop'), account('api', 'far')]
const world = [...files, account('default', 'far')]
const policyOf = (principal: string) =>
  object('AuthorizationPolicy', 'a', {
    namespace: 'shop',
    spec: { rules: [{ from: [{ source: { principals: [principal] } }] }] },
  })
const of = (principal: string, more: Partial<Case> = {}) =>
  told(code, { objects: [...world, policyOf(principal)], ...more })
const nobody = ['warning pattern-of-nobody /spec/rules/0/from/0/source/principals/0']

describe('patterns over identities', () => {
  const settings = { config: { trustDomain: 'td', trustDomainAliases: ['was'] } }
  it.each<[string, string[]]>([
    ['td/ns/shop/*', []],
    ['td/ns/gone/*', nobody],
    ['was/ns/gone/*', nobody],
    ['cluster.local/ns/gone/sa/*', nobody],
    ['other/ns/gone/*', []],
    ['td/ns/shop/sa/w*', []],
    ['td/ns/shop/sa/de*', []],
    ['td/ns/shop/sa/x*', nobody],
    ['td/ns/go*', []],
    ['td/*', []],
    ['*', []],
    ['*/sa/web', []],
    ['*/sa/default', []],
    ['*/sa/gone', nobody],
    ['*/gone', []],
    ['td/ns/shop/sa/gone', []],
  ])('%s', (principal, expected) => {
    expect(of(principal, { settings })).toEqual(expected)
  })
  it('are not known of files, but where something runs', () => {
    const alone = (principal: string) => of(principal, { objects: [...files, policyOf(principal)] })
    expect(alone('*/sa/gone')).toEqual([])
    expect(alone('cluster.local/ns/gone/*')).toEqual([])
    expect(alone('cluster.local/ns/shop/sa/x*')).toEqual(nobody)
  })
  it('are held to all clusters, and to what runs there', () => {
    expect(of('*/sa/gone', { members: [account('gone', 'x')] })).toEqual([])
    expect(of('*/sa/gone', { members: [pod('p', 'x', { spec: { serviceAccountName: 'gone' } })] })).toEqual([])
    expect(of('cluster.local/ns/x/*', { members: [namespace('x')] })).toEqual([])
    expect(of('*/sa/gone', { unread: ['east'] })).toEqual([])
  })
})
