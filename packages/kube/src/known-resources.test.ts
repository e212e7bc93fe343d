import { expect, it } from 'vitest'
import { knownResource } from './known-resources.ts'
import * as resources from './resources.ts'

it('finds each kind by group and kind, and no two are the same', () => {
  const all = Object.values(resources)
  for (const each of all) expect(knownResource(each.group, each.kind)).toBe(each)
  expect(new Set(all.map(({ group, plural }) => `${group}/${plural}`)).size).toBe(all.length)
  expect(knownResource('', 'Gateway')).toBeUndefined()
  expect(knownResource('networking.istio.io', 'Gateway')).toMatchObject({ plural: 'gateways', version: 'v1' })
  expect(knownResource('gateway.networking.k8s.io', 'Gateway')).toMatchObject({ plural: 'gateways', version: 'v1' })
})

it.each(Object.entries(resources))('%s is named by its plural', (name, { kind, plural }) => {
  expect(plural).toMatch(/^[a-z]+$/)
  expect(plural.startsWith(kind.toLowerCase().slice(0, -1))).toBe(true)
  expect(name.toLowerCase().endsWith(plural)).toBe(true)
})
