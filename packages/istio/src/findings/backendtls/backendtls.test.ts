import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object, pod } from '../../samples.ts'
import type { Case } from '../fixes/cases.ts'
import { findingsOf } from '../fixes/cases.ts'
import { told } from '../fixes/told.ts'

const web = object('Service', 'web', {
  namespace: 'shop',
  spec: {
    selector: { app: 'web' },
    ports: [
      { name: 'http', port: 80 },
      { name: 'https', port: 443 },
    ],
  },
})
const single = object('Service', 'single', { namespace: 'shop', spec: { ports: [{ port: 443 }] } })
const entry = object('ServiceEntry', 'far', {
  namespace: 'shop',
  spec: {
    hosts: ['far.example'],
    resolution: 'DNS',
    location: 'MESH_EXTERNAL',
    ports: [{ name: 'https', number: 443, protocol: 'HTTPS' }],
  },
})
const homes = [namespace('shop'), namespace('other'), web, single, entry]

type More = { name?: string; validation?: JsonRecord; created?: string; [field: string]: unknown }
const toWeb = { group: '', kind: 'Service', name: 'web' }
const policy = (targets: JsonRecord[], more: More = {}): KubernetesObject => {
  const {
    name = 'tls',
    validation = { wellKnownCACertificates: 'System' },
    created = '2026-01-01T00:00:00Z',
    ...rest
  } = more
  return {
    ...object('BackendTLSPolicy', name, {
      namespace: 'shop',
      created,
      spec: { targetRefs: targets, validation: { hostname: 'web.example', ...validation } },
      ...rest,
    }),
    apiVersion: 'gateway.networking.k8s.io/v1',
  }
}
const say = (objects: KubernetesObject[], more: Partial<Case> = {}) =>
  told(/^backendtlspolicy\./, { ...more, objects: [...homes, ...objects] })
const evidenceOf = (slug: string, ...objects: KubernetesObject[]) =>
  findingsOf({ objects: [...homes, ...objects] })
    .filter(({ code }) => code === `backendtlspolicy.${slug}`)
    .flatMap(({ evidence }) => evidence.map(({ name }) => name))
const ignored = { annotations: { 'istio.io/ignore-policy-attachment': 'true' } }

