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

test('url() knows schemes, and an index before has() is no obstacle', () => {
  const scheme = compileCel('url(self).getScheme() in ["http", "https"]', ['self'])
  expect(scheme.evaluate({ self: 'https://login.example/keys' })).toBe(true)
  expect(scheme.evaluate({ self: 'ftp://login.example/keys' })).toBe(false)
  const indexed = compileCel('has(self[0].matches) ? self[0].matches.size() : 0', ['self'])
  expect(indexed.evaluate({ self: [{}] })).toBe(0n)
  expect(indexed.evaluate({ self: [{ matches: [1] }] })).toBe(1n)
})
