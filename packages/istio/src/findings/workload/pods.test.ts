import type { Json, JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { object, pod } from '../../samples.ts'
import { type Case, findingsOf } from '../fixes/cases.ts'
import { told } from '../fixes/told.ts'

const codes =
  /^(pod\.injected-twice|workload\.(app-label|version-label|port-|reserved|no-authorization|service-)|workloadgroup\.)/
const of = (objects: KubernetesObject[], more: Omit<Case, 'objects'> = {}) => told(codes, { objects, ...more })
type Made = {
  labels?: Record<string, string>
  annotations?: Record<string, string>
  containers?: Json[]
  kind?: string
  spec?: JsonRecord
}
const full = { app: 'web', version: 'v1' }
const workload = ({ labels = full, annotations, containers = [], kind = 'Deployment', spec = {} }: Made = {}) =>
  object(kind, 'web', {
    namespace: 'shop',
    spec: {
      ...spec,
      template: {
        metadata: { labels, ...(annotations && { annotations }) },
        spec: { containers: containers.length > 0 ? containers : [{ name: 'app', image: 'a' }] },
      },
    },
  })
const inside = (labels: Record<string, string> = full) => pod('web-1', 'shop', { labels, by: 'default' })
const outside = (labels: Record<string, string> = full) => pod('web-1', 'shop', { labels })

describe('labels of telemetry', () => {
  const at = '/spec/template/metadata/labels'
  const app = `info app-label ${at} (label)`
  const version = `info version-label ${at} (label)`
  it.each<[Record<string, string>, string[]]>([
    [{ app: 'web', version: 'v1' }, []],
    [{ app: 'web' }, [version]],
    [{ version: 'v1' }, [app]],
    [{ 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/version': '1' }, []],
    [{ 'service.istio.io/canonical-name': 'web', 'service.istio.io/canonical-revision': '1' }, []],
    [{ app: '', version: '' }, [app, version]],
    [{ x: 'y' }, [app, version]],
  ])('%j', (labels, expected) => {
    expect(of([workload({ labels }), inside(labels)])).toEqual(expected)
  })
  it('matter in the mesh', () => {
    expect(of([workload({ labels: { x: 'y' } }), outside({ x: 'y' })])).toEqual([])
    expect(of([workload({ labels: { x: 'y' } })])).toEqual([])
    expect(of([workload({ labels: { x: 'y' } }), inside({ x: 'z' })])).toEqual([])
    expect(of([workload({ labels: {} }), inside({ x: 'z' })])).toEqual([])
    expect(of([workload({ labels: { x: 'y' } }), inside({ x: 'y' })], { unread: ['east'] })).toEqual([])
    const gateway = pod('web-1', 'shop', {
      labels: { x: 'y' },
      by: 'default',
      annotations: { 'inject.istio.io/templates': 'gateway' },
    })
    expect(of([workload({ labels: { x: 'y' } }), gateway])).toEqual([])
  })
})

describe('ports of containers', () => {
  const container = (name: string, ...ports: JsonRecord[]): Json => ({ name, image: 'a', ports: [...ports] })
  const second = (index: number, place: number) => `/spec/template/spec/containers/${index}/ports/${place}`
  it.each<[Json[], string[]]>([
    [[container('a', { containerPort: 80 }, { containerPort: 80 })], [`warning port-twice ${second(0, 1)} (once)`]],
    [
      [container('a', { containerPort: 80 }), container('b', { containerPort: 80 })],
      [`warning port-twice ${second(1, 0)}`],
    ],
    [[container('a', { containerPort: 80 }, { containerPort: 81 })], []],
    [[container('a', { containerPort: 80 }, { containerPort: 80, protocol: 'UDP' })], []],
    [[container('a', { containerPort: 80 }), container('istio-proxy', { containerPort: 80 })], []],
  ])('case %#', (containers, expected) => {
    expect(of([workload({ containers })])).toEqual(expected)
  })
  it('are not the proxy’s', () => {
    const takes = (port: JsonRecord, name = 'app') => workload({ containers: [container(name, port)] })
    const taken = [`error reserved-port ${second(0, 0)}`]
    expect(of([takes({ containerPort: 15021 }), inside()])).toEqual(taken)
    expect(of([takes({ containerPort: 15000 }), inside()])).toEqual(taken)
    expect(of([takes({ containerPort: 15022 }), inside()])).toEqual([])
    expect(of([takes({ containerPort: 15021, protocol: 'UDP' }), inside()])).toEqual([])
    expect(of([takes({ containerPort: 15021 }, 'istio-proxy'), inside()])).toEqual([])
    expect(of([takes({ containerPort: 15021 }), outside()])).toEqual([])
    expect(of([takes({ containerPort: 15021 }), inside()], { unread: ['east'] })).toEqual([])
  })
  it('are not kept from the proxy where services lead to them', () => {
    const service = object('Service', 'web', {
      namespace: 'shop',
      spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 'main' }] },
    })
    const keeps = (text: string, labels = full) =>
      workload({
        labels,
        annotations: { 'traffic.sidecar.istio.io/excludeInboundPorts': text },
        containers: [container('app', { containerPort: 8080, name: 'main' })],
      })
    const at = '/spec/template/metadata/annotations/traffic.sidecar.istio.io~1excludeInboundPorts'
    const kept = [`warning port-excluded ${at} (not-excluded)`]
    expect(of([keeps('8080'), service])).toEqual(kept)
    expect(of([keeps('9090, 8080'), service])).toEqual(kept)
    expect(of([keeps('9090'), service])).toEqual([])
    expect(of([keeps('80'), service])).toEqual([])
    expect(of([keeps(''), service])).toEqual([])
    expect(of([keeps('8080')])).toEqual([])
    expect(of([keeps('8080', { app: 'api', version: 'v1' }), service])).toEqual([])
    expect(of([keeps('8080')], { members: [service] })).toEqual([])
    const operations = (text: string) =>
      findingsOf({ objects: [keeps(text), service] }).flatMap(({ fixes }) =>
        fixes.filter((each) => each.code === 'not-excluded').flatMap(({ patches }) => patches[0]?.operations ?? []),
      )
    expect(operations('8080')).toEqual([{ op: 'remove', path: at }])
    expect(operations('9090, 8080,443')).toEqual([{ op: 'replace', path: at, value: '9090,443' }])
  })
})

