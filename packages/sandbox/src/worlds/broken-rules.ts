import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { istioObject, namespace, NETWORKING, SECURITY, service, workload } from './objects.ts'

const INJECTED = { 'istio-injection': 'enabled' }
const PLACE = 'mistakes'

/** Namespaces in which injection does not do what was meant, and one whose release never starts. */
export function brokenTeams(): KubernetesObject[] {
  const app = (place: string, name: string, image = 'registry.example/web:1'): KubernetesObject =>
    workload({ namespace: place, name, image, port: 8080 })
  return [
    namespace(PLACE, INJECTED),
    app(PLACE, 'web'),
    service({ namespace: PLACE, name: 'web', port: 8080 }),
    namespace('waiting'),
    app('waiting', 'before-the-label'),
    namespace('conflicting', { ...INJECTED, 'istio.io/rev': 'another' }),
    namespace('blocked', { 'istio-injection': 'true' }),
    namespace('unserved', { 'istio.io/rev': 'nobody' }),
    namespace('never-starts', INJECTED),
    app('never-starts', 'release', 'registry.invalid/release:1'),
  ]
}

type Rule = { group: string; kind: string; name: string; spec: JsonRecord }

const to = (host: string, more: JsonRecord = {}): JsonRecord => ({ destination: { host }, ...more })
const routes = (name: string, ...route: JsonRecord[]): Rule => virtualService(name, { http: [{ route }] })
const virtualService = (name: string, spec: JsonRecord): Rule => ({
  group: NETWORKING,
  kind: 'VirtualService',
  name,
  spec: { hosts: [name], ...spec },
})
const networking = (kind: string, name: string, spec: JsonRecord): Rule => ({ group: NETWORKING, kind, name, spec })
const security = (kind: string, name: string, spec: JsonRecord): Rule => ({ group: SECURITY, kind, name, spec })

/** Rules with every mistake there is a finding for; those that Istio rejects were there before it validated. */
export function brokenRules(): KubernetesObject[] {
  const http = { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }
  const rules: Rule[] = [
    routes('no-host', to('nowhere')),
    virtualService('no-gateway', { gateways: ['istio-system/none'], http: [{ route: [to('web')] }] }),
    routes('no-subset', { destination: { host: 'web', subset: 'v9' } }),
    routes('negative-weight', to('web', { weight: -3 })),
    routes('no-weight', to('web', { weight: 0 }), to('web', { weight: 0 })),
    routes('odd-weights', to('web', { weight: 1 }), to('web', { weight: 2 })),
    routes('weight-of-one', to('web', { weight: 50 })),
    networking('DestinationRule', 'no-host', { host: 'nowhere' }),
    networking('DestinationRule', 'empty-subset', {
      host: 'web',
      subsets: [{ name: 'v2', labels: { version: 'v2' } }],
    }),
    networking('Gateway', 'no-pods', { selector: { istio: 'nobody' }, servers: [http] }),
    security('PeerAuthentication', 'first', { mtls: { mode: 'STRICT' } }),
    security('PeerAuthentication', 'second', { mtls: { mode: 'DISABLE' } }),
    security('AuthorizationPolicy', 'denies-all', {}),
  ]
  return [
    ...rules.map(({ group, kind, name, spec }) =>
      istioObject({ apiVersion: group, kind }, { namespace: PLACE, name }, spec),
    ),
    istioObject(
      { apiVersion: SECURITY, kind: 'PeerAuthentication' },
      { namespace: 'istio-system', name: 'selects' },
      { selector: { matchLabels: { app: 'web' } }, mtls: { mode: 'STRICT' } },
    ),
  ]
}
