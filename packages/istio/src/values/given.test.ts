import type { JsonRecord } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import { checkValues } from './check.ts'
import { differencesAt, givenValues, newlyRefused, refusedValues, saysDefault } from './given.ts'
import { settingOf } from './owned.ts'
import { fieldsOf, loadValues, type ValuesSchema } from './schema.ts'
import { searchValues } from './search.ts'

const { of } = await loadValues()
function schemaOf(version: string): ValuesSchema {
  const schema = of(version)
  if (schema === undefined) throw new Error(`no values of ${version}`)
  return schema
}
const now = schemaOf('v1.30.3')
const problems = (values: JsonRecord) => checkValues(now, values).map(({ path, code }) => `${path}: ${code}`)

describe('a value', () => {
  it('fits when it is of its type', () => {
    const values = {
      meshConfig: {
        protocolDetectionTimeout: '0.5s',
        accessLogEncoding: 'JSON',
        defaultConfig: { concurrency: 2, proxyMetadata: { A: 'b' }, tracing: { sampling: 12.5 } },
        extensionProviders: [
          { name: 'a', envoyExtAuthzGrpc: { service: 'a.b', port: 9000 } },
          { name: 'p', prometheus: {} },
        ],
        discoverySelectors: [{ matchLabels: { a: 'b' } }],
      },
      pilot: {
        env: { A: 'b' },
        resources: { requests: { cpu: '1', memory: '1Gi' } },
        rollingMaxSurge: '50%',
        traceSampling: 1,
      },
      global: {
        imagePullPolicy: 'Always',
        proxy: { lifecycle: { preStop: {} } },
        meshNetworks: { n: { endpoints: [] } },
      },
      gatewayClasses: { istio: { service: { spec: { type: 'ClusterIP' } } } },
      compatibilityVersion: null,
    }
    expect(problems(values)).toEqual([])
  })

  it.each<[string, JsonRecord, string]>([
    ['a word for a switch', { pilot: { autoscaleEnabled: 'true' } }, 'pilot.autoscaleEnabled: bool'],
    [
      'a part of a number',
      { meshConfig: { defaultConfig: { concurrency: 1.5 } } },
      'meshConfig.defaultConfig.concurrency: int',
    ],
    ['minutes in mesh configuration', { meshConfig: { connectTimeout: '1m' } }, 'meshConfig.connectTimeout: duration'],
    [
      'a time without unit',
      { pilot: { keepaliveMaxServerConnectionAge: '30' } },
      'pilot.keepaliveMaxServerConnectionAge: goDuration',
    ],
    [
      'no quantity',
      { pilot: { resources: { limits: { memory: '1 GB' } } } },
      'pilot.resources.limits.memory: quantity',
    ],
    ['none of its members', { meshConfig: { accessLogEncoding: 'XML' } }, 'meshConfig.accessLogEncoding: choice'],
    ['one for a list', { meshConfig: { trustDomainAliases: 'a' } }, 'meshConfig.trustDomainAliases: list'],
    ['a number in a map of texts', { pilot: { env: { A: 1 } } }, 'pilot.env.A: string'],
    [
      'a misspelt field in a list',
      { meshConfig: { caCertificates: [{ pen: '' }] } },
      'meshConfig.caCertificates[0].pen: unknown',
    ],
    ['a text for a map', { pilot: 'a' }, 'pilot: object'],
  ])('does not fit as %s', (_what, values, problem) => {
    expect(problems(values)).toEqual([problem])
  })

  it.each<[JsonRecord, string | undefined]>([
    [{ meshConfig: { accesLogFile: '' } }, 'meshConfig.accessLogFile'],
    [{ meshConfig: { concurrency: 2 } }, 'meshConfig.defaultConfig.concurrency'],
    [{ meshconfig: {} }, 'meshConfig'],
    [{ meshConfig: { caCertificates: [{ pen: '' }] } }, 'meshConfig.caCertificates[0].pem'],
    [{ nothingLikeIt: 1 }, undefined],
  ])('of a name that is not known is told the nearest: %j', (values, nearest) => {
    expect(checkValues(now, values)[0]?.params.nearest).toBe(nearest)
  })
})