describe('workloads without a policy', () => {
  const policy = (spec: JsonRecord, at = 'shop') =>
    object('AuthorizationPolicy', 'a', {
      namespace: at,
      spec: { rules: [{ to: [{ operation: { ports: ['1'] } }] }], ...spec },
    })
  const api = { selector: { matchLabels: { app: 'api' } } }
  const none = ['info no-authorization ']
  it('are told where others have one', () => {
    expect(of([workload(), inside(), policy(api)])).toEqual(none)
    expect(of([workload(), inside()])).toEqual([])
    expect(of([workload(), inside(), policy({ selector: { matchLabels: { app: 'web' } } })])).toEqual([])
    expect(of([workload(), inside(), policy({})])).toEqual([])
    expect(of([workload(), inside(), policy(api, 'far')])).toEqual([])
    expect(of([workload(), inside(), policy(api), policy({}, 'istio-system')])).toEqual([])
    expect(of([workload(), inside(), policy(api), policy(api, 'istio-system')])).toEqual(none)
    expect(of([workload(), outside(), policy(api)])).toEqual([])
    expect(of([workload(), inside(), policy({ targetRefs: [{ kind: 'Gateway', name: 'x' }] })])).toEqual([])
    const attached = {
      ...policy({ targetRefs: [{ kind: 'Gateway', name: 'x' }] }),
      metadata: { name: 'b', namespace: 'shop' },
    }
    expect(of([workload(), inside(), policy(api), attached])).toEqual(none)
    expect(of([workload(), inside(), policy(api)], { unread: ['east'] })).toEqual([])
  })
})

