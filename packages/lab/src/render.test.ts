import { describe, expect, it } from 'vitest'
import { installation } from './render.ts'
import { parse } from 'yaml'
import { at, textAt } from '@orbweaver/contracts/json'

const revision = { name: 'shop-v1-30-2', namespace: 'istio-system', version: 'v1.30.2' }
const read = (given: object): unknown => parse(installation({ ...revision, ...given }, ['istiod'], {}))

describe('what istioctl is asked for', () => {
  it('names the revision, its namespace and the image of its version', () => {
    const asked = read({})
    expect(textAt(asked, 'spec', 'revision')).toBe('shop-v1-30-2')
    expect(textAt(asked, 'spec', 'values', 'global', 'istioNamespace')).toBe('istio-system')
    expect(textAt(asked, 'spec', 'values', 'global', 'tag')).toBe('1.30.2')
    expect(at(asked, 'spec', 'components', 'base', 'enabled')).toBe(false)
  })

  it('gives the revision named default no suffix', () => {
    expect(textAt(read({ name: 'default' }), 'spec', 'revision')).toBe('')
  })

  it('lets the values of the revision win over its own choice of image', () => {
    const asked = read({ values: { global: { hub: 'registry.example', meshID: 'm' }, pilot: { env: { A: 'b' } } } })
    expect(textAt(asked, 'spec', 'values', 'global', 'hub')).toBe('registry.example')
    expect(textAt(asked, 'spec', 'values', 'global', 'meshID')).toBe('m')
    expect(textAt(asked, 'spec', 'values', 'pilot', 'env', 'A')).toBe('b')
  })

  it('passes a profile to the charts, where it adds no gateway', () => {
    expect(textAt(read({ profile: 'remote' }), 'spec', 'values', 'profile')).toBe('remote')
    expect(textAt(read({ profile: 'remote' }), 'spec', 'profile')).toBe('empty')
    expect(at(read({ profile: 'default' }), 'spec', 'values', 'profile')).toBeUndefined()
  })
})
