import { describe, expect, it } from 'vitest'
import { object } from '../../samples.ts'
import { findingsOf } from '../fixes/cases.ts'

describe('definitions of the Gateway API', () => {
  const bundle = 'gateway.networking.k8s.io/bundle-version'
  const crd = (plural: string, version?: string, istio?: string) => {
    const definition = object('CustomResourceDefinition', `${plural}.gateway.networking.k8s.io`, {
      annotations: version === undefined ? {} : { [bundle]: version },
      spec: { group: 'gateway.networking.k8s.io', names: { kind: 'X' } },
    })
    return findingsOf({ objects: [definition], ...(istio !== undefined && { version: istio }) })
      .filter(({ code }) => code.startsWith('crd.'))
      .map(({ code, pointer, aliases }) => [code, pointer, ...aliases].join(' '))
  }
  const low = ['crd.version-low /metadata/annotations/gateway.networking.k8s.io~1bundle-version IST0176']
  it.each<[string, string[], string[]]>([
    ['grpcroutes', ['v1.0.9', '1.0', 'v1', 'v0.8.0', 'v01.00.0'], ['v1.1.0', 'v1.1.0-rc.1', 'v2', 'x', '', 'v1.0.']],
    ['backendtlspolicies', ['v1.3.9'], ['v1.4.0']],
    ['tlsroutes', ['v1.4.0', 'v1.4.9+build.1'], ['v1.5.0-rc.1', 'v1.4.0-01', 'v1.4.0-', 'v1.4.0-a..b']],
    ['tcproutes', ['v1.5.9-0'], ['v1.6.0', `v1.5.9+${'1'.repeat(256)}`]],
    ['httproutes', [], ['v0.1.0']],
  ])('%s', (plural, old, fit) => {
    for (const version of old) expect([version, crd(plural, version)]).toEqual([version, low])
    for (const version of fit) expect([version, crd(plural, version)]).toEqual([version, []])
    expect(crd(plural)).toEqual([])
  })
  it.each([
    ['tlsroutes', 'v1.4.0', '1.29.4', false],
    ['tlsroutes', 'v1.4.0', 'v1.30.0', true],
    ['tcproutes', 'v1.5.0', '1.30.3', false],
    ['tcproutes', 'v1.5.0', '1.31.0-beta.1', true],
    ['backendtlspolicies', 'v1.3.0', '1.27.1', false],
    ['backendtlspolicies', 'v1.3.0', '1.28.0', true],
    ['grpcroutes', 'v1.0.0', '1.27.0', true],
    ['tcproutes', 'v1.5.0', 'latest', true],
    ['tcproutes', 'v1.5.0', '2.0.0', true],
  ] as const)('%s of %s is too old for Istio %s: %s', (...[plural, version, istio, isLow]) => {
    expect(crd(plural, version, istio)).toEqual(isLow ? low : [])
  })
  it.each<[plural: string, istio: string | undefined, served: Record<string, boolean>, isHigh: boolean]>([
    ['tlsroutes', '1.29.4', { v1: true }, true],
    ['tlsroutes', '1.29.4', { v1: true, v1alpha2: false }, true],
    ['tlsroutes', '1.29.4', { v1: true, v1alpha2: true }, false],
    ['tlsroutes', '1.30.0', { v1: true }, false],
    ['tlsroutes', undefined, { v1: true }, false],
    ['tlsroutes', '1.29.4', { v1: false }, false],
    ['tcproutes', '1.30.2', { v1: true }, true],
    ['tcproutes', '1.31.0', { v1: true }, false],
    ['backendtlspolicies', '1.27.0', { v1: true }, false],
    ['httproutes', '1.27.0', { v2: true }, false],
  ])('%s are too new for Istio %s: %j', (...[plural, version, served, isHigh]) => {
    const versions = Object.entries(served).map(([name, each]) => ({ name, served: each }))
    const definition = object('CustomResourceDefinition', `${plural}.gateway.networking.k8s.io`, {
      annotations: { [bundle]: 'v1.6.0' },
      spec: { group: 'gateway.networking.k8s.io', names: { kind: 'X' }, versions },
    })
    const said = findingsOf({ objects: [definition], ...(version !== undefined && { version }) })
      .filter(({ code }) => code.startsWith('crd.'))
      .map(({ code, pointer, params }) => [code, pointer, params['served']])
    expect(said).toEqual(isHigh ? [['crd.version-high', '/spec/versions', 'v1']] : [])
  })
})
