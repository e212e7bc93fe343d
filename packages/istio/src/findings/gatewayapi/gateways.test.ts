import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object, service } from '../../samples.ts'
import type { Case } from '../fixes/cases.ts'
import { told } from '../fixes/told.ts'

const api = ([kind, name, at]: [string, string, string], spec: JsonRecord): KubernetesObject => ({
  ...object(kind, name, { namespace: at, spec }),
  apiVersion: 'gateway.networking.k8s.io/v1',
})
const homes = [namespace('edge'), namespace('certs')]
const say = (objects: KubernetesObject[], more: Partial<Case> = {}) =>
  told(/^(k8sgateway|referencegrant|route)\./, { ...more, objects: [...homes, ...objects] })

describe('classes of Gateways', () => {
  const of = (
    gatewayClassName: string,
    more: { labels?: Record<string, string>; annotations?: Record<string, string> } = {},
  ) => ({
    ...object('Gateway', 'gw', { namespace: 'edge', spec: { gatewayClassName, listeners: [] }, ...more }),
    apiVersion: 'gateway.networking.k8s.io/v1',
  })
  const gatewayClass = (name: string, controllerName: string) => ({
    ...object('GatewayClass', name, { spec: { controllerName } }),
    apiVersion: 'gateway.networking.k8s.io/v1',
  })
  const missing = ['error class-not-found /spec/gatewayClassName']
  it('exist, or are those that istiod makes', () => {
    const some = { ...gatewayClass('else', 'example.com/controller'), status: {} }
    expect(say([of('gone'), some])).toEqual(missing)
    expect(say([of('Istio'), some])).toEqual([`${missing[0]} (class)`])
    expect(say([of('gone')])).toEqual([])
    expect(say([of('gone'), gatewayClass('else', 'example.com/controller')])).toEqual([])
    const near = ['warning class-not-found /spec/gatewayClassName (class)']
    expect(say([of('Istio')])).toEqual(near)
    expect(say([of('istio-waypiont')])).toEqual(near)
    expect(say([of('own'), gatewayClass('own', 'istio.io/gateway-controller')])).toEqual([])
    for (const each of ['istio', 'istio-remote', 'istio-waypoint', 'istio-east-west', ''])
      expect(say([of(each)])).toEqual([])
    expect(say([of('Istio')], { without: ['gateway.networking.k8s.io/GatewayClass'] })).toEqual([])
  })
  it('are Istio’s where something is said to Istio', () => {
    const foreign = gatewayClass('else', 'example.com/controller')
    const others = ['warning class-of-others /spec/gatewayClassName']
    const rev = { 'istio.io/rev': 'a' }
    expect(say([of('else', { labels: rev }), foreign])).toEqual(others)
    expect(say([of('else', { annotations: { 'networking.istio.io/service-type': 'ClusterIP' } }), foreign])).toEqual(
      others,
    )
    expect(say([of('else'), foreign])).toEqual([])
    expect(say([of('else', { labels: { 'notistio.io/x': 'a' } }), foreign])).toEqual([])
    expect(say([of('else', { labels: rev }), gatewayClass('else', '')])).toEqual([])
    for (const each of ['gateway', 'mesh', 'eastwest']) {
      expect(say([of('else', { labels: rev }), gatewayClass('else', `istio.io/${each}-controller`)])).toEqual([])
    }
    expect(say([of('else', { labels: rev }), gatewayClass('else', 'istio.io/unmanaged-gateway')])).toEqual([])
  })
})

