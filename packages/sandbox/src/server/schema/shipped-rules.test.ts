import { isRecord, listAt, textAt } from '@orbweaver/contracts/json'
import { gatewayApiCrds, istioCrds } from '@orbweaver/schemas/istio'
import { sailCrds } from '@orbweaver/schemas/sail'
import { expect, test } from 'vitest'
import { compileCel } from './cel.ts'

function rulesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(rulesIn)
  if (!isRecord(value)) return []
  const own = listAt(value, 'x-kubernetes-validations').map((each) => textAt(each, 'rule') ?? '')
  return [...own, ...Object.values(value).flatMap(rulesIn)]
}

test('every rule of the CRDs that worlds install compiles', () => {
  const rules = new Set([...istioCrds, ...gatewayApiCrds, ...sailCrds].flatMap(rulesIn))
  expect(rules.size).toBeGreaterThan(100)
  const broken = [...rules].filter((rule) => {
    try {
      compileCel(rule, ['self', 'oldSelf'])
      return false
    } catch {
      return true
    }
  })
  expect(broken).toEqual([])
})

test('url() reads what Go does: any text after a scheme, or a path', () => {
  const [valid, host, scheme] = ['isURL(self)', 'url(self).getHost()', 'url(self).getScheme()'].map((rule) =>
    compileCel(rule, ['self']),
  )
  const asked = ['http://256.1.1.1/a', 'a:b:c', '/path', 'a.b', ':a', 'http://a:x', 'http://a%', '']
  expect(asked.map((self) => valid?.evaluate({ self }))).toEqual([true, true, true, false, false, false, false, false])
  expect(host?.evaluate({ self: 'oci://user@registry:5000/a?b' })).toBe('registry:5000')
  expect(scheme?.evaluate({ self: 'OCI:a' })).toBe('oci')
})

test('url() knows schemes, and an index before has() is no obstacle', () => {
  const scheme = compileCel('url(self).getScheme() in ["http", "https"]', ['self'])
  expect(scheme.evaluate({ self: 'https://login.example/keys' })).toBe(true)
  expect(scheme.evaluate({ self: 'ftp://login.example/keys' })).toBe(false)
  const indexed = compileCel('has(self[0].matches) ? self[0].matches.size() : 0', ['self'])
  expect(indexed.evaluate({ self: [{}] })).toBe(0n)
  expect(indexed.evaluate({ self: [{ matches: [1] }] })).toBe(1n)
})
