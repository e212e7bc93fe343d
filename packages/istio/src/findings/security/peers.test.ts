import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object, pod } from '../../samples.ts'
import { type Case, findingsOf } from '../fixes/cases.ts'
import { told } from '../fixes/told.ts'

const codes =
  /^peerauthentication\.(no-workload|overlap|port-not-found|strict-without-proxy|permissive-left|disabled|clients-plain)$/
const policy = (name: string, spec: JsonRecord, more: { at?: string; created?: string } = {}) =>
  object('PeerAuthentication', name, {
    namespace: more.at ?? 'shop',
    created: more.created ?? '2026-01-01T00:00:00Z',
    spec,
  })
const selecting = (labels: JsonRecord) => ({ selector: { matchLabels: labels } })
const web = selecting({ app: 'web' })
const inside = (name: string, labels: Record<string, string>, at = 'shop') => pod(name, at, { labels, by: 'default' })
const outside = (name: string, labels: Record<string, string> = {}, at = 'shop') => pod(name, at, { labels })
const of = (objects: KubernetesObject[], more: Omit<Case, 'objects'> = {}) =>
  told(codes, { objects: [namespace('shop'), ...objects], ...more })

describe('workloads of a policy', () => {
  const nobody = ['warning no-workload /spec/selector/matchLabels']
  it('are there', () => {
    const strict = policy('a', { ...web, mtls: { mode: 'STRICT' } })
    expect(of([strict, inside('w', { app: 'web' })])).toEqual([])
    expect(of([strict, inside('w', { app: 'api' })])).toEqual(nobody)
    expect(of([strict, inside('w', { app: 'web' }, 'far')])).toEqual(nobody)
    expect(of([strict], { unread: ['east'] })).toEqual([])
    expect(of([policy('a', { mtls: { mode: 'STRICT' } })])).toEqual([])
    expect(of([policy('a', web, { at: 'istio-system' })])).toEqual([])
  })
  it('have one policy', () => {
    const both = inside('w', { app: 'web', tier: 'x' })
    const old = policy('old', web)
    const young = policy('young', selecting({ tier: 'x' }), { created: '2026-02-01T00:00:00Z' })
    const overlap = ['warning overlap /spec/selector/matchLabels']
    expect(of([both, old, young])).toEqual(overlap)
    const told = findingsOf({ objects: [namespace('shop'), both, old, young] })
    expect(told.filter(({ code }) => code === 'peerauthentication.overlap')).toMatchObject([
      { ref: { name: 'young' }, params: { winner: 'old', pod: 'w' }, evidence: [{ name: 'old' }, { name: 'w' }] },
    ])
    const older = policy('older', selecting({ app: 'api' }), { created: '2025-01-01T00:00:00Z' })
    const some = findingsOf({ objects: [namespace('shop'), inside('a', { tier: 'x' }), both, older, old, young] })
    expect(some.filter(({ code }) => code === 'peerauthentication.overlap')).toMatchObject([
      { ref: { name: 'young' }, params: { winner: 'old', pod: 'w' } },
    ])
    expect(of([inside('w', { app: 'web' }), inside('x', { tier: 'x' }), old, young])).toEqual([])
    expect(of([both, old, policy('young', web, { created: '2026-02-01T00:00:00Z' })])).toEqual([])
    expect(of([both, policy('old', {}), young])).toEqual([])
    expect(of([both, policy('old', web, { at: 'far' }), young]).filter((each) => each === overlap[0])).toEqual([])
  })
})

describe('ports of a policy', () => {
  const serving = object('Service', 'web', {
    namespace: 'shop',
    spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
  })
  const containers = [{ name: 'app', image: 'a', ports: [{ containerPort: 9090 }, { containerPort: 8080 }] }]
  const running = pod('w', 'shop', { labels: { app: 'web' }, by: 'default', spec: { containers } })
  const by = (ports: JsonRecord, ...objects: KubernetesObject[]) =>
    of([policy('a', { ...web, portLevelMtls: { ...ports } }), running, serving, ...objects])
  const mode = { mode: 'DISABLE' }
  it('are those of Pods', () => {
    const bare = pod('w', 'shop', { labels: { app: 'web' }, by: 'default' })
    expect(of([policy('a', { ...web, portLevelMtls: { 8080: mode } }), bare, serving])).toEqual([])
    expect(by({ 9090: mode })).toEqual([])
    expect(by({ 80: mode })).toEqual(['warning port-not-found /spec/portLevelMtls/80 (port-of-pods)'])
    expect(by({ 81: mode })).toEqual(['warning port-not-found /spec/portLevelMtls/81'])
    expect(by({ 80: mode, 8080: mode })).toEqual(['warning port-not-found /spec/portLevelMtls/80'])
    const silent = [policy('a', { ...web, portLevelMtls: { 80: mode } }), inside('w', { app: 'web' })]
    expect(of(silent)).toEqual([])
  })
})

