import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object, service } from '../../samples.ts'
import { type Case, findingsOf } from '../fixes/cases.ts'
import { told } from '../fixes/told.ts'

const mode = { 'istio.io/dataplane-mode': 'ambient' }
const asked = { 'istio.io/use-waypoint': 'wp' }
const canary = (name = 'next', at?: string) => ({
  'istio.io/use-waypoint-canary': name,
  ...(at !== undefined && { 'istio.io/use-waypoint-canary-namespace': at }),
})
const share = (weight: string) => ({ 'istio.io/use-waypoint-canary-weight': weight })
const gateway = (name: string, at = 'shop', more: { labels?: Record<string, string>; from?: string } = {}) => ({
  ...object('Gateway', name, {
    namespace: at,
    ...(more.labels !== undefined && { labels: more.labels }),
    spec: {
      gatewayClassName: 'istio-waypoint',
      listeners: [
        {
          name: 'mesh',
          port: 15_008,
          protocol: 'HBONE',
          ...(more.from !== undefined && { allowedRoutes: { namespaces: { from: more.from } } }),
        },
      ],
    },
  }),
  apiVersion: 'gateway.networking.k8s.io/v1',
})
type Said = { labels?: Record<string, string>; annotations?: Record<string, string> }
const home = ({ labels = {}, annotations = {} }: Said = {}) =>
  object('Namespace', 'shop', { labels: { ...mode, ...labels }, annotations })
const web = ({ labels = {}, annotations = {} }: Said = {}, kind = 'Service') =>
  object(kind, 'web', { namespace: 'shop', labels, annotations, spec: { selector: { app: 'web' } } })
const say = (objects: KubernetesObject[], more: Partial<Case> = {}) =>
  told(/^waypoint\.canary/, { ...more, objects: [gateway('wp'), ...objects] })
const label = '/metadata/labels/istio.io~1use-waypoint-canary'
const annotation = '/metadata/annotations/istio.io~1use-waypoint-canary-weight'
const ten = share('10')
const used = { labels: { ...asked, ...canary() }, annotations: ten }

