import { describe, expect, it } from 'vitest'
import { editHeld, editIntent, editValues } from './edit-values.ts'

const spec = {
  displayName: 'East',
  network: 'n1',
  peerAddress: 'https://10.0.0.1:6443',
  identity: { userPrefix: 'corp:' },
  prometheus: { url: 'https://metrics.example.com', tenant: 'east' },
}
const east = { name: 'east' }
const before = editValues({ spec })
const untested = { result: undefined, testing: false }

describe('editIntent', () => {
  it('says the whole of what may be edited, and takes away what was emptied', () => {
    expect(editIntent(east, before, undefined)).toEqual({ type: 'clusters.edit', name: 'east', spec })
    const values = { ...before, displayName: ' East 1 ', network: '', userPrefix: '' }
    expect(editIntent(east, values, undefined).spec).toEqual({
      displayName: 'East 1',
      peerAddress: 'https://10.0.0.1:6443',
      prometheus: spec.prometheus,
    })
  })

  it('keeps where the Prometheus is, and takes it away when there is none any more', () => {
    expect(editIntent(east, before, undefined).spec.prometheus).toEqual(spec.prometheus)
    expect(editIntent(east, { ...before, prometheus: 'none' }, undefined).spec).not.toHaveProperty('prometheus')
  })

  it('carries credentials only where they are to be replaced', () => {
    const source = { kind: 'offered', context: 'east' } as const
    expect(editIntent(east, before, source).source).toBeUndefined()
    expect(editIntent(east, { ...before, replace: true }, source).source).toEqual(source)
  })
})

describe('credentials of a Prometheus', () => {
  const held = { name: 'east', prometheusHolds: ['token' as const] }
  const kept = editValues({ spec, ...held })

  it('are given anew, stay, or go with the address that they are for', () => {
    expect(editIntent(held, kept, undefined)).not.toHaveProperty('prometheusCredentials')
    const anew = editIntent(held, { ...kept, proof: 'token', proofToken: 'abc' }, undefined)
    expect(anew.prometheusCredentials).toEqual({ token: 'abc' })
    expect(editIntent(held, { ...kept, proof: 'none' }, undefined).prometheusCredentials).toBeNull()
    expect(editIntent(held, { ...kept, prometheus: 'service' }, undefined).prometheusCredentials).toBeNull()
    expect(editIntent(east, { ...before, prometheus: 'none' }, undefined)).not.toHaveProperty('prometheusCredentials')
  })

  it('are a change', () => {
    expect(editHeld(kept, { ...kept, proof: 'none' }, untested)).toBeUndefined()
    expect(editHeld(kept, { ...kept, proof: 'token', proofToken: 'abc' }, untested)).toBeUndefined()
  })
})

describe('editHeld', () => {
  it('waits for a change', () => {
    expect(editHeld(before, before, untested)).toBe('unchanged')
    expect(editHeld(before, { ...before, region: ' ' }, untested)).toBe('unchanged')
    expect(editHeld(before, { ...before, region: 'eu' }, untested)).toBeUndefined()
  })

  it('waits for a test of new credentials that passed', () => {
    const values = { ...before, replace: true }
    expect(editHeld(before, values, untested)).toBe('untested')
    expect(editHeld(before, values, { result: { accepted: false }, testing: false })).toBe('refused')
    expect(editHeld(before, values, { result: { accepted: true }, testing: false })).toBeUndefined()
  })
})
