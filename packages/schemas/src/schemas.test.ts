import { at, isRecord, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, test } from 'vitest'
import { gatewayApiCrds, istioCrds } from './istio.ts'
import { sailCrds } from './sail.ts'
import { filesByGroup, structureOf } from './structure.ts'
import { defaultVersion, istioVersions } from './versions.ts'

const kindsOf = (crds: readonly KubernetesObject[]) => crds.map((crd) => textAt(crd, 'spec', 'names', 'kind'))

/** Every value below a schema that is a text under the key `description`. */
function descriptions(value: Json | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(descriptions)
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([key, each]) =>
    key === 'description' && typeof each === 'string' ? [each] : descriptions(each),
  )
}

describe('generated definitions', () => {
  test('are those of Istio and of the standard channel of the Gateway API', () => {
    expect(new Set(kindsOf(istioCrds))).toEqual(
      new Set([
        'AuthorizationPolicy',
        'DestinationRule',
        'EnvoyFilter',
        'Gateway',
        'PeerAuthentication',
        'ProxyConfig',
        'RequestAuthentication',
        'ServiceEntry',
        'Sidecar',
        'Telemetry',
        'TrafficExtension',
        'VirtualService',
        'WasmPlugin',
        'WorkloadEntry',
        'WorkloadGroup',
      ]),
    )
    expect(kindsOf(gatewayApiCrds)).toContain('HTTPRoute')
    expect(gatewayApiCrds[0]?.metadata.annotations?.['gateway.networking.k8s.io/channel']).toBe('standard')
  })

  test('carry no description, yet all of the structure', () => {
    expect([...istioCrds, ...gatewayApiCrds].flatMap((crd) => descriptions(crd.spec))).toEqual([])
    const virtualService = istioCrds.find((crd) => crd.metadata.name === 'virtualservices.networking.istio.io')
    const served = listAt(virtualService, 'spec', 'versions').find((each) => textAt(each, 'name') === 'v1')
    const route = at(served, 'schema', 'openAPIV3Schema', 'properties', 'spec', 'properties', 'http', 'items')
    expect(at(route, 'properties', 'route', 'items', 'properties', 'weight')).toEqual({
      format: 'int32',
      type: 'integer',
    })
  })

  test('lose texts, but not properties of that name', () => {
    const crd = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'a.b', creationTimestamp: '2026-01-01T00:00:00Z' },
      spec: { group: 'b', description: 'gone', properties: { description: { type: 'string', description: 'gone' } } },
      status: { acceptedNames: {} },
    }
    expect(structureOf(crd)).toEqual({
      apiVersion: crd.apiVersion,
      kind: crd.kind,
      metadata: { name: 'a.b' },
      spec: { group: 'b', properties: { description: { type: 'string' } } },
    })
  })

  test('are written in one order, whatever order they came in', () => {
    const backwards = [...istioCrds].reverse()
    expect(filesByGroup(backwards)).toEqual(filesByGroup(istioCrds))
    expect([...filesByGroup(istioCrds).keys()].sort()).toEqual([
      'extensions.istio.io.json',
      'networking.istio.io.json',
      'security.istio.io.json',
      'telemetry.istio.io.json',
    ])
  })
})

describe('the Sail Operator', () => {
  const versionField = (kind: string) => {
    const crd = sailCrds.find((each) => textAt(each, 'spec', 'names', 'kind') === kind)
    return at(crd, 'spec', 'versions', 0, 'schema', 'openAPIV3Schema', 'properties', 'spec', 'properties', 'version')
  }

  test('has five kinds, all cluster-scoped, with a status', () => {
    expect(kindsOf(sailCrds)).toEqual(['Istio', 'IstioRevision', 'IstioRevisionTag', 'IstioCNI', 'ZTunnel'])
    for (const crd of sailCrds) {
      expect(textAt(crd, 'spec', 'scope')).toBe('Cluster')
      expect(at(crd, 'spec', 'versions', 0, 'subresources', 'status')).toEqual({})
      expect(listAt(crd, 'spec', 'versions').filter((each) => at(each, 'storage') === true)).toHaveLength(1)
    }
  })

  test('keeps end-of-life versions in the enum and tells in the description what it installs', () => {
    const names = listAt(versionField('Istio'), 'enum')
    expect(names).toEqual(istioVersions.map((each) => each.name))
    const listed = /Must be one of: (.*)\./.exec(textAt(versionField('Istio'), 'description') ?? '')?.[1]?.split(', ')
    expect(listed).toContain('v1.30.3')
    expect(listed).toContain('v1.30-latest')
    expect(listed?.filter((each) => each.startsWith('v1.28'))).toEqual([])
    expect(names).toContain('v1.28.0')
  })

  test('computes revisions of versions, never of aliases', () => {
    const names = listAt(versionField('IstioRevision'), 'enum')
    expect(names).not.toContain('v1.30-latest')
    expect(names).not.toContain('master')
    expect(names).toContain('v1.30.3')
  })

  test('has aliases that point at versions it installs, and a default among them', () => {
    const installable = istioVersions.filter((each) => !each.eol && each.alias === undefined).map((each) => each.name)
    for (const { alias, eol } of istioVersions) if (alias !== undefined && !eol) expect(installable).toContain(alias)
    expect(installable).toContain(defaultVersion)
  })
})
