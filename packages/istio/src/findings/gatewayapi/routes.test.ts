import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object } from '../../samples.ts'
import { type Case, findingsOf } from '../fixes/cases.ts'
import { told } from '../fixes/told.ts'

const gatewayApi = 'gateway.networking.k8s.io/v1'
const api = ([kind, name, at]: [string, string, string], spec: JsonRecord, created = '2026-01-01T00:00:00Z') => ({
  ...object(kind, name, { namespace: at, spec, created }),
  apiVersion: gatewayApi,
})
const listener = (name: string, more: JsonRecord = {}): JsonRecord => ({ name, port: 80, protocol: 'HTTP', ...more })
const gateway = (name: string, at: string, ...listeners: JsonRecord[]) =>
  api(['Gateway', name, at], { gatewayClassName: 'istio', listeners })
const web = (at = 'shop', ...ports: number[]) =>
  object('Service', 'web', {
    namespace: at,
    spec: { ports: (ports.length === 0 ? [80] : ports).map((port) => ({ name: `http-${port}`, port })) },
  })
const homes = [namespace('shop', { team: 'a', 'istio-injection': 'disabled' }), namespace('edge')]
const toWeb = [{ backendRefs: [{ name: 'web', port: 80 }] }]
const route = (parent: JsonRecord, more: JsonRecord = {}, kind = 'HTTPRoute') =>
  api([kind, 'route', 'shop'], { parentRefs: [parent], rules: toWeb, ...more })
const say = (objects: KubernetesObject[], more: Partial<Case> = {}) =>
  told(/^route\./, { ...more, objects: [...homes, ...objects] })

describe('parents of routes', () => {
  const gw = gateway('gw', 'shop', listener('web'))
  const missing = 'error parent-not-found /spec/parentRefs/0'
  it('exist', () => {
    expect(say([web(), gw, route({ name: 'gw' })])).toEqual([])
    expect(say([web(), gw, route({ name: 'other' })])).toEqual([missing])
    expect(say([web(), gw, route({ name: 'gw', namespace: 'edge' })])).toEqual([`${missing} (other-namespace)`])
    expect(say([web(), route({ name: 'set', kind: 'ListenerSet' })])).toEqual([missing])
    expect(say([web(), route({ name: 'other', kind: 'XMesh' }), route({}, {}, 'GRPCRoute')])).toEqual([])
  })
  it('are elsewhere only where one of the name takes the route', () => {
    const open = listener('web', { allowedRoutes: { namespaces: { from: 'All' } } })
    const there = gateway('gw', 'edge', open)
    expect(say([web(), there, route({ name: 'gw' })])).toEqual([`${missing} (other-namespace)`])
    expect(say([web(), there, route({ name: 'gw', sectionName: 'x' })])).toEqual([missing])
    expect(say([web(), there, gateway('gw', 'third', open), route({ name: 'gw' })])).toEqual([missing])
    expect(say([web(), gateway('gw', 'edge', listener('web')), route({ name: 'gw' })])).toEqual([missing])
    const others = api(['Gateway', 'gw', 'edge'], { gatewayClassName: 'else', listeners: [open] })
    expect(say([web(), others, route({ name: 'gw' })])).toEqual([missing])
    expect(say([web(), there, route({ name: 'gw', kind: 'ListenerSet' })])).toEqual([missing])
  })
  it('are not missed before they are read', () => {
    const without = ['gateway.networking.k8s.io/Gateway']
    expect(say([web(), route({ name: 'other' })], { without })).toEqual([])
  })
  it('may be of the mesh', () => {
    const lost = 'error service-not-found /spec/parentRefs/0'
    expect(say([web(), route({ name: 'web', kind: 'Service', group: '' })])).toEqual([])
    expect(say([web(), route({ name: 'gone', kind: 'Service', group: '' })])).toEqual([lost])
    const parents = (...objects: KubernetesObject[]) =>
      say([...objects, route({ name: 'web', kind: 'Service', group: '' })]).filter((each) => each.startsWith(lost))
    expect(parents(web('edge'))).toEqual([`${lost} (other-namespace)`])
    expect(parents(web('edge'), web('third'))).toEqual([lost])
    const entry = { name: 'api', kind: 'ServiceEntry', group: 'networking.istio.io' }
    expect(say([web(), route(entry)])).toEqual([lost])
    expect(say([web(), object('ServiceEntry', 'api', { namespace: 'shop', spec: {} }), route(entry)])).toEqual([])
  })
  it('name themselves, and Kiali’s code', () => {
    const [first] = findingsOf({ objects: [...homes, web(), route({ name: 'other' })] }).filter(({ code }) =>
      code.startsWith('route.'),
    )
    expect(first).toMatchObject({
      params: { kind: 'Gateway', namespace: 'shop', name: 'other' },
      aliases: ['KIA1401'],
    })
  })
})