describe('listeners beside each other', () => {
  const on = (...listeners: JsonRecord[]) =>
    say([
      api(['Gateway', 'gw', 'edge'], {
        gatewayClassName: 'istio',
        listeners: listeners.map((each, index) => ({ name: `l${index}`, port: 80, protocol: 'HTTP', ...each })),
      }),
    ])
  it('differ in port or host', () => {
    const taken = ['error listener-taken /spec/listeners/1']
    expect(on({}, {})).toEqual(taken)
    expect(on({}, { port: 81 })).toEqual([])
    expect(on({ hostname: 'a.com' }, { hostname: 'b.com' })).toEqual([])
    expect(on({ hostname: 'a.com' }, { hostname: 'a.com' })).toEqual(taken)
    expect(on({ hostname: '' }, {})).toEqual(taken)
    expect(on({ hostname: 'a.com' }, {})).toEqual([])
  })
  it('speak protocols that go together', () => {
    const clash = ['error protocol-conflict /spec/listeners/1']
    const tls = { protocol: 'HTTPS', tls: {} }
    expect(on({}, tls)).toEqual(clash)
    expect(on({ protocol: 'TCP' }, { hostname: 'a.com' })).toEqual(clash)
    expect(on({ protocol: 'TCP' }, { protocol: 'TCP', hostname: 'a.com' })).toEqual([
      'error listener-taken /spec/listeners/1',
    ])
  })
  it('are compared with those that are served', () => {
    expect(on({ hostname: 'a.com' }, { hostname: 'a.com', protocol: 'TCP' }, { hostname: 'b.com' })).toEqual([
      'error protocol-conflict /spec/listeners/1',
    ])
  })
  it('of other controllers are theirs', () => {
    const listeners = [
      { name: 'a', port: 80, protocol: 'HTTP' },
      { name: 'b', port: 80, protocol: 'HTTP' },
    ]
    const foreign = {
      ...object('GatewayClass', 'else', { spec: { controllerName: 'x' } }),
      apiVersion: 'gateway.networking.k8s.io/v1',
    }
    expect(say([foreign, api(['Gateway', 'gw', 'edge'], { gatewayClassName: 'else', listeners })])).toEqual([])
  })
})

