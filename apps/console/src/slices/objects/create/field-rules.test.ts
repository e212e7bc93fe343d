import { DnsLabel, DnsName } from '@orbweaver/contracts/names'
import { ruleTemplates } from '@orbweaver/istio/rules/templates'
import { describe, expect, it } from 'vitest'
import { fieldFault, nameFault, namespaceFault } from './field-rules.ts'

describe('fieldFault', () => {
  it('takes what every template begins with, and nothing at all', () => {
    const fields = Object.values(ruleTemplates).flatMap((templates) => templates.flatMap((each) => each.fields))
    expect(fields.filter((field) => fieldFault(field.type, field.initial) !== undefined)).toEqual([])
    expect(fields.filter((field) => fieldFault(field.type, ' ') !== undefined)).toEqual([])
  })

  it.each([
    ['host', 'a b'],
    ['host', 'http://a'],
    ['port', '0'],
    ['port', '70000'],
    ['percent', '101'],
    ['percent', '1.5'],
    ['count', '-1'],
    ['seconds', '0'],
    ['seconds', '5s'],
    ['labels', 'app'],
    ['labels', 'app=a,=b'],
    ['url', 'login.example.com'],
    ['url', 'ftp://a'],
  ] as const)('%s does not take %j', (type, text) => {
    expect(fieldFault(type, text)).toBe(type)
  })

  it.each([
    ['host', '*.example.com'],
    ['labels', 'app=reviews, version=v2'],
    ['seconds', '0.5'],
    ['percent', '0'],
  ] as const)('%s takes %j', (type, text) => {
    expect(fieldFault(type, text)).toBeUndefined()
  })
})

describe('names', () => {
  it.each(['a', 'a-b', 'a.b', '-a', 'a-', 'A', 'a..b', '.a', 'a_b', 'a'.repeat(63), 'a'.repeat(64), 'a'.repeat(254)])(
    '%s is judged as the contract judges it',
    (text) => {
      expect(nameFault(text) === undefined).toBe(DnsName.safeParse(text).success)
      expect(namespaceFault(text) === undefined).toBe(DnsLabel.safeParse(text).success)
    },
  )

  it('follow Kubernetes', () => {
    expect(nameFault('reviews.v2')).toBeUndefined()
    expect([nameFault(''), nameFault('Reviews'), nameFault('-a')]).toEqual(['required', 'name', 'name'])
    expect([namespaceFault('shop'), namespaceFault('shop.a'), namespaceFault('')]).toEqual([
      undefined,
      'namespace',
      'required',
    ])
  })
})
