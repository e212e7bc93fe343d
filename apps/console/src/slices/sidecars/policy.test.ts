import type { InjectedNamespace } from '@orbweaver/contracts/sidecars'
import { describe, expect, it } from 'vitest'
import { namespaceHealth } from './policy.ts'

const row = (policy: InjectedNamespace['policy'], servedBy?: string): InjectedNamespace => ({
  cluster: 'east',
  namespace: 'shop',
  policy,
  ...(servedBy === undefined ? {} : { servedBy }),
  system: false,
  findings: { count: 0 },
})

describe('namespaceHealth', () => {
  it.each([
    ['enabled', 'default', 'healthy'],
    ['enabled', undefined, 'broken'],
    ['revision', '1-28', 'healthy'],
    ['revision', undefined, 'broken'],
    ['none', undefined, 'unknown'],
    ['none', 'default', 'healthy'],
    ['disabled', undefined, 'unknown'],
    ['blocked', undefined, 'attention'],
    ['conflict', 'default', 'attention'],
  ] as const)('%s served by %s is %s', (policy, servedBy, health) => {
    expect(namespaceHealth(row(policy, servedBy))).toBe(health)
  })
})