describe('canary waypoints', () => {
  it('exist', () => {
    const missing = `warning canary-not-found ${label}`
    expect(say([home(used), gateway('next')])).toEqual([])
    expect(say([home(used)])).toEqual([`${missing} (create)`])
    expect(say([home({ ...used, labels: { ...asked, ...canary('next', 'far') } })])).toEqual([missing])
    expect(
      say([home({ ...used, labels: { ...asked, ...canary('next', 'far') } }), gateway('next', 'far', { from: 'All' })]),
    ).toEqual([])
    expect(say([home(), web(used)])).toEqual([`${missing} (create)`])
    expect(say([home(), web(used, 'ServiceEntry')])).toEqual([`${missing} (create)`])
    expect(say([home(), web(used), gateway('next')])).toEqual([])
    expect(
      told(/^waypoint\.canary/, { objects: [home(used)], without: ['gateway.networking.k8s.io/Gateway'] }),
    ).toEqual([])
    const managed = { 'gateway.istio.io/managed': 'istio.io-mesh-controller' }
    expect(say([home(), web({ ...used, labels: { ...used.labels, ...managed } })])).toEqual([])
    expect(say([home({ labels: { ...asked, ...canary('') } })])).toEqual([])
    expect(say([home({ labels: { ...asked, ...canary('none') } })])).toEqual([])
  })
  it('are ready, open, and for Services', () => {
    const with_ = (made: KubernetesObject, labels = {}) =>
      say([home({ ...used, labels: { ...used.labels, ...labels } }), made])
    const status: JsonRecord = {}
    expect(with_({ ...gateway('next'), status })).toEqual([`warning canary-not-ready ${label}`])
    expect(with_({ ...gateway('next'), status: { addresses: [{ value: '10.0.0.1' }] } })).toEqual([])
    expect(with_(gateway('next', 'far'), canary('next', 'far'))).toEqual([`warning canary-closed ${label} (let-in)`])
    const forWorkloads = gateway('next', 'shop', { labels: { 'istio.io/waypoint-for': 'workload' } })
    expect(with_(forWorkloads)).toEqual([`warning canary-other-traffic ${label} (all-traffic)`])
    const evidence = findingsOf({ objects: [home(used), gateway('wp'), forWorkloads] })
      .filter(({ code }) => code === 'waypoint.canary-other-traffic')
      .map((each) => [each.params, each.evidence.map(({ name }) => name)])
    expect(evidence).toEqual([[{ name: 'next', namespace: 'shop' }, ['next']]])
  })
  it('are others than what is used', () => {
    const same = `warning canary-is-waypoint ${label} (without)`
    const again = { labels: { ...asked, ...canary('wp') }, annotations: ten }
    expect(say([home(again)])).toEqual([same])
    expect(say([home({ labels: asked }), web({ labels: canary('wp'), annotations: ten })])).toEqual([same])
    const far = { labels: { ...asked, ...canary('wp', 'far') }, annotations: ten }
    expect(say([home(far), gateway('wp', 'far', { from: 'All' })])).toEqual([])
    const without = findingsOf({ objects: [home({ labels: canary('next', 'far') })] })
      .flatMap(({ fixes }) => fixes)
      .filter(({ code }) => code === 'without')
    expect(without.map(({ params }) => params)).toEqual([
      { labels: 'istio.io/use-waypoint-canary, istio.io/use-waypoint-canary-namespace' },
    ])
  })
  it('stand beside one that is used', () => {
    const alone = `warning canary-alone ${label} (without)`
    const only = { labels: canary(), annotations: ten }
    expect(say([home(only), gateway('next')])).toEqual([alone])
    expect(say([home(), web(only), gateway('next')])).toEqual([alone])
    expect(say([home({ labels: asked }), web(only), gateway('next')])).toEqual([])
    const refusing = { ...only, labels: { ...canary(), 'istio.io/use-waypoint': 'none' } }
    expect(say([home({ labels: asked }), web(refusing), gateway('next')])).toEqual([alone])
    expect(say([home(only), web(), gateway('next')])).toEqual([alone])
    const broken = { ...used, labels: { ...used.labels, 'istio.io/use-waypoint': 'gone' } }
    expect(say([home(broken), gateway('next')])).toEqual([])
    expect(say([home(broken)])).toEqual([`warning canary-not-found ${label} (create)`])
    const twiceBroken = { labels: { ...canary('gone'), 'istio.io/use-waypoint': 'gone' }, annotations: ten }
    expect(say([home(twiceBroken)])).toEqual([`warning canary-is-waypoint ${label} (without)`])
  })
  it('are inherited with the waypoint itself', () => {
    const wrong = { labels: { ...asked, ...canary() }, annotations: share('x') }
    expect(say([home(used), web({ annotations: share('x') }), gateway('next')])).toEqual([
      `warning canary-weight ${annotation}`,
    ])
    const own = { labels: asked, annotations: share('x') }
    expect(say([home(used), web(own), gateway('next')])).toEqual([])
    expect(say([home(used), web({ labels: canary('none'), annotations: share('x') }), gateway('next')])).toEqual([])
    expect(say([home(wrong), web({ labels: canary() }), gateway('next')])).toEqual([
      `warning canary-weight ${annotation}`,
      `warning canary-weight ${label}`,
    ])
    expect(say([home(used), web({ labels: canary('gone') }), gateway('next')])).toEqual([
      `warning canary-not-found ${label} (create)`,
    ])
    expect(say([home(used), web(), gateway('next')])).toEqual([])
  })
  it('have a share', () => {
    const idle = (pointer = label) => [`info canary-idle ${pointer}`]
    const wrong = (ways = '') => [`warning canary-weight ${annotation}${ways}`]
    const weighed = (weight: string) => say([home({ ...used, annotations: share(weight) }), gateway('next')])
    expect(say([home({ labels: used.labels }), gateway('next')])).toEqual(idle())
    expect(weighed('0')).toEqual(idle(annotation))
    for (const good of ['1', '100', '+5', '007']) expect(weighed(good)).toEqual([])
    for (const bad of ['101', '-1', '', 'ten', '0.5', '101%']) expect(weighed(bad)).toEqual(wrong())
    for (const meant of ['10%', ' 10', '10 % ']) expect(weighed(meant)).toEqual(wrong(' (percent)'))
    const later = web({ annotations: ten })
    expect(say([home({ labels: used.labels }), later, gateway('next')])).toEqual([])
    expect(say([home({ labels: used.labels }), web({ annotations: ten }, 'ServiceEntry'), gateway('next')])).toEqual([])
    expect(say([home({ labels: used.labels }), service('web', 'shop'), gateway('next')])).toEqual(idle())
    expect(say([home({ labels: asked }), web({ labels: canary() }), gateway('next')])).toEqual(idle())
    expect(say([home(used), web({ annotations: share('0') }), gateway('next')])).toEqual([])
  })
  it('are nothing to an istiod before 1.31', () => {
    expect(say([home(used)], { version: '1.30.2' })).toEqual([`warning canary-unread ${label}`])
    expect(say([home(used), web({ annotations: share('x') })], { version: '1.30.2' })).toEqual([
      `warning canary-unread ${label}`,
    ])
    expect(say([home(used), gateway('next')], { version: '1.31.0' })).toEqual([])
    expect(say([home(used), gateway('next')], { version: 'master' })).toEqual([])
  })
  it('are waypoints of what names them, to policies', () => {
    const policy = object('RequestAuthentication', 'p', { namespace: 'shop', spec: { jwtRules: [{ issuer: 'a' }] } })
    const named = findingsOf({
      objects: [namespace('shop', { ...mode, ...used.labels }), gateway('wp'), gateway('next'), policy],
    })
      .filter(({ code }) => code === 'ambient.tokens-for-ztunnel')
      .map(({ params }) => params['waypoint'])
    expect(named).toEqual(['wp, next'])
  })
})
