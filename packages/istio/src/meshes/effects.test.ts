import type { JsonRecord } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import { meshOf } from '../samples.ts'
import { changedPaths, effectOf, effectRules, settingEffects } from './effects.ts'
import { everySetting } from './settings.ts'

const mesh = (spec: JsonRecord) => meshOf({ kind: 'Managed', members: [{ cluster: 'east' }], ...spec })

describe('settingEffects', () => {
  const groups = (before: JsonRecord, after: JsonRecord) =>
    Object.fromEntries(
      settingEffects(mesh(before), mesh(after)).map(({ effect, settings }) => [
        effect,
        settings.map((each) => `${each.cluster} ${each.path}`),
      ]),
    )

  it('says nothing where nothing changes', () => {
    expect(
      groups(
        { settings: { system: { tracing: { sampling: 5 } } } },
        { settings: { system: { tracing: { sampling: 5 } } } },
      ),
    ).toEqual({})
  })

  it('keeps apart what holds at once, what needs new Pods, and what renews istiod', () => {
    const settings = {
      governance: { outboundTrafficPolicy: 'REGISTRY_ONLY' },
      system: { tracing: { sampling: 5 } },
      sidecar: { proxyLogLevel: 'info', discoveryIsolation: true },
    }
    expect(groups({}, { settings })).toEqual({
      live: ['hub meshConfig.outboundTrafficPolicy.mode', 'hub settings.sidecar.discoveryIsolation'],
      'new-pods': ['hub global.proxy.logLevel'],
      'istiod-rolls': ['hub pilot.traceSampling'],
    })
  })

  it('says that a trust domain needs a restart of istiod that nobody does by itself', () => {
    expect(groups({}, { settings: { system: { trustDomain: 'td', meshId: 'm' } } })).toEqual({
      'new-pods': ['hub meshConfig.trustDomain', 'hub global.meshID'],
      'istiod-restart': ['hub meshConfig.trustDomain'],
    })
  })

  it('tells members apart', () => {
    const values = { sidecarInjectorWebhook: { enableNamespacesByDefault: true } }
    expect(
      groups(
        {},
        {
          members: [
            { cluster: 'east', values },
            { cluster: 'new', values },
          ],
        },
      ),
    ).toEqual({
      'new-pods': ['east sidecarInjectorWebhook.enableNamespacesByDefault'],
    })
  })

  it('sees another entrance', () => {
    const controlPlane = { cluster: 'hub', entrance: { type: 'Address', address: 'istiod.example.com' } }
    expect(groups({}, { controlPlane })).toEqual({ live: ['hub controlPlane.entrance'] })
  })

  it('promises nothing less than everything for a value that it does not know', () => {
    expect(groups({}, { values: { somethingNew: 1 } })).toEqual({
      'new-pods': ['hub somethingNew'],
      'istiod-restart': ['hub somethingNew'],
    })
  })
})

describe('the rules', () => {
  it.each(everySetting.flatMap(({ id, setting }) => (setting.to === undefined ? [] : [{ id, to: setting.to }])))(
    'know when $id takes effect',
    ({ to }) => {
      expect(effectOf(to).source).not.toBe('')
    },
  )

  it('are each said once, with where it is written', () => {
    expect(new Set(effectRules.map(({ prefix }) => prefix)).size).toBe(effectRules.length)
    expect(effectRules.filter((each) => each.source === '' || each.effects.length === 0)).toEqual([])
  })

  it('go by whole names, and by the longest', () => {
    expect(effectOf('pilot.cpu.targetAverageUtilization').effects).toEqual(['live'])
    expect(effectOf('pilot.cpuSomething').effects).toEqual(['istiod-rolls'])
    expect(effectOf('meshConfigs').source).toBe('')
  })
})

it('finds where documents differ; a list is one value', () => {
  const before = { a: { b: 1, c: [1] }, d: { e: 1 }, g: {} }
  expect(changedPaths(before, { a: { b: 1, c: [2] }, d: { e: 1, f: { h: null } }, g: 1 })).toEqual([
    'a.c',
    'd.f.h',
    'g',
  ])
  expect(changedPaths(before, before)).toEqual([])
})
