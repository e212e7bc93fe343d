import { describe, expect, it } from 'vitest'
import { lacksRights, loginProvider, registrationHeld } from './verdict.ts'

describe('loginProvider', () => {
  it('names whose login command was refused', () => {
    const refusal = { code: 'kubeconfig.exec', params: { command: 'aws', provider: 'eks', field: 'users[0]' } }
    expect(loginProvider({ refusal })).toBe('eks')
    expect(loginProvider({ refusal: { code: 'kubeconfig.auth_provider', params: { provider: 'gke' } } })).toBe('gke')
    expect(loginProvider({ refusal: { code: 'kubeconfig.exec', params: { provider: 'somebody' } } })).toBe('other')
  })

  it('says nothing of other refusals', () => {
    expect(loginProvider({ refusal: { code: 'kubeconfig.malformed', params: { line: 1, column: 2 } } })).toBeUndefined()
    expect(loginProvider({})).toBeUndefined()
  })
})

describe('registrationHeld', () => {
  it('waits for a test that passes', () => {
    expect(registrationHeld({ result: undefined, testing: false })).toBe('untested')
    expect(registrationHeld({ result: { accepted: true }, testing: true })).toBe('testing')
    expect(registrationHeld({ result: { accepted: false }, testing: false })).toBe('refused')
    expect(registrationHeld({ result: { accepted: true }, testing: false })).toBeUndefined()
  })
})

it('knows which check the manifest answers', () => {
  expect(lacksRights({ checks: [{ id: 'permissions.missing', severity: 'blocking', params: {} }] })).toBe(true)
  expect(lacksRights({ checks: [{ id: 'permissions.ok', severity: 'ok', params: {} }] })).toBe(false)
})