describe('listeners', () => {
  type Own = { kind?: string; hostnames?: string[] }
  const refuse = (what: string, way = '') => [`error ${what} /spec/parentRefs/0${way === '' ? '' : ` (${way})`}`]
  const tried = (listeners: JsonRecord[], parent: JsonRecord = {}, { kind = 'HTTPRoute', ...more }: Own = {}) =>
    say([web(), gateway('gw', 'edge', ...listeners), route({ name: 'gw', namespace: 'edge', ...parent }, more, kind)])
  const all = { allowedRoutes: { namespaces: { from: 'All' } } }
  it('are there by name and port', () => {
    const two = [listener('web', all), listener('alt', { ...all, port: 8080, hostname: 'b.example.com' })]
    expect(tried(two, { sectionName: 'alt', port: 8080 })).toEqual([])
    expect(tried(two, { sectionName: 'gone' })).toEqual(refuse('listener-not-found'))
    expect(tried(two, { sectionName: 'web', port: 8080 })).toEqual(refuse('listener-not-found'))
    expect(tried([listener('web', all)], { port: 81 })).toEqual(refuse('listener-not-found', 'listener'))
    expect(tried([listener('web', all)], { sectionName: 'gone' })).toEqual(refuse('listener-not-found', 'listener'))
    expect(tried([listener('', all)], { sectionName: 'gone' })).toEqual(refuse('listener-not-found'))
    expect(tried([])).toEqual(refuse('listener-not-found'))
  })
  it('are told as they are wanted', () => {
    const wanted = (parent: JsonRecord) =>
      findingsOf({
        objects: [...homes, web(), gateway('gw', 'shop', listener('web')), route({ name: 'gw', ...parent })],
      }).flatMap(({ code, params }) => (code === 'route.listener-not-found' ? [params['wanted']] : []))
    expect(wanted({ sectionName: 'alt', port: 8080 })).toEqual(['alt:8080'])
    expect(wanted({ sectionName: 'alt' })).toEqual(['alt'])
    expect(wanted({ port: 8080 })).toEqual(['8080'])
    expect(wanted({ sectionName: 'web', port: 80 })).toEqual([])
  })
  it('serve the hosts', () => {
    const of = (hostname: string) => [listener('web', { ...all, hostname })]
    const hosts = (...hostnames: string[]) => ({ hostnames })
    expect(tried(of('*.example.com'), {}, hosts('a.example.com'))).toEqual([])
    expect(tried(of('a.example.com'), {}, hosts('*.example.com'))).toEqual([])
    expect(tried(of('a.example.com'))).toEqual([])
    expect(tried(of('a.example.com'), {}, hosts('b.example.com'))).toEqual(refuse('hostname-mismatch'))
    expect(tried(of('a.example.com'), {}, hosts('b.example.com', 'a.example.com'))).toEqual([])
  })
  it('let namespaces in', () => {
    const from = (namespaces: JsonRecord) => tried([listener('web', { allowedRoutes: { namespaces } })])
    expect(tried([listener('web')])).toEqual(refuse('namespace-not-allowed', 'let-in'))
    expect(from({ from: 'Same' })).toEqual(refuse('namespace-not-allowed', 'let-in'))
    expect(from({ from: 'Selector', selector: { matchLabels: { team: 'a' } } })).toEqual([])
    expect(from({ from: 'Selector', selector: { matchLabels: { team: 'b' } } })).toEqual(
      refuse('namespace-not-allowed'),
    )
    expect(from({ from: 'Selector', selector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } })).toEqual([])
    expect(from({ from: 'Selector' })).toEqual([])
    expect(from({ from: 'Selector', selector: { matchExpressions: [{ operator: 'No' }] } })).toHaveLength(1)
    const unknown = [
      web(),
      gateway(
        'gw',
        'edge',
        listener('web', {
          allowedRoutes: { namespaces: { from: 'Selector', selector: { matchLabels: { team: 'b' } } } },
        }),
      ),
      api(['HTTPRoute', 'r', 'file'], { parentRefs: [{ name: 'gw', namespace: 'edge' }] }),
    ]
    expect(say(unknown)).toEqual([])
  })
  it('take kinds', () => {
    const kinds = (...names: string[]) => ({
      allowedRoutes: { namespaces: { from: 'All' }, kinds: names.map((kind) => ({ kind })) },
    })
    expect(tried([listener('web', kinds('HTTPRoute'))])).toEqual([])
    expect(tried([listener('web', kinds('GRPCRoute'))])).toEqual(refuse('kind-not-allowed', 'let-kind'))
    expect(tried([listener('web', { ...all, protocol: 'TCP' })])).toEqual(refuse('kind-not-allowed'))
    expect(tried([listener('web', { ...kinds('GRPCRoute'), protocol: 'TCP' })])).toEqual(refuse('kind-not-allowed'))
    expect(tried([listener('web', { ...all, protocol: 'TCP' })], {}, { kind: 'TCPRoute' })).toEqual([])
    expect(tried([listener('web', all)], {}, { kind: 'TLSRoute' })).toEqual(refuse('kind-not-allowed'))
    const same = [listener('web', { allowedRoutes: { kinds: [{ kind: 'GRPCRoute' }] } })]
    expect(tried(same)).toEqual(refuse('namespace-not-allowed'))
  })
  it('of other controllers are theirs', () => {
    const others = api(['Gateway', 'gw', 'shop'], { gatewayClassName: 'else', listeners: [] })
    expect(say([others, route({ name: 'gw' }, { rules: [{ backendRefs: [{ name: 'gone', port: 1 }] }] })])).toEqual([])
    const set = api(['ListenerSet', 'set', 'shop'], { parentRef: { name: 'gw' }, listeners: [] })
    const asked = route({ name: 'set', kind: 'ListenerSet' })
    expect(say([web(), others, set, asked])).toEqual([])
    expect(say([web(), gateway('gw', 'shop'), set, asked])).toEqual(refuse('listener-not-found'))
  })
  it('of ListenerSets are those that their Gateway lets in, and can be served', () => {
    const asked = route({ name: 'set', kind: 'ListenerSet' })
    const beside = (own: JsonRecord, from = 'Same') =>
      say([
        web(),
        api(['Gateway', 'gw', 'shop'], {
          gatewayClassName: 'istio',
          listeners: [listener('web')],
          allowedListeners: { namespaces: { from } },
        }),
        api(['ListenerSet', 'set', 'shop'], { parentRef: { name: 'gw', namespace: 'shop' }, listeners: [own] }),
        asked,
      ])
    expect(beside(listener('a', { port: 81 }))).toEqual([])
    expect(beside(listener('a', { port: 81 }), 'None')).toEqual(refuse('listener-unserved'))
    expect(beside(listener('a'))).toEqual(refuse('listener-unserved'))
    expect(beside(listener('a', { port: 81, protocol: 'UDP' }))).toEqual(refuse('listener-unserved'))
    const tls = { certificateRefs: [{ name: 'gone' }] }
    expect(beside(listener('a', { port: 81, protocol: 'HTTPS', tls }))).toEqual(refuse('listener-unserved'))
  })
  it('are not those that istiod leaves out', () => {
    const two = [listener('a', all), listener('b', all)]
    expect(tried(two)).toEqual([])
    expect(tried(two, { sectionName: 'b' })).toEqual(refuse('listener-unserved'))
    expect(tried([listener('a', { ...all, protocol: 'HTTPS' })])).toEqual(refuse('listener-unserved'))
    expect(tried([listener('a', { ...all, protocol: 'HTTPS', tls: {} })])).toEqual([])
    const addresses = [{ type: 'example.com/pool', value: 'x' }]
    const nowhere = api(['Gateway', 'gw', 'shop'], { gatewayClassName: 'istio', listeners: [listener('a')], addresses })
    expect(say([web(), nowhere, route({ name: 'gw' })])).toEqual(refuse('listener-unserved'))
  })
})

