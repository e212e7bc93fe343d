import { describe, expect, it } from 'vitest'
import { buildKey } from './build-key.ts'
import { families, linkFlags } from './families.ts'

const input = { goMod: 'module a', goSum: 'sum', linkFlags: '-s', keep: ['a>b'], source: ['a.go>package a'] }

describe('the key of a build', () => {
  it('is the same for the same, and short enough for a folder', () => {
    expect(buildKey({ ...input })).toBe(buildKey(input))
    expect(buildKey(input)).toMatch(/^[0-9a-f]{16}$/)
  })

  it.each([{ goMod: 'module b' }, { goSum: 'other' }, { linkFlags: '-w' }, { keep: [] }, { source: [] }])(
    'changes with %j',
    (change) => {
      expect(buildKey({ ...input, ...change })).not.toBe(buildKey(input))
    },
  )

  it('knows that clients need a Kubernetes version', () => {
    const kubernetes = families.find(({ name }) => name === 'kubernetes')
    expect(kubernetes && linkFlags(kubernetes)).toContain('-X k8s.io/component-base/version.gitVersion=v1.36.3')
  })
})
