import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object, pod, service } from '../../samples.ts'
import { kinds } from '../../world/kinds.ts'
import type { Case } from '../fixes/cases.ts'
import { saidOf } from '../fixes/said.ts'

const sidecar = (spec: JsonRecord, at = 'shop') => object('Sidecar', 'scope', { namespace: at, spec })
const knowing = (...hosts: string[]) => sidecar({ egress: [{ hosts }] })
const said = (slugs: string[], objects: KubernetesObject[], more: Omit<Case, 'objects'> = {}) =>
  saidOf({ objects, ...more }, 'sidecar', slugs)
const web = service('web', 'shop')
const full = 'web.shop.svc.cluster.local'

describe('hosts', () => {
  const of = (host: string, others: KubernetesObject[] = [], more: Omit<Case, 'objects'> = {}) =>
    said(
      ['egress-host-not-found', 'egress-namespace-not-found'],
      [web, namespace('shop'), namespace('far'), knowing('./*', host), ...others],
      more,
    )
  const missing = 'warning egress-host-not-found /spec/egress/0/hosts/1'
  it.each([
    ['*/*', []],
    ['./*', []],
    ['shop/*', []],
    ['~/*', []],
    ['~shop/gone', []],
    ['*/*.example.com', []],
    [`./${full}`, []],
    [`shop/${full}`, []],
    [`*/${full}`, []],
    [`far/${full}`, [missing]],
    ['./web', [`${missing} [full-name]`]],
    ['shop/web', [`${missing} [full-name]`]],
    ['*/web', [`${missing} [full-name]`]],
    ['*/web.shop', [`${missing} [full-name]`]],
    ['far/web', [missing]],
    ['far/web.shop', [missing]],
    ['./gone', [missing]],
    ['*/api.example.com', [missing]],
    ['web', []],
    ['a/b/c', []],
  ])('%s', (host, expected) => {
    expect(of(host)).toEqual(expected)
  })
  it('of ServiceEntries, and where not all is read', () => {
    const entry = object('ServiceEntry', 'e', {
      namespace: 'far',
      spec: { hosts: ['api.example.com'], resolution: 'DNS', ports: [] },
    })
    expect(of('far/api.example.com', [entry])).toEqual([])
    expect(of('*/api.example.com', [entry])).toEqual([])
    expect(of('./api.example.com', [entry])).toEqual([missing])
    expect(of('./gone', [], { unread: ['east'] })).toEqual([])
    expect(of('./gone', [], { without: [kinds.serviceEntry] })).toEqual([])
  })
  it('of namespaces that exist', () => {
    const nowhere = 'info egress-namespace-not-found /spec/egress/0/hosts'
    expect(of('gone/*')).toEqual([`${nowhere}/1 [leave-out]`])
    expect(of(`gone/${full}`)).toEqual([`${nowhere}/1 [leave-out]`])
    expect(of('gone/*', [], { unread: ['east'] })).toEqual([])
    const slugs = ['egress-namespace-not-found']
    expect(said(slugs, [namespace('shop'), knowing('gone/*', './*')])).toEqual([`${nowhere}/0`])
    expect(said(slugs, [namespace('shop'), knowing('gone/*')])).toEqual([`${nowhere}/0`])
    for (const each of ['default', 'kube-system', 'istio-system'])
      expect(said(slugs, [namespace('shop'), knowing(`${each}/*`)])).toEqual([])
    expect(said(slugs, [knowing('gone/*')])).toEqual([])
  })
})

describe('scope', () => {
  it('of the root namespace is for all', () => {
    const of = (at: string, labels: JsonRecord | undefined) =>
      said(
        ['root-selector'],
        [
          pod('p', at, { labels: { app: 'x' } }),
          sidecar(
            { egress: [{ hosts: ['*/*'] }], ...(labels === undefined ? {} : { workloadSelector: { labels } }) },
            at,
          ),
        ],
      )
    expect(of('istio-system', { app: 'x' })).toEqual(['warning root-selector /spec/workloadSelector'])
    expect(of('istio-system', {})).toEqual([])
    expect(of('istio-system', undefined)).toEqual([])
    expect(of('shop', { app: 'x' })).toEqual([])
  })
  it('says its mode', () => {
    const of = (outboundTrafficPolicy?: JsonRecord) =>
      said(
        ['outbound-mode-unsaid'],
        [
          sidecar({
            egress: [{ hosts: ['*/*'] }],
            ...(outboundTrafficPolicy === undefined ? {} : { outboundTrafficPolicy }),
          }),
        ],
      )
    expect(of({})).toEqual(['info outbound-mode-unsaid /spec/outboundTrafficPolicy [say-mode]'])
    expect(of({ mode: 'ALLOW_ANY' })).toEqual([])
    expect(of()).toEqual([])
  })
})

