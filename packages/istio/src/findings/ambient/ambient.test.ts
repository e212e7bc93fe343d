import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object, pod } from '../../samples.ts'
import { type Case, findingsOf } from '../fixes/cases.ts'
import { told } from '../fixes/told.ts'

const ambient = { 'istio.io/dataplane-mode': 'ambient' }
const asking = (name: string, at?: string) => ({
  'istio.io/use-waypoint': name,
  ...(at === undefined ? {} : { 'istio.io/use-waypoint-namespace': at }),
})
const say = (objects: KubernetesObject[], more: Partial<Case> = {}) =>
  told(/^(waypoint|ambient)\./, { ...more, objects })
const hbone = (more: JsonRecord = {}): JsonRecord => ({ name: 'mesh', port: 15_008, protocol: 'HBONE', ...more })
const waypoint = (name = 'wp', at = 'shop', more: { labels?: Record<string, string>; listener?: JsonRecord } = {}) => ({
  ...object('Gateway', name, {
    namespace: at,
    ...(more.labels !== undefined && { labels: more.labels }),
    spec: { gatewayClassName: 'istio-waypoint', listeners: [hbone(more.listener)] },
  }),
  apiVersion: 'gateway.networking.k8s.io/v1',
})
const web = (labels?: Record<string, string>) =>
  object('Service', 'web', { namespace: 'shop', spec: { selector: { app: 'web' } }, ...(labels && { labels }) })
const label = (where: string) => `${where}/labels/istio.io~1use-waypoint`