describe('the values of a mesh', () => {
  it('are single ones with what holds without them, a list or a map being one', () => {
    const given = givenValues(now, {
      pilot: { env: { A: 'b' }, autoscaleMax: 5 },
      meshConfig: { nope: { a: 1 }, trustDomainAliases: ['a'], enablePrometheusMerge: null },
    })
    expect(given.map(({ path, value, field }) => [path, value, field?.default])).toEqual([
      ['pilot.env', { A: 'b' }, {}],
      ['pilot.autoscaleMax', 5, 5],
      ['meshConfig.nope', { a: 1 }, undefined],
      ['meshConfig.trustDomainAliases', ['a'], undefined],
      ['meshConfig.enablePrometheusMerge', null, true],
    ])
    expect(given.map(saysDefault)).toEqual([false, true, false, false, false])
  })

  it('are refused where the mesh itself decides them, known or not', () => {
    const values = {
      global: { meshID: 'a', network: 'b', multiCluster: { clusterName: 'c' } },
      pilot: { env: { EXTERNAL_ISTIOD: 'false', A: 'b' } },
      profile: 'demo',
    }
    const owned = refusedValues(now, values)
    expect(owned.map(({ params }) => params)).toEqual([
      { path: 'global.meshID', owner: 'meshId' },
      { path: 'global.network', owner: 'network' },
      { path: 'global.multiCluster.clusterName', owner: 'clusterName' },
      { path: 'pilot.env.EXTERNAL_ISTIOD', owner: 'kind' },
      { path: 'profile', owner: 'kind' },
    ])
    expect(refusedValues(undefined, values)).toEqual(owned)
  })

  it('are not held against a change that does not touch them', () => {
    const before = refusedValues(now, { meshConfig: { nope: 1 } })
    expect(newlyRefused(before, refusedValues(now, { meshConfig: { nope: 2 }, pilot: {} }))).toEqual([])
    expect(newlyRefused(before, refusedValues(now, { meshConfig: { nope: 1, noper: 1 } }))).toHaveLength(1)
    expect(newlyRefused(before, refusedValues(schemaOf('v1.29.6'), { meshConfig: { nope: 1 } }))).toHaveLength(1)
  })

  it('are told what becomes of them in another minor', () => {
    const values = {
      pilot: { taint: { name: 'a' }, env: {} },
      meshConfig: { hboneIdleTimeout: '5s', accessLogFile: '' },
    }
    expect(differencesAt(now, schemaOf('v1.29.6'), values)).toEqual([{ path: 'pilot.taint.name', what: 'removed' }])
    expect(differencesAt(schemaOf('v1.31.0'), schemaOf('v1.27.9'), values).map(({ path }) => path)).toEqual([
      'pilot.taint.name',
      'meshConfig.hboneIdleTimeout',
    ])
    const mode = { meshConfig: { outboundTrafficPolicy: { mode: 'ALLOW_ANY_DYNAMIC_DNS' } } }
    expect(differencesAt(schemaOf('v1.31.0'), schemaOf('v1.29.6'), mode)).toEqual([
      { path: 'meshConfig.outboundTrafficPolicy.mode', what: 'changed' },
    ])
  })

  it('name the setting that writes them too', () => {
    expect(settingOf('meshConfig.accessLogFile')).toEqual({ id: 'accessLog', whole: true })
    expect(settingOf('global.proxy.resources.requests')).toEqual({ id: 'cpuRequest', whole: false })
    expect(settingOf('pilot.resources.limits')).toEqual({ id: 'size', whole: true })
    expect(settingOf('meshConfig.defaultConfig.proxyMetadata')).toEqual({ id: 'zeroConnections', whole: false })
    expect(settingOf('meshConfig.extensionProviders')).toEqual({ id: 'tracingProvider', whole: false })
    expect(settingOf('pilot.env')).toBeUndefined()
  })
})

describe('a search', () => {
  const found = (query: string) => searchValues(fieldsOf(now), query).map(({ path }) => path)
  it('puts the value of that name first, then those that speak of it', () => {
    expect(found('concurrency')[0]).toBe('meshConfig.defaultConfig.concurrency')
    expect(found('LOGASJSON')[0]).toBe('global.logAsJson')
    expect(found('worker threads')).toContain('meshConfig.defaultConfig.concurrency')
    expect(found('pilot env')[0]).toBe('pilot.env')
    expect(found('no such thing at all')).toEqual([])
    expect(found(' ')).toHaveLength(fieldsOf(now).length)
  })
})
