import { describe, expect, it } from 'vitest'
import { isForRole } from './console-account.ts'

describe('which cluster a manifest is for', () => {
  it.each([
    ['/deploy/rbac/hub.yaml', true, false],
    ['/deploy/rbac/change-guard.yaml', true, false],
    ['/deploy/rbac/mesh-guard.yaml', true, false],
    ['/deploy/rbac/metrics-reader.yaml', true, false],
    ['/deploy/rbac/member.yaml', false, true],
    ['/deploy/rbac/mesh-builder-guard.yaml', false, true],
    ['/deploy/rbac/personas.yaml', true, true],
  ])('%s', (path, hub, member) => {
    expect([isForRole(path, 'hub'), isForRole(path, 'member')]).toEqual([hub, member])
  })
})