describe('targets', () => {
  const at = (slug: string, ...ways: string[]) => [['error', slug, '/spec/targetRefs/0', ...ways].join(' ')]
  it('are Services and ServiceEntries of the policy’s namespace', () => {
    const far = { group: 'networking.istio.io', kind: 'ServiceEntry', name: 'far' }
    expect(say([policy([toWeb, far])])).toEqual([])
    expect(say([policy([{ ...toWeb, name: 'gone' }])])).toEqual(at('target-not-found'))
    expect(say([policy([{ ...toWeb, name: 'wbe' }])])).toEqual(at('target-not-found', '(name)'))
    expect(say([policy([{ ...toWeb, name: 'wbe', sectionName: 'metrics' }])])).toEqual(at('target-not-found'))
    expect(say([policy([{ ...toWeb, name: 'far' }])])).toEqual(at('target-not-found', '(kind)'))
    expect(say([policy([{ ...toWeb, group: 'apps', kind: 'Deployment' }])])).toEqual(at('target-kind', '(kind)'))
    expect(say([policy([{ group: '', kind: 'Secret', name: 'x' }])])).toEqual(at('target-kind'))
  })
  it('are not judged where they were not read, or the policy is for somebody else', () => {
    const gone = policy([{ ...toWeb, name: 'gone' }])
    expect(told(/^backendtlspolicy\./, { objects: [namespace('shop'), gone], without: ['Service'] })).toEqual([])
    expect(say([policy([{ ...toWeb, name: 'gone' }], ignored)])).toEqual([])
  })
  it('of another cluster are none: istiod looks where its configuration is', () => {
    const far = object('Service', 'remote', { namespace: 'shop', spec: { ports: [{ port: 80 }] } })
    expect(say([policy([{ ...toWeb, name: 'remote' }])], { members: [far] })).toEqual(at('target-not-found'))
  })
  it('have ports by their names', () => {
    const section = (sectionName: string, target: JsonRecord = toWeb) => say([policy([{ ...target, sectionName }])])
    const missing = (...ways: string[]) => [
      ['error section-not-found /spec/targetRefs/0/sectionName', ...ways].join(' '),
    ]
    expect(section('https')).toEqual([])
    expect(section('443')).toEqual(missing('(section)'))
    expect(section('htps')).toEqual(missing('(section)'))
    expect(section('metrics')).toEqual(missing())
    expect(section('443', { ...toWeb, name: 'single' })).toEqual(missing('(no-section)'))
  })
  it('belong to the oldest policy, and each port to the oldest for it', () => {
    const younger = (targets: JsonRecord[]) => policy(targets, { name: 'young', created: '2026-02-01T00:00:00Z' })
    const lost = 'warning conflicted /spec/targetRefs/0'
    expect(say([policy([toWeb]), younger([toWeb])])).toEqual([lost])
    expect(say([policy([toWeb]), younger([toWeb, { ...toWeb, name: 'single' }])])).toEqual([`${lost} (remove-target)`])
    expect(say([policy([toWeb]), younger([{ ...toWeb, sectionName: 'https' }])])).toEqual([])
    expect(say([policy([toWeb]), policy([toWeb], { name: 'a' })])).toEqual([lost])
    expect(say([policy([toWeb], ignored), younger([toWeb])])).toEqual([])
    const rev = (name: string) => ({ labels: { 'istio.io/rev': name } })
    expect(say([policy([toWeb], rev('one')), younger([toWeb])])).toEqual([])
    const youngOf = (name: string) => policy([toWeb], { name: 'young', created: '2027', ...rev(name) })
    expect(say([policy([toWeb], rev('one')), youngOf('one')])).toEqual([lost])
    expect(say([policy([toWeb], rev('one')), youngOf('two')])).toEqual([])
    const ofPort = (sectionName: string) => [{ ...toWeb, sectionName }]
    expect(say([policy(ofPort('https')), younger(ofPort('https'))])).toEqual([lost])
    const portless = 'error section-not-found /spec/targetRefs/0/sectionName'
    expect(say([policy(ofPort('metrics')), younger(ofPort('metrics'))])).toEqual([portless, portless])
    expect(say([policy([toWeb]), youngOf('one')])).toEqual([lost])
    const [finding] = findingsOf({ objects: [...homes, policy([toWeb]), younger([toWeb])] }).filter(
      ({ code }) => code === 'backendtlspolicy.conflicted',
    )
    expect(finding).toMatchObject({ params: { winner: 'tls' }, evidence: [{ name: 'tls' }], ref: { name: 'young' } })
  })
})

describe('CA certificates', () => {
  const place = '/spec/validation/caCertificateRefs'
  const refs = (...caCertificateRefs: JsonRecord[]) => policy([toWeb], { validation: { caCertificateRefs } })
  const map = { group: '', kind: 'ConfigMap', name: 'ca' }
  const held = (data: JsonRecord, labels: Record<string, string> = {}): KubernetesObject => ({
    ...object('ConfigMap', 'ca', { namespace: 'shop', labels }),
    data,
  })
  it('are in a ConfigMap that may be unknown, and has one if it is not', () => {
    expect(say([refs(map)])).toEqual([])
    expect(say([refs(map), held({ 'ca.crt': 'x' })])).toEqual([])
    expect(say([refs(map), held({ cacert: 'x' })])).toEqual([])
    expect(say([refs(map), held({ 'ca.crt': '' })])).toEqual([`error ca-without-certificate ${place}/0`])
    expect(say([refs(map), held({ 'ca.pem': 'x' })])).toEqual([`error ca-without-certificate ${place}/0`])
    expect(evidenceOf('ca-without-certificate', refs(map), held({ 'ca.pem': 'x' }))).toEqual(['ca'])
    expect(say([refs(map), held({}, { 'istio.io/rev': 'default' })])).toEqual([])
    expect(say([refs({ ...map, kind: 'Secret' })])).toEqual([`error ca-kind ${place}/0`])
    expect(say([refs({ ...map, group: 'cert-manager.io', kind: 'Bundle' })])).toEqual([`error ca-kind ${place}/0`])
  })
  it('of several references are those of the first', () => {
    expect(say([refs(map, map, map)])).toEqual([`warning ca-several ${place}/1 (first-only)`])
  })
  it('are its own or the system’s', () => {
    const of = (validation: JsonRecord) => say([policy([toWeb], { validation })])
    expect(of({})).toEqual(['rejected ca-none /spec/validation (system)'])
    expect(of({ caCertificateRefs: [] })).toEqual(['rejected ca-none /spec/validation (system)'])
    expect(of({ caCertificateRefs: [map], wellKnownCACertificates: 'System' })).toEqual([
      'rejected ca-both /spec/validation (own) (system)',
    ])
    expect(of({ wellKnownCACertificates: 'system' })).toEqual([
      'error well-known-unknown /spec/validation/wellKnownCACertificates (system)',
    ])
  })
})

