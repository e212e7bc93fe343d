import { at, type Json } from '@orbweaver/contracts/json'
import { changedPaths } from '@orbweaver/istio/meshes/effects'
import { everySetting, type Setting, settings, type SettingId } from '@orbweaver/istio/meshes/settings'
import { describe, expect, it } from 'vitest'
import { withScaling } from '../istiod.tsx'
import { faultsOf, fieldOf, hasFault, setsOf, effectsOf, withField } from './field-of.ts'
import { weightsOf } from './rows.tsx'

const spec = {
  kind: 'Managed',
  version: 'v1.30.3',
  controlPlane: { cluster: 'hub', namespace: 'istio-system' },
  settings: { governance: { future: { kept: true } }, sidecar: { proxyResources: { limits: { storage: '1Gi' } } } },
  values: { pilot: { env: { A: 'b' } } },
}

function isSettingId(id: string): id is SettingId {
  return Object.hasOwn(settings, id)
}
const ids = everySetting.map(({ id }) => id).filter(isSettingId)

/** A value that the setting takes. */
function sample(setting: Setting): Json {
  const texts = { duration: '5s', cpu: '100m', memory: '128Mi', trustDomain: 'td', meshId: 'm', format: '%PROTOCOL%' }
  if (setting.form === 'flag') return true
  if (setting.form === 'choice') return setting.options[0] ?? ''
  if (setting.form === 'choices') return [...setting.options]
  if (setting.form === 'texts') return ['a']
  if (setting.form === 'number') return setting.max
  if (setting.form === 'distribute') return [{ from: 'a/b/*', to: { 'a/b/*': 80, 'a/c/*': 20 } }]
  if (setting.form === 'failover') return [{ from: 'a', to: 'b' }]
  if (setting.form === 'provider') return { type: 'zipkin', service: 'obs/zipkin.obs.svc.cluster.local', port: 9411 }
  return setting.form === 'json' ? { preStop: { exec: { command: ['sleep', '15'] } } } : texts[setting.rule]
}

describe.each(ids)('%s', (id) => {
  const field = fieldOf(id)
  const given = sample(field.setting)
  const written = withField(spec, field, given)

  it('changes one path, and keeps what is not known here', () => {
    const changed = changedPaths(spec, written)
    expect(changed.every((path) => path.startsWith(field.path.join('.')))).toBe(true)
    expect(at(written, ...field.path)).toEqual(given)
    expect(withField(written, field, undefined)).toEqual(spec)
  })

  it('is taken by the contract, and by no other name', () => {
    expect(faultsOf(written)).toEqual([])
    expect(hasFault(faultsOf(withField(spec, field, { wrong: 1 })), field.path)).toBe(field.setting.form !== 'json')
  })

  it('says what it sets and when that holds', () => {
    expect(setsOf(field)).not.toBe('')
    expect(effectsOf(field)).not.toEqual([])
  })
})

describe('locality', () => {
  const { distribute, failover, failoverPriority } = {
    distribute: fieldOf('distribute'),
    failover: fieldOf('failover'),
    failoverPriority: fieldOf('failoverPriority'),
  }

  it('goes one way at a time', () => {
    const failing = withField(spec, failover, [{ from: 'a', to: 'b' }])
    const spread = withField(failing, distribute, [{ from: 'a/*', to: { 'b/*': 100 } }])
    expect(at(spread, ...failover.path)).toBeUndefined()
    expect(at(withField(spread, failoverPriority, ['rack']), ...distribute.path)).toBeUndefined()
  })

  it.each([
    ['weights that are less than a hundred', distribute, [{ from: 'a/*', to: { 'b/*': 99 } }]],
    ['a weight of nothing', distribute, [{ from: 'a/*', to: { 'b/*': 100, 'c/*': 0 } }]],
    ['a region for itself', failover, [{ from: 'a', to: 'a' }]],
  ])('refuses %s', (_what, field, value) => {
    expect(hasFault(faultsOf(withField(spec, field, value)), field.path)).toBe(true)
  })

  it('reads weights as they are typed, the last being what is left', () => {
    expect(weightsOf(['a/*=80', 'b/*'])).toEqual({ 'a/*': 80, 'b/*': 20 })
  })
})

it('scales one way at a time', () => {
  const fixed = withScaling(spec, 'replicas')
  expect(fixed.controlPlane).toEqual({ ...spec.controlPlane, replicas: 2 })
  expect(withScaling(fixed, 'autoscaling').controlPlane).toEqual({
    ...spec.controlPlane,
    autoscaling: { min: 2, max: 5 },
  })
  expect(withScaling(fixed, 'unset')).toEqual(spec)
})
