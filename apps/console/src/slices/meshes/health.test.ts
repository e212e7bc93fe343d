import { expect, it } from 'vitest'
import { isBroken, type Member, memberHealth } from './health.ts'

const member = (state: Member['state'], sync?: 'synced' | 'syncing' | 'timeout' | 'unknown-to-istiod' | 'not-asked') =>
  ({
    cluster: 'east',
    role: 'member',
    state,
    namespaces: 0,
    injectedNamespaces: 0,
    pods: { injected: 0, total: 0 },
    ...(sync !== undefined && { sync: { state: sync, replicas: [] } }),
  }) satisfies Member

it('is broken where istiod does not serve a member that is ready', () => {
  expect(memberHealth(member('ready', 'timeout'))).toBe('broken')
  expect(memberHealth(member('ready', 'unknown-to-istiod'))).toBe('broken')
  expect(isBroken(member('ready', 'timeout'))).toBe(true)
})

it('is as the stages say where istiod serves it, still reads it, or was not asked', () => {
  for (const sync of ['synced', 'syncing', 'not-asked'] as const)
    expect(memberHealth(member('ready', sync))).toBe('healthy')
  expect(memberHealth(member('ready'))).toBe('healthy')
})

it('is as the stages say while they are under way: istiod cannot know it yet', () => {
  expect(memberHealth(member('progressing', 'unknown-to-istiod'))).toBe('working')
  expect(isBroken(member('leaving', 'unknown-to-istiod'))).toBe(false)
})