describe('certificates', () => {
  const secret = (name: string, at = 'edge', type = 'kubernetes.io/tls'): KubernetesObject => ({
    ...object('Secret', name, { namespace: at }),
    type,
  })
  const with_ = (reference: JsonRecord, tls: JsonRecord = {}, gatewayClassName = 'istio') =>
    api(['Gateway', 'gw', 'edge'], {
      gatewayClassName,
      listeners: [{ name: 'web', port: 443, protocol: 'HTTPS', tls: { certificateRefs: [reference], ...tls } }],
    })
  const at = '/spec/listeners/0/tls/certificateRefs/0'
  const missing = `error certificate-not-found ${at}`
  const other = secret('other', 'far')
  it('exist', () => {
    expect(say([with_({ name: 'a' }), secret('a')])).toEqual([])
    expect(say([with_({ name: 'a' })])).toEqual([`warning certificate-not-found ${at}`])
    expect(say([with_({ name: 'a' }), other])).toEqual([missing])
    expect(say([with_({ name: 'a' }), secret('b')])).toEqual([`${missing} (secret)`])
    expect(say([with_({ name: 'a' }), secret('b'), secret('c')])).toEqual([missing])
    expect(say([with_({ name: 'a' }), secret('b', 'edge', 'Opaque')])).toEqual([missing])
    expect(say([with_({ name: 'a' }), { ...secret('b'), data: { x: 'y' } }])).toEqual([missing])
    expect(say([with_({ name: 'a' }), secret('b', 'certs')])).toEqual([missing])
    expect(say([with_({ name: 'a' })], { without: ['Secret'] })).toEqual([])
  })
  it('are asked for where TLS ends', () => {
    expect(say([with_({ name: 'a' }, { mode: 'Passthrough' })])).toEqual([])
    expect(say([with_({ name: 'a' }, { mode: 'Terminate' }), other])).toEqual([missing])
    const option = (mode: string) => with_({ name: 'a' }, { options: { 'gateway.istio.io/tls-terminate-mode': mode } })
    expect(say([option('ISTIO_MUTUAL')])).toEqual([])
    expect(say([option('MUTUAL'), other])).toEqual([missing])
    expect(say([with_({ name: 'a', kind: 'ConfigMap' })])).toEqual([`error certificate-kind ${at}`])
    const plain = api(['Gateway', 'gw', 'edge'], {
      gatewayClassName: 'istio',
      listeners: [{ name: 'a', port: 1, protocol: 'HTTP' }],
    })
    expect(say([plain])).toEqual([])
    const foreign = {
      ...object('GatewayClass', 'else', { spec: { controllerName: 'x' } }),
      apiVersion: 'gateway.networking.k8s.io/v1',
    }
    expect(say([foreign, with_({ name: 'a' }, {}, 'else')])).toEqual([])
  })
  it('can be used', () => {
    const unusable = `error certificate-unusable ${at}`
    const broken = (name: string) => ({ ...secret(name), data: { 'tls.crt': 'bm9wZQ==', 'tls.key': 'bm9wZQ==' } })
    expect(say([with_({ name: 'a' }), { ...secret('a'), data: { x: 'y' } }])).toEqual([unusable])
    expect(say([with_({ name: 'a' }), broken('a'), secret('b')])).toEqual([`${unusable} (secret)`])
  })
  it('are two at the most', () => {
    const all = (...names: string[]) =>
      with_({ name: 'a' }, { certificateRefs: names.map((name): JsonRecord => ({ name })) })
    expect(say([all('a', 'b'), secret('a'), secret('b')])).toEqual([])
    const second = '/spec/listeners/0/tls/certificateRefs/1'
    expect(say([all('a', 'b'), { ...secret('a'), type: 'Opaque' }])).toEqual([
      `warning certificate-not-found ${second}`,
    ])
    expect(say([all('a', 'b'), other])).toEqual([missing, `error certificate-not-found ${second}`])
    expect(say([all('a', 'b', 'c'), secret('a')])).toEqual([
      'error certificates-too-many /spec/listeners/0/tls/certificateRefs',
    ])
  })
  it('of ListenerSets are let by themselves', () => {
    const gateway = api(['Gateway', 'gw', 'edge'], {
      gatewayClassName: 'istio',
      listeners: [],
      allowedListeners: { namespaces: { from: 'All' } },
    })
    const set = api(['ListenerSet', 'set', 'edge'], {
      parentRef: { name: 'gw' },
      listeners: [
        { name: 'web', port: 443, protocol: 'HTTPS', tls: { certificateRefs: [{ name: 'a', namespace: 'certs' }] } },
      ],
    })
    const grant = (kind: string) =>
      api(['ReferenceGrant', 'grant', 'certs'], {
        from: [{ group: 'gateway.networking.k8s.io', kind, namespace: 'edge' }],
        to: [{ group: '', kind: 'Secret' }],
      })
    expect(say([gateway, set, secret('a', 'certs'), grant('ListenerSet')])).toEqual([])
    expect(say([gateway, set, secret('a', 'certs'), grant('Gateway')])).toEqual([
      `error certificate-not-granted ${at} (grant)`,
    ])
    expect(say([set])).toEqual([])
  })
  it('of another namespace are let', () => {
    const reference = { name: 'a', namespace: 'certs' }
    const refused = `error certificate-not-granted ${at}`
    const grant = (more: JsonRecord = {}) =>
      api(['ReferenceGrant', 'grant', 'certs'], {
        from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'edge', ...more }],
        to: [{ group: '', kind: 'Secret' }],
      })
    expect(say([with_(reference), secret('a', 'certs')])).toEqual([`${refused} (grant)`])
    expect(say([with_(reference), secret('a', 'certs'), grant()])).toEqual([])
    expect(say([with_(reference), secret('a', 'certs'), grant({ kind: 'HTTPRoute' })])).toEqual([`${refused} (grant)`])
    expect(say([with_(reference), grant(), other])).toEqual([missing])
    expect(say([with_(reference), grant(), secret('b', 'certs')])).toEqual([`${missing} (secret)`])
    const narrow = api(['ReferenceGrant', 'grant', 'certs'], {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'edge' }],
      to: [{ group: '', kind: 'Secret', name: 'a' }],
    })
    expect(say([with_(reference), narrow, secret('b', 'certs')])).toEqual([missing])
    expect(
      say([with_(reference), secret('a', 'certs')], { without: ['gateway.networking.k8s.io/ReferenceGrant'] }),
    ).toEqual([])
  })
})