describe('StatefulSets', () => {
  const set = (serviceName: string, containers: Json[] = []) =>
    workload({ kind: 'StatefulSet', spec: serviceName === '' ? {} : { serviceName }, containers })
  const service = (clusterIP?: string) =>
    object('Service', 'db', {
      namespace: 'shop',
      spec: { selector: full, ports: [{ name: 'tcp', port: 1 }], ...(clusterIP !== undefined && { clusterIP }) },
    })
  const at = '/spec/serviceName'
  it('name their Pods by a headless service', () => {
    expect(of([set('db'), service('None')])).toEqual([])
    expect(of([set('db'), service('10.0.0.1')])).toEqual([`info service-not-headless ${at}`])
    expect(of([set('db'), service()])).toEqual([`info service-not-headless ${at}`])
    expect(of([set('db')])).toEqual([`warning service-not-found ${at}`])
    expect(of([set('')])).toEqual([])
    expect(of([set('db')], { without: ['Service'] })).toEqual([])
  })
  it('can be given one', () => {
    const ports = (...of: JsonRecord[]): Json[] => [{ name: 'db', image: 'a', ports: [...of] }]
    const missing = `warning service-not-found ${at} (headless-service)`
    expect(of([set('db', ports({ containerPort: 5432 }))])).toEqual([missing])
    expect(of([set('db', ports({ containerPort: 80, name: 'http' }, { containerPort: 81, name: 'any' }))])).toEqual([
      missing,
    ])
    expect(of([set('db', ports({ containerPort: 53, protocol: 'UDP' }))])).toEqual([`warning service-not-found ${at}`])
  })
})

describe('two proxies', () => {
  const twice = (place: string) => [`error injected-twice ${place}`]
  const proxy = { name: 'istio-proxy', image: 'docker.io/istio/proxyv2:1.2' }
  const hand = { name: 'envoy', image: 'registry.istio.io/release/proxyv2-distroless@sha256:1' }
  const app = { name: 'app', image: 'a' }
  const native = { ...proxy, restartPolicy: 'Always' }
  it.each<[JsonRecord, string[]]>([
    [{ containers: [app, proxy] }, []],
    [{ containers: [proxy, hand] }, twice('/spec/containers/1')],
    [{ containers: [app, proxy], initContainers: [native] }, twice('/spec/initContainers/0')],
    [{ containers: [app], initContainers: [native] }, []],
    [{ containers: [app, proxy], initContainers: [{ ...proxy, name: 'istio-init' }] }, []],
    [{ containers: [proxy, { name: 'x', image: 'my-proxyv2x:1' }] }, []],
    [{ containers: [proxy, { name: 'x', image: 'proxyv2' }] }, twice('/spec/containers/1')],
  ])('%j', (spec, expected) => {
    expect(of([object('Pod', 'web-1', { namespace: 'shop', spec })])).toEqual(expected)
  })
})

describe('groups of machines', () => {
  const group = (name: string, template: JsonRecord, labels: JsonRecord = {}) =>
    object('WorkloadGroup', name, { namespace: 'shop', spec: { metadata: { labels: { ...labels } }, template } })
  const account = (name: string, at = 'shop') => object('ServiceAccount', name, { namespace: at })
  const lost = 'warning account-not-found /spec/template/serviceAccount'
  it('run as somebody', () => {
    const runs = group('a', { serviceAccount: 'legacy' })
    expect(of([runs, account('legacy')])).toEqual([])
    expect(of([runs])).toEqual([lost])
    expect(of([runs, account('legacy', 'far')])).toEqual([lost])
    expect(of([runs, account('legcay')])).toEqual([`${lost} (near-name)`])
    expect(of([runs], { members: [account('legacy')] })).toEqual([])
    expect(of([group('a', { serviceAccount: 'default' })])).toEqual([])
    expect(of([group('a', {})])).toEqual([])
    expect(of([runs], { without: ['ServiceAccount'] })).toEqual([])
  })
  it('can be told apart', () => {
    const twice = 'warning labels-twice /spec/metadata/labels'
    expect(of([group('a', {}, { app: 'x' }), group('b', {}, { app: 'x' })])).toEqual([twice, twice])
    expect(of([group('a', {}, { app: 'x' }), group('b', {}, { app: 'y' })])).toEqual([])
    expect(
      of([
        group('a', {}, { app: 'x' }),
        { ...group('b', {}, { app: 'x' }), metadata: { name: 'b', namespace: 'far' } },
      ]),
    ).toEqual([])
    expect(of([group('a', {}), group('b', {})])).toEqual([])
  })
})