describe('waypoints that labels ask for', () => {
  const home = (labels: Record<string, string> = {}) => namespace('shop', { ...ambient, ...labels })
  const own = label('/metadata')
  it('exist', () => {
    const missing = `error not-found ${own}`
    expect(say([home(asking('wp')), waypoint()])).toEqual([])
    expect(say([home(asking('wp'))])).toEqual([`${missing} (create)`])
    expect(say([home(asking('none'))])).toEqual([])
    expect(say([home(), web(asking('wp'))])).toEqual([`${missing} (create)`])
    expect(say([home(asking('wp', 'infra'))])).toEqual([missing])
    expect(say([home(), web(asking('wp', 'infra'))])).toEqual([missing])
    expect(say([home(asking(''))])).toEqual([missing])
    expect(say([home(asking('wp'))], { without: ['gateway.networking.k8s.io/Gateway'] })).toEqual([])
    expect(say([home(), web({ ...asking('wp'), 'gateway.istio.io/managed': 'istio.io-mesh-controller' })])).toEqual([])
  })
  it('are asked for by the templates of workloads, and by entries', () => {
    const template = { metadata: { labels: asking('wp') } }
    const deployment = object('Deployment', 'web', { namespace: 'shop', spec: { template } })
    const place = label('/spec/template/metadata')
    expect(say([home(), deployment])).toEqual([`error not-found ${place} (create)`])
    expect(say([home(), deployment, waypoint()])).toEqual([`error other-traffic ${place} (all-traffic)`])
    expect(
      say([home(), deployment, waypoint('wp', 'shop', { labels: { 'istio.io/waypoint-for': 'workload' } })]),
    ).toEqual([])
    const entry = object('ServiceEntry', 'e', { namespace: 'shop', labels: asking('wp'), spec: {} })
    expect(say([home(), entry]).filter((each) => each.includes('not-found'))).toEqual([
      `error not-found ${own} (create)`,
    ])
  })
  it('are ready', () => {
    const with_ = (status: JsonRecord) => say([home(asking('wp')), { ...waypoint(), status }])
    expect(with_({ addresses: [{ value: '10.0.0.1' }] })).toEqual([])
    expect(with_({})).toEqual([`warning not-ready ${own}`])
  })
  it('let the namespace in', () => {
    const closed = `error closed ${own}`
    const at = (namespaces?: JsonRecord) =>
      say([
        home(asking('wp', 'infra')),
        waypoint('wp', 'infra', namespaces === undefined ? {} : { listener: { allowedRoutes: { namespaces } } }),
      ])
    expect(at({ from: 'All' })).toEqual([])
    expect(at()).toEqual([`${closed} (let-in)`])
    expect(at({ from: 'Same' })).toEqual([`${closed} (let-in)`])
    expect(at({ from: 'Selector', selector: { matchLabels: { team: 'b' } } })).toEqual([closed])
    expect(at({ from: 'Selector', selector: { matchLabels: ambient } })).toEqual([])
    const bare = { ...waypoint('wp', 'infra'), spec: { gatewayClassName: 'istio-waypoint', listeners: [] } }
    expect(say([home(asking('wp', 'infra')), bare])).toEqual([closed])
  })
  it('take the traffic', () => {
    const other = `error other-traffic ${own} (all-traffic)`
    const kind = (what: string) => ({ labels: { 'istio.io/waypoint-for': what } })
    expect(say([home(), web(asking('wp')), waypoint('wp', 'shop', kind('workload'))])).toEqual([other])
    expect(say([home(), web(asking('wp')), waypoint('wp', 'shop', kind('all'))])).toEqual([])
    expect(say([home(asking('wp')), waypoint('wp', 'shop', kind('workload'))])).toEqual([])
    expect(say([home(asking('wp')), waypoint('wp', 'shop', kind('none'))])).toEqual([other])
  })
  it('have clients in ambient mode', () => {
    const unused = `warning no-clients ${own}`
    const plain = (labels: Record<string, string>) => namespace('shop', labels)
    const only = (...args: Parameters<typeof say>) => say(...args).filter((each) => each.includes('no-clients'))
    expect(only([plain(asking('wp')), waypoint()])).toEqual([unused])
    expect(only([plain({}), web(asking('wp')), waypoint()])).toEqual([unused])
    const template = { metadata: { labels: asking('wp') } }
    expect(
      only([plain({}), object('Deployment', 'web', { namespace: 'shop', spec: { template } }), waypoint()]),
    ).toEqual([`warning no-clients ${label('/spec/template/metadata')}`])
    const named = (...objects: KubernetesObject[]) =>
      findingsOf({ objects }).flatMap(({ code, params }) => (code === 'waypoint.no-clients' ? [params] : []))
    expect(named(plain(asking('wp')), waypoint())).toEqual([{ name: 'wp', namespace: 'shop' }])
    expect(named(plain({}), web(asking('wp')), waypoint())).toEqual([{ name: 'wp', namespace: 'shop' }])
    expect(only([plain(asking('wp')), namespace('far', ambient), waypoint()])).toEqual([])
    expect(only([plain(asking('wp')), pod('a', 'far', { labels: ambient }), waypoint()])).toEqual([])
    const redirected = pod('a', 'far', { annotations: { 'ambient.istio.io/redirection': 'enabled' } })
    expect(only([plain(asking('wp')), redirected, waypoint()])).toEqual([])
    expect(only([plain(asking('wp')), waypoint()], { members: [namespace('far', ambient)] })).toEqual([])
    expect(only([plain(asking('wp')), waypoint()], { unread: ['west'] })).toEqual([])
    expect(only([plain(asking('none')), waypoint()])).toEqual([])
    const ingress = { 'istio.io/ingress-use-waypoint': 'true' }
    expect(only([plain({ ...asking('wp'), ...ingress }), waypoint()])).toEqual([])
    expect(only([plain(ingress), web(asking('wp')), waypoint()])).toEqual([])
  })
  it('go by Kiali’s code', () => {
    const [first] = findingsOf({ objects: [home(asking('wp'))] }).filter(({ code }) => code === 'waypoint.not-found')
    expect(first).toMatchObject({ aliases: ['KIA1313'], params: { name: 'wp', namespace: 'shop' } })
  })
})

describe('sidecars in ambient mode', () => {
  const redirected = { 'ambient.istio.io/redirection': 'enabled' }
  const home = namespace('shop', ambient)
  it('win over the label', () => {
    expect(say([namespace('shop'), pod('a', 'shop', { by: 'v1', labels: ambient })])).toEqual([
      'warning pod-with-sidecar /metadata/labels/istio.io~1dataplane-mode',
    ])
    expect(say([namespace('shop'), pod('a', 'shop', { labels: ambient })])).toEqual([])
    expect(say([namespace('shop'), pod('a', 'shop', { by: 'v1', labels: ambient, phase: 'Succeeded' })])).toEqual([])
  })
  it('are within a namespace of the mode', () => {
    expect(say([home, pod('a', 'shop', { by: 'v1' })])).toEqual(['info sidecar-within '])
    expect(say([home, pod('a', 'shop')])).toEqual([])
    expect(say([home, pod('a', 'shop', { by: 'v1', labels: { 'istio.io/dataplane-mode': 'none' } })])).toEqual([])
    expect(say([namespace('shop'), pod('a', 'shop', { by: 'v1' })])).toEqual([])
    expect(say([pod('a', 'shop', { by: 'v1' })])).toEqual([])
    expect(say([home, pod('a', 'shop', { by: 'v1', labels: { 'gateway.istio.io/managed': 'x' } })])).toEqual([])
    const bare = pod('a', 'shop', { annotations: { 'sidecar.istio.io/status': '{}' } })
    expect(say([home, bare])).toEqual([])
  })
  it('are not redirected', () => {
    expect(say([home, pod('a', 'shop', { by: 'v1', annotations: redirected })])).toEqual([
      'error redirected-sidecar /metadata/annotations/ambient.istio.io~1redirection',
    ])
    expect(say([home, pod('a', 'shop', { annotations: redirected })])).toEqual([])
  })
})