describe('grants', () => {
  const from = (...names: (string | number)[]) =>
    say([
      api(['ReferenceGrant', 'g', 'edge'], {
        from: names.map((name) => ({ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: name })),
        to: [],
      }),
    ])
  it('are for namespaces that exist', () => {
    expect(from('edge', 'gone')).toEqual(['warning namespace-not-found /spec/from/1/namespace'])
    expect(from('', 1)).toEqual([])
    const grant = api(['ReferenceGrant', 'g', 'edge'], { from: [{ namespace: 'gone' }] })
    const home = namespace('edge')
    expect(told(/^referencegrant/, { objects: [grant] })).toEqual([])
    expect(told(/^referencegrant/, { objects: [grant, home] })).toHaveLength(1)
    expect(told(/^referencegrant/, { objects: [grant], members: [home], without: ['Namespace'] })).toEqual([])
    for (const kind of ['Gateway', 'HTTPRoute', 'ListenerSet'])
      expect(told(/^referencegrant/, { objects: [grant, home, api([kind, 'a', 'gone'], {})] })).toEqual([])
    expect(told(/^referencegrant/, { objects: [grant, home, api(['Gateway', 'a', 'far'], {})] })).toHaveLength(1)
    expect(told(/^referencegrant/, { objects: [grant, home, service('a', 'gone')] })).toEqual([])
  })
})

describe('status', () => {
  const with_ = (kind: string, status: JsonRecord): KubernetesObject => ({ ...api([kind, 'r', 'edge'], {}), status })
  const conditions = (...all: [string, string][]) => ({
    conditions: all.map(([type, status]) => ({ type, status, reason: 'R', message: 'm' })),
  })
  it('is told where it says no', () => {
    const parents = {
      parents: [conditions(['Accepted', 'True']), conditions(['Accepted', 'False'], ['ResolvedRefs', 'False'])],
    }
    const bad = ['0', '1'].map((each) => `warning status /status/parents/1/conditions/${each}`)
    expect(say([with_('TCPRoute', parents)])).toEqual(bad)
    expect(say([with_('TLSRoute', parents)])).toEqual(bad)
    expect(say([with_('ListenerSet', conditions(['Programmed', 'False']))])).toEqual([
      'warning status /status/conditions/0',
    ])
    expect(say([with_('TCPRoute', conditions(['Other', 'False'], ['Accepted', 'Unknown']))])).toEqual([])
    expect(say([with_('HTTPRoute', parents)])).toEqual([])
  })
  it('is not told again where a judge says why', () => {
    const refused = ['error parent-not-found /spec/parentRefs/0']
    const route = (name: string, type: string): KubernetesObject => ({
      ...api(['TCPRoute', 'r', 'edge'], { parentRefs: [{ name: 'gone' }, { name: 'gw' }] }),
      status: { parents: [{ parentRef: { name }, ...conditions([type, 'False']) }] },
    })
    const gw = api(['Gateway', 'gw', 'edge'], {
      gatewayClassName: 'istio',
      listeners: [{ name: 'a', port: 9, protocol: 'TCP' }],
    })
    const again = 'warning status /status/parents/0/conditions/0'
    expect(say([gw, route('gone', 'Accepted')])).toEqual(refused)
    expect(say([gw, route('gw', 'Accepted')])).toEqual([...refused, again])
    expect(say([gw, route('gone', 'ResolvedRefs')])).toEqual([...refused, again])
    const lost: KubernetesObject = {
      ...api(['TCPRoute', 'r', 'edge'], {
        parentRefs: [{ name: 'gw' }],
        rules: [{ backendRefs: [{ name: 'gone', port: 1 }] }],
      }),
      status: { parents: [{ parentRef: { name: 'gw' }, ...conditions(['ResolvedRefs', 'False']) }] },
    }
    expect(say([gw, lost])).toEqual(['error backend-not-found /spec/rules/0/backendRefs/0'])
    const set: KubernetesObject = {
      ...api(['ListenerSet', 's', 'edge'], { parentRef: { name: 'gw' }, listeners: [] }),
      status: conditions(['Accepted', 'False'], ['Programmed', 'False']),
    }
    expect(say([gw, set]).filter((each) => each.includes('status'))).toEqual([])
  })
})