describe('waypoints', () => {
  const waypoint = (gatewayClassName: string) =>
    api(['Gateway', 'wp', 'shop'], { gatewayClassName, listeners: [listener('mesh', { protocol: 'HBONE' })] })
  it('take no routes themselves', () => {
    const refused = ['error parent-is-waypoint /spec/parentRefs/0']
    expect(say([web(), waypoint('istio-waypoint'), route({ name: 'wp' })])).toEqual(refused)
    expect(say([web(), waypoint('istio-remote'), route({ name: 'wp' })])).toEqual([])
  })
  it('of other controllers have their own judges', () => {
    const others = { ...object('GatewayClass', 'else', { spec: { controllerName: 'x' } }), apiVersion: gatewayApi }
    const own = (labels: Record<string, string>) => object('Service', 'own', { namespace: 'shop', labels, spec: {} })
    const rules = [{ backendRefs: [{ name: 'gone', port: 80 }] }]
    const asked = route({ name: 'own', kind: 'Service', group: '' }, { rules })
    const lost = ['error backend-not-found /spec/rules/0/backendRefs/0']
    const named = { 'istio.io/use-waypoint': 'wp' }
    expect(say([own(named), waypoint('else'), others, asked])).toEqual([])
    expect(say([own(named), waypoint('istio-waypoint'), others, asked])).toEqual(lost)
    expect(say([own(named), waypoint('else'), asked])).toEqual(lost)
    expect(say([own({}), waypoint('else'), others, asked])).toEqual(lost)
    expect(say([own({ 'istio.io/use-waypoint': 'none' }), waypoint('else'), others, asked])).toEqual(lost)
    const home = namespace('shop', named)
    expect(told(/^route\./, { objects: [home, own({}), waypoint('else'), others, asked] })).toEqual([])
  })
})