describe('DestinationRules', () => {
  const rule = (spec: JsonRecord, at = 'shop', host = 'web.shop.svc.cluster.local') =>
    object('DestinationRule', 'dr', { namespace: at, spec: { host, ...spec } })
  const random = { loadBalancer: { simple: 'RANDOM' } }
  const of = (targets: JsonRecord[], ...rules: KubernetesObject[]) =>
    findingsOf({ objects: [...homes, policy(targets), ...rules] })
      .filter(({ code }) => code.startsWith('backendtlspolicy.'))
      .map(({ code, params }) =>
        `${code.slice(17)} ${String(params.ports ?? params.namespace)} ${String(params.because ?? '')}`.trim(),
      )
  const https = [{ ...toWeb, sectionName: 'https' }]
  it('of the namespace count first, and leave to the policy what they do not say', () => {
    expect(of([toWeb], rule({ trafficPolicy: random }))).toEqual([])
    expect(of([toWeb], rule({ trafficPolicy: { tls: { mode: 'DISABLE' } } }))).toEqual(['overridden 80, 443 tls'])
    expect(of([toWeb], rule({ trafficPolicy: { tls: { mode: 'DISABLE' } } }, 'shop', 'web'))).toEqual([
      'overridden 80, 443 tls',
    ])
    expect(of([toWeb], rule({ trafficPolicy: { tls: { mode: 'DISABLE' } }, workloadSelector: {} }))).toEqual([])
    expect(of([toWeb], rule({ trafficPolicy: { tls: { mode: 'DISABLE' } } }, 'shop', 'single'))).toEqual([])
  })
  it('with settings of one port keep a policy for all from it', () => {
    const port = { trafficPolicy: { portLevelSettings: [{ port: { number: 443 }, ...random }] } }
    expect(of([toWeb], rule(port))).toEqual(['overridden 443 port-settings'])
    expect(of(https, rule(port))).toEqual([])
    expect(of(https, rule({ trafficPolicy: { tls: { mode: 'DISABLE' } } }))).toEqual([])
  })
  it('that are exported by name are kept apart', () => {
    const exported = rule({ trafficPolicy: random, exportTo: ['*'] })
    expect(of([toWeb], exported)).toEqual(['overridden 80, 443 exported'])
    expect(say([policy([toWeb]), exported])).toEqual(['warning overridden /spec/targetRefs/0 (no-export)'])
    const some = rule({ trafficPolicy: random, exportTo: ['.', 'other'] })
    expect(say([policy([toWeb]), some])).toEqual(['warning overridden /spec/targetRefs/0'])
  })
  it('of clients hide the policy from them, unless they say which TLS', () => {
    expect(of([toWeb], rule({ trafficPolicy: random }, 'other'))).toEqual(['hidden other'])
    expect(of([toWeb], rule({ trafficPolicy: random }, 'other', '*.shop.svc.cluster.local'))).toEqual(['hidden other'])
    expect(of([toWeb], rule({ trafficPolicy: { tls: { mode: 'SIMPLE' } } }, 'other'))).toEqual([])
    const portLevelSettings = [{ port: { number: 443 }, tls: { mode: 'SIMPLE' } }]
    expect(of([toWeb], rule({ trafficPolicy: { portLevelSettings } }, 'other'))).toEqual(['hidden other'])
    expect(of(https, rule({ trafficPolicy: { portLevelSettings } }, 'other'))).toEqual([])
    expect(of([toWeb], rule({ trafficPolicy: random, exportTo: ['elsewhere'] }, 'other'))).toEqual([])
    expect(of([toWeb], rule({ trafficPolicy: random }, 'istio-system'))).toEqual([])
  })
})

