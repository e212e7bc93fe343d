import { describe, expect, it } from 'vitest'
import type { JsonRecord } from '@orbweaver/contracts/json'
import { meshOf } from '../samples.ts'
import { controlPlaneValues, deepMerge, injectsByDefault, memberValues, set } from './values.ts'

const mesh = (spec: JsonRecord) => meshOf({ kind: 'Dedicated', ...spec })

describe('controlPlaneValues', () => {
  it('is empty where nothing was set, so that Istio’s defaults stay', () => {
    expect(controlPlaneValues(mesh({}))).toEqual({})
  })

  it('puts every setting where Istio reads it', () => {
    const settings = {
      governance: {
        outboundTrafficPolicy: 'REGISTRY_ONLY',
        locality: { enabled: true, failover: [{ from: 'a', to: 'b' }], distribute: [], failoverPriority: ['rack'] },
        retries: { attempts: 3, retryOn: ['5xx', 'reset'] },
      },
      system: {
        tracing: {
          enabled: true,
          sampling: 5,
          provider: { type: 'zipkin', service: 'zipkin.obs.svc.cluster.local', port: 9411 },
        },
        accessLog: { enabled: false, encoding: 'JSON', format: 'f' },
        trustDomain: 'td',
        trustDomainAliases: ['old'],
      },
      sidecar: {
        injectByDefault: true,
        proxyResources: { limits: { cpu: '1' } },
        proxyLogLevel: 'info',
        holdApplicationUntilProxyStarts: true,
        terminationDrainDuration: '1m30s',
        minimumDrainDuration: '10s',
        exitOnZeroActiveConnections: false,
        imagePullPolicy: 'Always',
        imagePullSecrets: ['pull'],
        lifecycle: { preStop: {} },
      },
    }
    expect(controlPlaneValues(mesh({ settings }))).toEqual({
      meshConfig: {
        outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
        localityLbSetting: { enabled: true, failover: [{ from: 'a', to: 'b' }], failoverPriority: ['rack'] },
        defaultHttpRetryPolicy: { attempts: 3, retryOn: '5xx,reset' },
        enableTracing: true,
        extensionProviders: [
          { name: 'orbweaver-tracing', zipkin: { service: 'zipkin.obs.svc.cluster.local', port: 9411 } },
        ],
        defaultProviders: { tracing: ['orbweaver-tracing'] },
        accessLogFile: '',
        accessLogEncoding: 'JSON',
        accessLogFormat: 'f',
        trustDomain: 'td',
        trustDomainAliases: ['old'],
        defaultConfig: {
          holdApplicationUntilProxyStarts: true,
          terminationDrainDuration: '90s',
          proxyMetadata: { EXIT_ON_ZERO_ACTIVE_CONNECTIONS: 'false', MINIMUM_DRAIN_DURATION: '10s' },
        },
      },
      pilot: { traceSampling: 5 },
      sidecarInjectorWebhook: { enableNamespacesByDefault: true },
      global: {
        proxy: { resources: { limits: { cpu: '1' } }, logLevel: 'info', lifecycle: { preStop: {} } },
        imagePullPolicy: 'Always',
        imagePullSecrets: ['pull'],
      },
    })
  })

  it('leaves out lists that are empty', () => {
    const settings = { governance: { retries: { retryOn: [] } }, sidecar: { imagePullSecrets: [] } }
    expect(controlPlaneValues(mesh({ settings }))).toEqual({})
  })

  it('logs to standard output', () => {
    expect(controlPlaneValues(mesh({ settings: { system: { accessLog: { enabled: true } } } }))).toEqual({
      meshConfig: { accessLogFile: '/dev/stdout' },
    })
  })

  it('sizes istiod', () => {
    const sized = (controlPlane: JsonRecord) =>
      controlPlaneValues(mesh({ controlPlane: { cluster: 'hub', ...controlPlane } }))
    expect(sized({ size: 'S50P200' })).toMatchObject({
      pilot: { resources: { requests: { cpu: '200m', memory: '200Mi' } } },
    })
    expect(sized({ size: 'Custom', resources: { limits: { cpu: '9' } } })).toEqual({
      pilot: { resources: { limits: { cpu: '9' } } },
    })
    expect(sized({ size: 'unknown' })).toEqual({})
    expect(sized({ replicas: 3 })).toEqual({ pilot: { autoscaleEnabled: false, replicaCount: 3 } })
    expect(sized({ autoscaling: { min: 2, max: 5 } })).toEqual({
      pilot: { autoscaleEnabled: true, autoscaleMin: 2, autoscaleMax: 5 },
    })
    expect(sized({ imageHub: 'hub.example.com' })).toEqual({ global: { hub: 'hub.example.com' } })
  })

  it('lets values have the last word', () => {
    const values = { meshConfig: { enableTracing: false, rootNamespace: 'root' }, pilot: null }
    const settings = { system: { tracing: { enabled: true, sampling: 1 } } }
    expect(controlPlaneValues(mesh({ settings, values }))).toEqual({
      meshConfig: { enableTracing: false, rootNamespace: 'root' },
    })
  })
})

describe('memberValues', () => {
  const settings = { sidecar: { injectByDefault: true, proxyLogLevel: 'info' } }
  const controlPlane = { cluster: 'hub', imageHub: 'hub.example.com' }
  const managed = (values: JsonRecord) =>
    meshOf({ kind: 'Managed', settings, controlPlane, members: [{ cluster: 'east', values }, { cluster: 'west' }] })

  it('are what a member’s own objects are rendered from', () => {
    expect(memberValues(managed({}), 'east')).toEqual({
      sidecarInjectorWebhook: { enableNamespacesByDefault: true },
      global: { hub: 'hub.example.com' },
    })
  })

  it('may say otherwise for one member, or clear what it inherits', () => {
    const own = managed({ sidecarInjectorWebhook: { enableNamespacesByDefault: false }, global: { hub: null } })
    expect(memberValues(own, 'east')).toEqual({
      sidecarInjectorWebhook: { enableNamespacesByDefault: false },
      global: {},
    })
    expect(injectsByDefault(own, 'east')).toBe(false)
    expect(injectsByDefault(own, 'west')).toBe(true)
    expect(injectsByDefault(own, 'hub')).toBe(true)
  })
})

it('knows the global switch, wherever it was set', () => {
  expect(injectsByDefault(mesh({}), 'hub')).toBe(false)
  const values = { sidecarInjectorWebhook: { enableNamespacesByDefault: true } }
  expect(injectsByDefault(mesh({ values }), 'hub')).toBe(true)
})

it.each([
  ['500ms', '0.5s'],
  ['5s', '5s'],
  ['1h1m', '3660s'],
])('writes the duration %s as protobuf reads it: %s', (given, written) => {
  const settings = { sidecar: { terminationDrainDuration: given } }
  expect(controlPlaneValues(mesh({ settings }))).toEqual({
    meshConfig: { defaultConfig: { terminationDrainDuration: written } },
  })
})

it('merges maps and replaces all else', () => {
  const base = { a: { b: 1, c: [1, 2] }, d: 1 }
  expect(deepMerge(base, { a: { c: [3] }, d: { e: 1 }, f: null })).toEqual({ a: { b: 1, c: [3] }, d: { e: 1 } })
  expect(base).toEqual({ a: { b: 1, c: [1, 2] }, d: 1 })
})

it('sets a path through what is no map', () => {
  const into = { a: 1 }
  set(into, 'a.b', 2)
  expect(into).toEqual({ a: { b: 2 } })
})
