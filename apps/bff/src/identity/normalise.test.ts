import { expect, test } from 'vitest'
import { identityKey, mapIdentity, normaliseIdentity } from './normalise.ts'

test('a person keeps name and groups, but no group of the cluster itself', () => {
  const raw = { user: 'ada', groups: ['system:authenticated', 'system:masters', 'dev', 'dev', '', 'systemd'] }
  expect(normaliseIdentity(raw)).toEqual({ user: 'ada', groups: ['dev', 'systemd'] })
})

test('a ServiceAccount is nobody’s ServiceAccount elsewhere, and in no group', () => {
  const groups = ['system:serviceaccounts', 'system:serviceaccounts:ci', 'system:authenticated', 'extra']
  expect(normaliseIdentity({ user: 'system:serviceaccount:ci:robot', groups })).toEqual({
    user: 'orbweaver:sa:ci:robot',
    groups: [],
  })
})

test.each([
  '',
  'system:admin',
  'system:anonymous',
  'system:node:a',
  'system:serviceaccount:',
  'system:serviceaccount:a:b:c',
])('%j is nobody', (user) => expect(normaliseIdentity({ user, groups: [] })).toBeUndefined())

test('a cluster spells names with its prefixes', () => {
  const mapped = mapIdentity({ user: 'ada', groups: ['dev'] }, { userPrefix: 'oidc:', groupPrefix: 'corp-' })
  expect(mapped).toEqual({ user: 'oidc:ada', groups: ['corp-dev'] })
})

test('no prefix makes somebody more than a person', () => {
  const mapped = mapIdentity(
    { user: 'admin', groups: ['masters', 'dev'] },
    { userPrefix: 'system:', groupPrefix: 'system:' },
  )
  expect(mapped).toEqual({ user: 'admin', groups: [] })
})

test('one person has one key, whatever the order of groups', () => {
  expect(identityKey({ user: 'a', groups: ['x', 'y'] })).toBe(identityKey({ user: 'a', groups: ['y', 'x'] }))
  expect(identityKey({ user: 'a', groups: ['x'] })).not.toBe(identityKey({ user: 'a', groups: [] }))
})
