import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object, pod } from '../samples.ts'
import { kinds } from '../world/kinds.ts'
import { clusterView } from '../world/view.ts'
import { areToCome } from './carriers.ts'
import { type Case, findingsOf } from './fixes/cases.ts'

const home = namespace('shop', { 'istio-injection': 'enabled' })
const makes = (app: string, more: JsonRecord = {}) =>
  object('Deployment', app, {
    namespace: 'shop',
    spec: { template: { metadata: { labels: { app, version: 'v1' } }, spec: { containers: [] } }, ...more },
  })
/** As a file has it. */
const written = object('Pod', 'test', { namespace: 'shop', labels: { app: 'test' } })
const runs = pod('test', 'shop', { labels: { app: 'test' } })

describe('Pods that are to come', () => {
  const viewOf = (objects: KubernetesObject[]) => clusterView('c', objects, Object.values(kinds))
  const of = (objects: KubernetesObject[], at = 'shop', labels: Record<string, string> = {}) =>
    areToCome(viewOf(objects), at, { app: 'web', ...labels })
  const anywhere = (objects: KubernetesObject[]) => areToCome(viewOf(objects), undefined, { app: 'web' })
  it('are of a workload that makes such, where none runs', () => {
    expect(of([makes('web')])).toBe(true)
    expect(anywhere([makes('web')])).toBe(true)
    expect(of([makes('web')], 'far')).toBe(false)
    expect(of([makes('web')], 'shop', { version: 'v2' })).toBe(false)
    expect(of([makes('api')])).toBe(false)
    expect(of([makes('web', { replicas: 0 })])).toBe(false)
    expect(of([makes('web', { replicas: 1 })])).toBe(true)
    expect(of([makes('web'), written])).toBe(true)
    expect(of([makes('web'), runs])).toBe(false)
    expect(of([makes('web'), pod('far', 'far', {})])).toBe(true)
    expect(anywhere([makes('web'), pod('far', 'far', {})])).toBe(false)
  })
})

describe('rules for Pods that are to come', () => {
  const matchLabels = { app: 'web' }
  const rule = (kind: string, spec: JsonRecord) => object(kind, 'a', { namespace: 'shop', spec })
  const rules = [
    rule('PeerAuthentication', { selector: { matchLabels }, mtls: { mode: 'STRICT' } }),
    rule('Sidecar', { workloadSelector: { labels: matchLabels }, egress: [{ hosts: ['./*'] }] }),
    rule('Telemetry', { selector: { matchLabels }, accessLogging: [] }),
    rule('Gateway', { selector: { app: 'web' }, servers: [] }),
    rule('VirtualService', { hosts: ['web'], http: [{ route: [{ destination: { host: 'web', subset: 'v1' } }] }] }),
    rule('DestinationRule', { host: 'web', subsets: [{ name: 'v1', labels: { version: 'v1' } }] }),
    object('Service', 'web', {
      namespace: 'shop',
      spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80 }] },
    }),
  ]
  const about = /(no-workload|selector-empty|subset-empty)$/
  const of = (more: Partial<Case> & { objects: KubernetesObject[] }) =>
    findingsOf({ ...more, objects: [home, ...rules, ...more.objects] })
      .filter(({ code }) => about.test(code))
      .map(({ severity, code, fixes }) => [severity, code, ...fixes.map((fix) => fix.code)].join(' '))
      .toSorted((a, b) => a.localeCompare(b))
  const soon = [
    'info destinationrule.subset-empty',
    'info gateway.selector-empty',
    'info sidecar.selector-empty',
    'info telemetry.selector-empty',
  ]
  it('are worth knowing at most', () => {
    const ingress = pod('edge', 'edge', { labels: { istio: 'ingressgateway' } })
    const { status: _, ...ofFile } = ingress
    expect(of({ objects: [makes('web')] })).toEqual(soon)
    expect(of({ objects: [makes('web'), written, ofFile] })).toEqual(soon)
    expect(of({ objects: [], members: [makes('web')] })).toContain('info sidecar.selector-empty')
  })
  it('are warned of where something else runs', () => {
    const ofOthers = [
      'error destinationrule.subset-empty',
      'warning gateway.selector-empty',
      'warning peerauthentication.no-workload',
      'warning sidecar.selector-empty',
      'warning telemetry.selector-empty',
    ]
    expect(of({ objects: [makes('web'), runs] })).toEqual(ofOthers)
    expect(of({ objects: [makes('api')] })).toEqual(ofOthers)
  })
})