describe('modes', () => {
  const at = '/spec/mtls/mode'
  const all = (mode: string, more: { at?: string } = {}) => policy('a', { mtls: { mode } }, more)
  const client = (mode: string) =>
    object('DestinationRule', 'd', { namespace: 'shop', spec: { host: 'a.example', trafficPolicy: { tls: { mode } } } })
  it('PERMISSIVE is left where every Pod has a proxy', () => {
    const left = `info permissive-left ${at}`
    expect(of([all('PERMISSIVE'), inside('w', {})])).toEqual([`${left} (other-mode)`])
    expect(of([all('PERMISSIVE', { at: 'istio-system' }), inside('w', {})])).toEqual([`${left} (other-mode)`])
    expect(of([all('PERMISSIVE'), inside('w', {}), outside('x')])).toEqual([])
    expect(of([all('PERMISSIVE'), inside('w', {}), outside('x', {}, 'far')])).toEqual([])
    expect(of([all('PERMISSIVE'), inside('w', {}), outside('x', {}, 'kube-system')])).toEqual([`${left} (other-mode)`])
    expect(of([all('PERMISSIVE')])).toEqual([])
    const gateway = object('Pod', 'edge', {
      namespace: 'istio-system',
      spec: { containers: [{ name: 'istio-proxy' }] },
    })
    expect(of([all('PERMISSIVE'), gateway])).toEqual([])
    expect(of([all('PERMISSIVE'), gateway, inside('w', {})])).toEqual([`${left} (other-mode)`])
    expect(of([all('PERMISSIVE'), inside('w', {})], { unread: ['east'] })).toEqual([])
    expect(of([policy('a', { ...web, mtls: { mode: 'PERMISSIVE' } }), inside('w', { app: 'web' })])).toEqual([])
    expect(of([all('PERMISSIVE'), inside('w', {}), client('DISABLE')])).toEqual([left])
    expect(of([all('PERMISSIVE'), inside('w', {}), client('ISTIO_MUTUAL')])).toEqual([`${left} (other-mode)`])
    const done = pod('d', 'shop', { phase: 'Succeeded' })
    expect(of([all('PERMISSIVE'), inside('w', {}), done])).toEqual([`${left} (other-mode)`])
    expect(of([all('UNSET'), inside('w', {})])).toEqual([])
    expect(of([all('UNSET'), outside('w')])).toEqual([])
  })
  it('DISABLE takes identities away', () => {
    const off = `warning disabled ${at}`
    expect(of([all('DISABLE')])).toEqual([`${off} (other-mode)`])
    expect(of([all('DISABLE'), inside('w', {})])).toEqual([`${off} (other-mode)`])
    expect(of([all('DISABLE'), inside('w', {}), client('DISABLE')])).toEqual([off])
    const denial = (action: string, at = 'shop') =>
      object('AuthorizationPolicy', 'x', {
        namespace: at,
        spec: { action, rules: [{ to: [{ operation: { ports: ['1'] } }] }] },
      })
    expect(of([all('DISABLE'), denial('DENY')])).toEqual([off])
    expect(of([all('DISABLE'), denial('ALLOW')])).toEqual([`${off} (other-mode)`])
    expect(of([all('DISABLE'), denial('DENY', 'far')])).toEqual([`${off} (other-mode)`])
    expect(of([all('DISABLE', { at: 'istio-system' }), denial('DENY', 'far')])).toEqual([off])
    expect(of([policy('a', { ...web, mtls: { mode: 'DISABLE' } }), inside('w', { app: 'web' })])).toEqual([
      `${off} (other-mode)`,
    ])
  })
  it('STRICT does not hold without a proxy', () => {
    const bare = [`warning strict-without-proxy ${at}`]
    const { status: _, ...written } = outside('w')
    expect(of([all('STRICT'), written])).toEqual([])
    expect(of([all('STRICT'), inside('w', {})])).toEqual([])
    expect(of([all('STRICT'), outside('w')])).toEqual(bare)
    expect(of([all('STRICT'), outside('w', {}, 'far')])).toEqual([])
    expect(of([all('STRICT', { at: 'istio-system' }), outside('w', {}, 'far')])).toEqual(bare)
    expect(of([policy('a', { ...web, mtls: { mode: 'STRICT' } }), outside('w', { app: 'web' })])).toEqual(bare)
    expect(of([policy('a', { ...web, mtls: { mode: 'STRICT' } }), inside('w', { app: 'web' }), outside('x')])).toEqual(
      [],
    )
    expect(of([all('STRICT'), outside('w')], { unread: ['east'] })).toEqual([])
    const ambient = pod('w', 'shop', { annotations: { 'ambient.istio.io/redirection': 'enabled' } })
    expect(of([all('STRICT'), ambient])).toEqual([])
  })
  it('STRICT needs clients that are told where Istio does not find out', () => {
    const settings = { autoMtls: false }
    const plain = [`error clients-plain ${at}`]
    const tells = (host: string, mode = 'ISTIO_MUTUAL') =>
      object('DestinationRule', 'd', { namespace: 'istio-system', spec: { host, trafficPolicy: { tls: { mode } } } })
    expect(of([all('STRICT')], { settings })).toEqual(plain)
    expect(of([all('STRICT')])).toEqual([])
    expect(of([all('PERMISSIVE')], { settings })).toEqual([])
    expect(of([policy('a', { ...web, mtls: { mode: 'STRICT' } }), inside('w', { app: 'web' })], { settings })).toEqual(
      [],
    )
    expect(of([all('STRICT'), tells('*.shop.svc.cluster.local')], { settings })).toEqual([])
    expect(of([all('STRICT'), tells('*.local')], { settings })).toEqual([])
    expect(of([all('STRICT'), tells('*')], { settings })).toEqual([])
    expect(of([all('STRICT'), tells('*.far.svc.cluster.local')], { settings })).toEqual(plain)
    expect(of([all('STRICT'), tells('*.local', 'SIMPLE')], { settings })).toEqual(plain)
    const root = all('STRICT', { at: 'istio-system' })
    expect(of([root, tells('*.shop.svc.cluster.local')], { settings })).toEqual(plain)
    expect(of([root, tells('*.local')], { settings })).toEqual([])
    expect(of([all('STRICT')], { settings, without: ['networking.istio.io/DestinationRule'] })).toEqual([])
  })
})
