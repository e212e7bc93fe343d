import { describe, expect, it } from 'vitest'
import { object } from '../samples.ts'
import { documentAt, keptData } from './config-maps.ts'

const parse = (text: string): unknown => JSON.parse(text)
const canary = 'canary-9d2f'
const map = (name: string, data: Record<string, unknown>, revision = 'default') => ({
  ...object('ConfigMap', name, { namespace: 'istio-system', labels: { 'istio.io/rev': revision } }),
  data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, JSON.stringify(value)])),
})

const mesh = {
  trustDomain: 'td',
  defaultConfig: { meshId: 'm', tracing: { lightstep: { accessToken: canary } }, proxyMetadata: { KEY: canary } },
  extensionProviders: [{ opentelemetry: { http: { headers: [{ name: 'authorization', value: canary }] } } }],
}
const values = {
  global: { network: 'n', multiCluster: { clusterName: 'east' }, tracer: { lightstep: { accessToken: canary } } },
  pilot: { env: { EXTERNAL_ISTIOD: 'true', LICENSE: canary } },
  meshConfig: mesh,
}

describe('keptData', () => {
  it('keeps named settings of the mesh configuration, and no token in it', () => {
    const kept = keptData(map('istio', { mesh, meshNetworks: canary }), parse)
    expect(kept).toEqual({ mesh: '{"trustDomain":"td","defaultConfig":{"meshId":"m"}}' })
  })

  it('keeps named values alone, whichever ConfigMap holds them', () => {
    const wanted = {
      global: { multiCluster: { clusterName: 'east' }, network: 'n' },
      pilot: { env: { EXTERNAL_ISTIOD: 'true' } },
      meshConfig: { trustDomain: 'td', defaultConfig: { meshId: 'm' } },
    }
    const merged = keptData(map('values-1-30', { 'merged-values': values, 'original-values': values }, '1-30'), parse)
    expect(JSON.parse(merged['merged-values'] ?? '')).toEqual(wanted)
    expect(Object.keys(merged)).toEqual(['merged-values'])
    const injector = keptData(map('istio-sidecar-injector-default', { values, config: canary }), parse)
    expect(JSON.parse(injector.values ?? '')).toEqual(wanted)
    expect(JSON.stringify([merged, injector])).not.toContain(canary)
  })

  it.each([
    ['the CNI’s own, which carries the same label', map('istio-cni-config', { mesh })],
    ['somebody’s that was labelled along', map('app-settings', { mesh, values, 'merged-values': values })],
    ['one of another revision than its name', map('istio-1-29', { mesh }, '1-30')],
    ['one without a label', { ...object('ConfigMap', 'istio'), data: { mesh: '{"trustDomain":"td"}' } }],
    ['one without the key', map('istio', { other: mesh })],
    ['one that is no document', { ...map('istio', {}), data: { mesh: '{' } }],
    ['one that is only a text', map('istio', { mesh: 'text' })],
  ])('keeps nothing of %s', (_what, given) => {
    expect(keptData(given, parse)).toEqual({})
  })
})

it('reads a kept document again, and nothing else', () => {
  expect(documentAt(map('istio', { mesh: { trustDomain: 'td' } }), 'mesh')).toEqual({ trustDomain: 'td' })
  expect(documentAt({ ...map('istio', {}), data: { mesh: 'a: b' } }, 'mesh')).toBeUndefined()
  expect(documentAt(undefined, 'mesh')).toBeUndefined()
})
