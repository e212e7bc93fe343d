import { describe, expect, it } from 'vitest'
import { firstFault, newDraft, readyDraft, withKind, withPath } from './draft.ts'
import { toValues, withValues } from './values.ts'

const managed = {
  name: 'shop',
  spec: {
    kind: 'Managed',
    version: 'v1.30.3',
    controlPlane: { cluster: 'hub', namespace: 'istio-system', entrance: { type: 'LoadBalancer' } },
    members: [{ cluster: 'east', network: 'n1' }],
    settings: { governance: { retries: { attempts: 3 } }, sidecar: { lifecycle: { preStop: {} } } },
    values: { pilot: { env: { A: 'b' } } },
  },
}

describe('withValues', () => {
  it('writes nothing when nothing was touched', () => {
    expect(withValues(managed, toValues(managed))).toEqual(managed)
  })

  it('changes one path for one field, and keeps what the form does not know', () => {
    const changed = withValues(managed, { ...toValues(managed), displayName: 'Shop' })
    expect(changed.spec).toEqual({ ...managed.spec, displayName: 'Shop' })
    expect(withValues(changed, { displayName: '' })).toEqual(managed)
  })

  it('drops the address when the load balancer is chosen again', () => {
    const given = withValues(managed, { entranceType: 'Address', address: '10.0.0.9' })
    expect(given.spec.controlPlane).toMatchObject({ entrance: { type: 'Address', address: '10.0.0.9' } })
    expect(withValues(given, { entranceType: 'LoadBalancer' })).toEqual(managed)
  })

  it('drops what cannot stand beside the choice', () => {
    const base = managed.spec.controlPlane
    const resources = { requests: { cpu: '1' } }
    const custom = { ...managed, spec: { ...managed.spec, controlPlane: { ...base, size: 'Custom', resources } } }
    expect(withValues(custom, { displayName: '' })).toEqual(custom)
    expect(withValues(custom, { size: 'S50P200' }).spec.controlPlane).toEqual({ ...base, size: 'S50P200' })
  })

  it('gives a custom size what the hub wants with it', () => {
    expect(withValues(managed, { size: 'Custom' }).spec.controlPlane).toMatchObject({
      size: 'Custom',
      resources: { requests: { cpu: '500m', memory: '2048Mi' } },
    })
  })

  it('adopts namespace and revision together', () => {
    const external = withValues(newDraft('External'), { name: 'old', cluster: 'west', found: 'mesh-system/1-29' })
    expect(external.spec.controlPlane).toEqual({ cluster: 'west', namespace: 'mesh-system', revision: '1-29' })
    expect(toValues(external).found).toBe('mesh-system/1-29')
  })
})

describe('withPath', () => {
  it('leaves the rest of the record alone', () => {
    expect(withPath({ a: { b: 1, c: 2 } }, ['a', 'b'], undefined)).toEqual({ a: { c: 2 } })
    expect(withPath({ a: { b: 1 }, d: {} }, ['a', 'b'], undefined)).toEqual({ d: {} })
    expect(withPath({ d: {} }, ['a', 'b'], false)).toEqual({ a: { b: false }, d: {} })
  })
})

describe('readyDraft', () => {
  it('waits for name, cluster and version', () => {
    const draft = newDraft('Dedicated')
    expect(readyDraft(draft)).toBeUndefined()
    expect(readyDraft(withValues(draft, { name: 'shop', cluster: 'east' }))).toBeUndefined()
    expect(readyDraft(withValues(draft, { name: 'shop', cluster: 'east', version: 'v1.30.3' }))?.spec).toMatchObject({
      kind: 'Dedicated',
      controlPlane: { cluster: 'east', namespace: 'istio-system' },
    })
  })

  it('wants an address where one is to be given, and a revision to adopt', () => {
    const whole = withValues(newDraft('Managed'), { name: 'shop', cluster: 'hub', version: 'v1.30.3' })
    expect(readyDraft(whole)).toBeDefined()
    expect(readyDraft(withValues(whole, { entranceType: 'Address' }))).toBeUndefined()
    const external = withValues(newDraft('External'), { name: 'old', cluster: 'west' })
    expect(readyDraft(external)).toBeUndefined()
    expect(readyDraft(withValues(external, { found: 'istio-system/default' }))).toBeDefined()
  })

  it('says where a draft is wrong', () => {
    const many = { ...managed, spec: withPath(managed.spec, ['controlPlane', 'replicas'], 99) }
    expect(firstFault(many)).toBe('controlPlane.replicas')
    expect(firstFault(managed)).toBeUndefined()
  })
})

it('keeps the names when the kind changes, and nothing a kind has for itself', () => {
  const external = withKind(withValues(managed, { displayName: 'Shop' }), 'External')
  expect(external).toEqual({
    name: 'shop',
    spec: { kind: 'External', displayName: 'Shop', controlPlane: { cluster: '', namespace: 'istio-system' } },
  })
})