describe('what is hidden', () => {
  const rule = (spec: JsonRecord, at = 'shop') =>
    object('VirtualService', 'rule', {
      namespace: at,
      spec: { hosts: ['web'], http: [{ route: [{ destination: { host: full } }] }], ...spec },
    })
  it('of rules', () => {
    const of = (scope: KubernetesObject, ...rules: KubernetesObject[]) => said(['hides-rule'], [web, scope, ...rules])
    const hides = 'warning hides-rule /spec/egress'
    expect(of(knowing('istio-system/*'), rule({}))).toEqual([`${hides} [know]`])
    expect(of(knowing('./*'), rule({}))).toEqual([])
    expect(of(knowing('*/*'), rule({}))).toEqual([])
    expect(of(knowing(`*/${full}`), rule({}))).toEqual([])
    expect(of(knowing(`far/${full}`), rule({}))).toEqual([`${hides} [know]`])
    expect(of(knowing('istio-system/*'), rule({ hosts: ['web', 'a.example.com'] }))).toEqual([`${hides} [know]`])
    expect(of(knowing('istio-system/*'), rule({ hosts: ['a.example.com'] }))).toEqual([hides])
    expect(of(knowing('istio-system/*'), rule({ hosts: ['*.shop.svc.cluster.local'] }))).toEqual([hides])
    expect(of(knowing('./*.example.com'), rule({ hosts: ['web', 'a.example.com'] }))).toEqual([])
    expect(of(knowing('istio-system/*'), rule({ gateways: ['g'] }))).toEqual([])
    expect(of(knowing('istio-system/*'), rule({ hosts: [] }))).toEqual([])
    expect(of(knowing('istio-system/*'), rule({}, 'far'))).toEqual([])
    expect(of(sidecar({ egress: [] }), rule({}))).toEqual([])
    const narrow = sidecar({
      egress: [{ port: { number: 80, protocol: 'HTTP', name: 'http' }, hosts: ['istio-system/*'] }],
    })
    expect(of(narrow, rule({}))).toEqual([hides])
    expect(of(sidecar({ egress: [{}] }), rule({}))).toEqual([hides])
  })
  const provider = (name: string, service: string) => ({ name, zipkin: { service, port: 9411 } })
  const settings = (service: string, more: JsonRecord = {}) => ({
    settings: {
      config: { extensionProviders: [provider('traces', service), { name: 'plain', envoyFileAccessLog: {} }], ...more },
    },
  })
  const zipkin = service('zipkin', 'ops')
  const host = 'zipkin.ops.svc.cluster.local'
  const of = (scope: KubernetesObject, others: KubernetesObject[], more: Omit<Case, 'objects'>) =>
    said(['hides-provider'], [zipkin, scope, ...others], more)
  const hides = ['warning hides-provider /spec/egress [know]']
  it('of providers by default', () => {
    const byDefault = { defaultProviders: { tracing: ['traces', 'plain', 'gone'] } }
    expect(of(knowing('./*'), [], settings(host, byDefault))).toEqual(hides)
    expect(of(knowing('./*'), [], settings(`ops/${host}`, byDefault))).toEqual(hides)
    expect(of(knowing('./*'), [], settings(host))).toEqual([])
    expect(of(knowing('ops/*'), [], settings(host, byDefault))).toEqual([])
    expect(of(knowing(`*/${host}`), [], settings(host, byDefault))).toEqual([])
    expect(of(knowing('ops/gone.example.com'), [], settings(host, byDefault))).toEqual(hides)
    expect(of(knowing('./*'), [], settings('gone.example.com', byDefault))).toEqual([])
  })
  it('of providers by rules', () => {
    const telemetry = (at: string, more: JsonRecord = {}) =>
      object('Telemetry', 't', { namespace: at, spec: { tracing: [{ providers: [{ name: 'traces' }], ...more }] } })
    const logs = object('Telemetry', 't', {
      namespace: 'shop',
      spec: { accessLogging: [{ providers: [{ name: 'traces' }], disabled: true }] },
    })
    const custom = object('AuthorizationPolicy', 'a', {
      namespace: 'shop',
      spec: { action: 'CUSTOM', provider: { name: 'traces' }, rules: [{}] },
    })
    expect(of(knowing('./*'), [telemetry('shop')], settings(host))).toEqual(hides)
    expect(of(knowing('./*'), [telemetry('istio-system')], settings(host))).toEqual(hides)
    expect(of(knowing('./*'), [telemetry('far')], settings(host))).toEqual([])
    expect(of(knowing('./*'), [telemetry('shop', { disableSpanReporting: true })], settings(host))).toEqual([])
    expect(of(knowing('./*'), [logs], settings(host))).toEqual([])
    expect(of(knowing('./*'), [custom], settings(host))).toEqual(hides)
  })
})