describe('backends', () => {
  const gw = gateway('gw', 'shop', listener('web'))
  type More = Partial<Case> & { parent?: JsonRecord }
  const tried = (objects: KubernetesObject[], backend: JsonRecord, { parent = { name: 'gw' }, ...more }: More = {}) =>
    say([gw, ...objects, route(parent, { rules: [{ backendRefs: [backend] }] })], more)
  const at = '/spec/rules/0/backendRefs/0'
  it('exist', () => {
    expect(tried([web()], { name: 'web', port: 80 })).toEqual([])
    expect(tried([], { name: 'web', port: 80 })).toEqual([`error backend-not-found ${at}`])
    expect(tried([], { name: 'web', port: 80, weight: 0 })).toEqual([])
    expect(tried([], { name: 'web', port: 80 }, { members: [web()] })).toEqual([])
    expect(tried([], { name: 'web', port: 80 }, { unread: ['west'] })).toEqual([])
    expect(tried([], { port: 80 })).toEqual([])
  })
  it('have the port', () => {
    expect(tried([web()], { name: 'web', port: 81 })).toEqual([`error backend-port-not-found ${at}/port (port)`])
    expect(tried([web('shop', 80, 82)], { name: 'web', port: 81 })).toEqual([`error backend-port-not-found ${at}/port`])
    expect(tried([web('shop', 80, 82)], { name: 'web', port: 82 })).toEqual([])
    expect(tried([object('Service', 'web', { namespace: 'shop' })], { name: 'web', port: 80 })).toEqual([])
  })
  it('are found elsewhere', () => {
    const lost = `error backend-not-found ${at}`
    expect(tried([web('edge')], { name: 'web', port: 80 })).toEqual([`${lost} (other-namespace)`])
    expect(tried([web('edge')], { name: 'web', port: 81 })).toEqual([lost])
    expect(tried([web('edge'), web('third')], { name: 'web', port: 80 })).toEqual([lost])
    const mesh = { name: 'own', kind: 'Service', group: '' }
    const own = object('Service', 'own', { namespace: 'shop', spec: {} })
    const [inMesh] = findingsOf({
      objects: [...homes, own, web('edge'), route(mesh)],
    }).filter(({ code }) => code === 'route.backend-not-found')
    expect(inMesh?.fixes[0]?.patches).toHaveLength(1)
    expect(inMesh?.aliases).toEqual(['KIA1402'])
    expect(tried([own, web('edge')], { name: 'web', port: 80 }, { parent: mesh })).toEqual([
      `${lost} (other-namespace)`,
    ])
  })
  const grant = (from: JsonRecord = {}, to: JsonRecord = {}, name = 'grant') =>
    api(['ReferenceGrant', name, 'edge'], {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop', ...from }],
      to: [{ group: '', kind: 'Service', ...to }],
    })
  it('of another namespace are let', () => {
    const to = { name: 'web', port: 80, namespace: 'edge' }
    const refused = `error backend-not-granted ${at}`
    expect(tried([web('edge')], to)).toEqual([`${refused} (grant)`])
    expect(tried([web('edge'), grant()], to)).toEqual([])
    expect(tried([web('edge'), grant({}, { name: 'web' })], to)).toEqual([])
    expect(tried([web('edge'), grant({}, { name: 'other' })], to)).toEqual([`${refused} (grant)`])
    expect(tried([web('edge'), grant({ kind: 'GRPCRoute' })], to)).toEqual([`${refused} (grant)`])
    expect(tried([web('edge'), grant({ namespace: 'edge' }, {}, 'httproute-shop-web')], to)).toEqual([refused])
    const without = ['gateway.networking.k8s.io/ReferenceGrant']
    expect(tried([web('edge')], to, { without })).toEqual([])
    const own = object('Service', 'own', { namespace: 'shop', spec: {} })
    expect(tried([own, web('edge')], to, { parent: { name: 'own', kind: 'Service', group: '' } })).toEqual([])
    expect(tried([web('edge')], { ...to, namespace: 'shop' })).toEqual([
      `error backend-not-found ${at} (other-namespace)`,
    ])
  })
  it('are of kinds that Istio knows', () => {
    expect(tried([], { name: 'x', kind: 'Bucket', group: 'example.com' })).toEqual([`error backend-kind ${at}`])
    const misspelt = { name: 'web', kind: 'service', port: 80 }
    expect(tried([web()], misspelt)).toEqual([`error backend-kind ${at} (service)`])
    expect(tried([], misspelt)).toEqual([`error backend-kind ${at}`])
    expect(tried([web()], { ...misspelt, kind: 'Bucket' })).toEqual([`error backend-kind ${at}`])
    const imported = { name: 'web', kind: 'ServiceImport', group: 'multicluster.x-k8s.io', port: 80 }
    expect(tried([web()], imported)).toEqual([])
    expect(tried([], imported)).toEqual([`error backend-not-found ${at}`])
    expect(tried([web('edge')], imported)).toEqual([`error backend-not-found ${at}`])
    const ofImport = findingsOf({ objects: [gw, route({ name: 'gw' }, { rules: [{ backendRefs: [imported] }] })] })
    expect(ofImport.find(({ code }) => code === 'route.backend-not-found')?.params.kind).toBe('ServiceImport')
    const pool = { name: 'web', kind: 'InferencePool' }
    expect(tried([], { ...pool, group: 'inference.networking.k8s.io' })).toEqual([])
    expect(tried([], { ...pool, group: 'inference.networking.x-k8s.io' })).toEqual([`error backend-kind ${at}`])
    const host = { name: 'api.example.com', kind: 'Hostname', group: 'networking.istio.io', port: 443 }
    const entry = object('ServiceEntry', 'api', { namespace: 'shop', spec: { hosts: ['api.example.com'] } })
    expect(tried([entry], host)).toEqual([])
    expect(tried([], host)).toEqual([`error backend-not-found ${at}`])
    expect(tried([], host, { without: ['networking.istio.io/ServiceEntry'] })).toEqual([])
    expect(tried([], host, { without: ['Service'] })).toEqual([])
  })
})