describe('routes of the mesh', () => {
  const route = (parent: JsonRecord) => ({
    ...object('HTTPRoute', 'r', { namespace: 'shop', spec: { parentRefs: [parent] } }),
    apiVersion: 'gateway.networking.k8s.io/v1',
  })
  const toWeb = route({ name: 'web', kind: 'Service', group: '' })
  it('need a waypoint', () => {
    expect(say([namespace('shop', ambient), web(), toWeb])).toEqual([
      'warning route-without-waypoint /spec/parentRefs/0',
    ])
    expect(say([namespace('shop', { ...ambient, ...asking('wp') }), waypoint(), web(), toWeb])).toEqual([])
    expect(say([namespace('shop', ambient), waypoint(), web(asking('wp')), toWeb])).toEqual([])
    expect(say([namespace('shop'), web(), toWeb])).toEqual([])
    expect(say([namespace('shop', ambient), web(), route({ name: 'web' })])).toEqual([])
  })
})

describe('policies for HTTP in ambient mode', () => {
  const home = (labels: Record<string, string> = {}) => namespace('shop', { ...ambient, ...labels })
  const http = [{ to: [{ operation: { methods: ['GET'] } }] }]
  const policy = (spec: JsonRecord, at = 'shop') => object('AuthorizationPolicy', 'p', { namespace: at, spec })
  const alone = 'error policy-without-waypoint /spec/rules/0'
  const ztunnel = 'error policy-for-ztunnel /spec/rules/0'
  it('need a waypoint', () => {
    expect(say([home(), policy({ rules: http })])).toEqual([alone])
    expect(say([home(), policy({ action: 'DENY', rules: http })])).toEqual([alone])
    expect(say([home(), policy({ action: 'AUDIT', rules: http })])).toEqual([])
    expect(say([home(), policy({ rules: [{ to: [{ operation: { ports: ['80'] } }] }] })])).toEqual([])
    expect(say([namespace('shop'), policy({ rules: http })])).toEqual([])
    expect(say([home({ 'istio-injection': 'enabled' }), policy({ rules: http })])).toEqual([])
    expect(say([home(), policy({ rules: http })], { unread: ['west'] })).toEqual([])
    expect(say([namespace('istio-system', ambient), policy({ rules: http }, 'istio-system')])).toEqual([])
    expect(say([policy({ rules: http })])).toEqual([])
  })
  it('refer to it', () => {
    const bound = home(asking('wp'))
    const target = [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'wp' }]
    expect(say([bound, waypoint(), policy({ rules: http })])).toEqual([`${ztunnel} (refer)`])
    expect(say([bound, waypoint(), policy({ rules: http, targetRefs: target })])).toEqual([])
    expect(say([bound, waypoint(), policy({ rules: http, targetRef: target[0] ?? {} })])).toEqual([])
    const selected = { rules: http, selector: { matchLabels: { app: 'web' } } }
    expect(say([bound, waypoint(), policy(selected)])).toEqual([ztunnel])
    const open = { listener: { allowedRoutes: { namespaces: { from: 'All' } } } }
    expect(say([home(asking('wp', 'infra')), waypoint('wp', 'infra', open), policy({ rules: http })])).toEqual([
      ztunnel,
    ])
    expect(say([bound, waypoint(), waypoint('w2'), web(asking('w2')), policy({ rules: http })])).toEqual([ztunnel])
    expect(say([home(), waypoint(), web(asking('wp')), policy({ rules: http })])).toEqual([`${ztunnel} (refer)`])
    expect(say([home(asking('none')), policy({ rules: http })])).toEqual([alone])
    expect(say([bound, policy({ rules: http })])).toContain(ztunnel)
  })
  it('are judged by the Pods they mean', () => {
    const app = { app: 'web' }
    const selected = policy({ rules: http, selector: { matchLabels: app } })
    const of = (...pods: KubernetesObject[]) =>
      say([home(), selected, ...pods]).filter((each) => each.startsWith('error'))
    expect(of(pod('a', 'shop', { labels: app }))).toEqual([alone])
    expect(of(pod('a', 'shop', { labels: app, by: 'v1' }))).toEqual([])
    expect(of(pod('a', 'shop', { labels: app }), pod('b', 'shop', { labels: app, by: 'v1' }))).toEqual([])
    expect(of(pod('a', 'shop', { labels: { ...app, 'istio.io/dataplane-mode': 'none' } }))).toEqual([])
    expect(
      of(
        pod('a', 'shop', { labels: app }),
        pod('b', 'shop', { labels: { ...app, 'gateway.networking.k8s.io/gateway-name': 'wp' }, by: 'v1' }),
      ),
    ).toEqual([alone])
    const own = pod('a', 'shop', { labels: { ...app, ...ambient } })
    expect(say([namespace('shop'), selected, own])).toEqual([alone])
    const redirected = pod('a', 'shop', { labels: app, annotations: { 'ambient.istio.io/redirection': 'enabled' } })
    expect(say([namespace('shop'), selected, redirected])).toEqual([alone])
    expect(say([namespace('shop'), selected, pod('a', 'shop', { labels: app })])).toEqual([])
  })
  it('hold for telemetry that means workloads', () => {
    const telemetry = (spec: JsonRecord, at = 'shop') => object('Telemetry', 'p', { namespace: at, spec })
    const app = { app: 'web' }
    const selecting = telemetry({ selector: { matchLabels: app } })
    const nobody = ['warning telemetry-without-waypoint /spec']
    const mine = (objects: KubernetesObject[]) => say(objects).filter((each) => each.includes('telemetry-'))
    expect(mine([home(), telemetry({})])).toEqual(nobody)
    expect(mine([home(), telemetry({ selector: {} })])).toEqual(nobody)
    expect(mine([home(), selecting])).toEqual(nobody)
    expect(mine([namespace('shop'), selecting])).toEqual([])
    expect(mine([namespace('istio-system', ambient), telemetry({}, 'istio-system')])).toEqual([])
    const bound = [home(asking('wp')), waypoint()]
    expect(mine([...bound, telemetry({})])).toEqual([])
    expect(mine([...bound, selecting])).toEqual(['warning telemetry-for-ztunnel /spec'])
    expect(mine([...bound, telemetry({ targetRefs: [{ kind: 'Service', name: 'web' }] })])).toEqual([])
    const gateway = (managed: string) =>
      pod('gw', 'shop', {
        labels: { ...app, 'gateway.networking.k8s.io/gateway-name': 'gw', 'gateway.istio.io/managed': managed },
        by: 'v1',
      })
    expect(mine([home(), telemetry({}), gateway('istio.io-gateway-controller')])).toEqual([])
    expect(mine([home(), selecting, gateway('istio.io-gateway-controller')])).toEqual([])
    expect(mine([home(), telemetry({}), gateway('istio.io-mesh-controller')])).toEqual(nobody)
  })
  it('hold for tokens and plugins', () => {
    const rest = (kind: string) => object(kind, 'p', { namespace: 'shop', spec: {} })
    expect(say([home(), rest('RequestAuthentication')])).toEqual(['error tokens-without-waypoint /spec'])
    expect(say([home(), rest('WasmPlugin')])).toEqual(['warning plugin-without-waypoint /spec'])
    const bound = [home(asking('wp')), waypoint()]
    expect(say([...bound, rest('RequestAuthentication')])).toEqual(['error tokens-for-ztunnel /spec (refer)'])
    expect(say([...bound, rest('WasmPlugin')])).toEqual(['warning plugin-for-ztunnel /spec (refer)'])
    expect(say([...bound, object('WasmPlugin', 'p', { namespace: 'shop' })])).toEqual([
      'warning plugin-for-ztunnel /spec (refer)',
    ])
  })
})