describe('servers', () => {
  const strict = object('PeerAuthentication', 'strict', { namespace: 'shop', spec: { mtls: { mode: 'STRICT' } } })
  const server = (by?: string) => pod('web-1', 'shop', { labels: { app: 'web' }, ...(by !== undefined && { by }) })
  it('that take mutual TLS of the mesh alone take no other', () => {
    const bad = ['error strict-server /spec/targetRefs/0']
    expect(say([policy([toWeb]), server('default'), strict])).toEqual(bad)
    expect(evidenceOf('strict-server', policy([toWeb]), server('default'), strict)).toEqual(['web-1', 'strict'])
    expect(say([policy([toWeb]), server(), strict])).toEqual([])
    expect(say([policy([toWeb]), server('default')])).toEqual([])
    const mutual = { host: 'web', trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } }
    const rule = object('DestinationRule', 'dr', { namespace: 'shop', spec: mutual })
    expect(say([policy([toWeb]), server('default'), strict, rule])).toEqual(['warning overridden /spec/targetRefs/0'])
  })
  it('in ambient mode need a waypoint for it', () => {
    const ambient = (labels: Record<string, string> = {}) =>
      told(/^backendtlspolicy\./, {
        objects: [namespace('shop', { 'istio.io/dataplane-mode': 'ambient', ...labels }), web, policy([toWeb])],
      })
    expect(ambient()).toEqual(['warning ambient-without-waypoint /spec/targetRefs/0'])
    expect(ambient({ 'istio.io/use-waypoint': 'waypoint' })).toEqual([])
  })
})

describe('status', () => {
  const reason = 'InvalidCACertificateRef'
  const condition = { type: 'ResolvedRefs', status: 'False', reason, message: 'not found', observedGeneration: 2 }
  const accepted = { ...condition, type: 'Accepted', reason: 'NoValidCACertificate' }
  const validation = { caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'ca' }] }
  const written = (conditions: JsonRecord[], controllerName = 'istio.io/mesh-controller', targets = [toWeb]) => {
    const plain = policy(targets, { validation })
    const ancestors = [1, 2].map(() => ({ controllerName, conditions }))
    return say([{ ...plain, metadata: { ...plain.metadata, generation: 2 }, status: { ancestors } }])
  }
  const once = ['error status /status/ancestors/0/conditions/1']
  it('tells once what nobody else can know', () => {
    expect(written([accepted, condition])).toEqual(once)
    expect(written([accepted, condition], 'istio.io/gateway-controller')).toEqual(once)
    expect(written([{ ...condition, status: 'True' }])).toEqual([])
  })
  it('of others, or of what the policy was before, says nothing', () => {
    expect(written([condition], 'example.com/controller')).toEqual([])
    expect(written([{ ...condition, observedGeneration: 1 }])).toEqual([])
  })
  it('says nothing that another finding says, and the rest beside it', () => {
    const gone = [{ ...toWeb, name: 'gone' }]
    const missing = 'error target-not-found /spec/targetRefs/0'
    const of = (each: JsonRecord) => written([each], 'istio.io/mesh-controller', gone)
    expect(of({ ...accepted, reason: 'TargetNotFound' })).toEqual([missing])
    expect(of(condition)).toEqual(['error status /status/ancestors/0/conditions/0', missing])
  })
})
