import type { RouteExplanation } from '@orbweaver/contracts/explain'
import { at } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import { type Asked, ask as asked, codes } from './samples.ts'

const ask = (yaml: string, question: Asked = {}) => asked({ yaml, question })
const tlsOf = ({ policies }: RouteExplanation) => policies.find(({ name }) => name === 'tls')
const by = (explained: RouteExplanation) => {
  const { by: place, value } = tlsOf(explained) ?? {}
  return [place?.ref.name ?? null, at(value, 'mode'), ...(place?.pointer === undefined ? [] : [place.pointer])]
}

type More = { targets?: string; validation?: string; created?: string; namespace?: string; meta?: string }
const service = '{group: "", kind: Service, name: reviews}'
const system = 'hostname: reviews.example, wellKnownCACertificates: System'
const policy = (name: string, more: More = {}) => {
  const { targets = service, validation = system, created = '2026-01-01', namespace = 'shop', meta = '' } = more
  return `{apiVersion: gateway.networking.k8s.io/v1, kind: BackendTLSPolicy, metadata: {name: ${name}, namespace: ${namespace}, creationTimestamp: '${created}T00:00:00Z'${meta}}, spec: {targetRefs: [${targets}], validation: {${validation}}}}\n---\n`
}
const destinations = (spec: string, more = '', namespace = 'shop') =>
  `{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: dr, namespace: ${namespace}, creationTimestamp: '2025-01-01T00:00:00Z'}, spec: {host: reviews.shop.svc.cluster.local, trafficPolicy: {${spec}}${more}}}\n---\n`
const ofPolicy = ['tls', 'SIMPLE', '/spec/validation']

describe('a BackendTLSPolicy', () => {
  it('tells sidecars which TLS to speak, and the trail names it', () => {
    const explained = ask(
      policy('tls', { validation: `${system}, subjectAltNames: [{type: URI, uri: 'spiffe://x/y'}]` }),
    )
    expect(by(explained)).toEqual(ofPolicy)
    expect(tlsOf(explained)?.value).toEqual({
      mode: 'SIMPLE',
      sni: 'reviews.example',
      subjectAltNames: ['spiffe://x/y'],
    })
    const step = explained.trail.find(({ code }) => code === 'tls-of-policy')
    expect(step).toMatchObject({ params: { name: 'tls', sni: 'reviews.example' }, ref: { kind: 'BackendTLSPolicy' } })
    expect(codes(explained)).not.toContain('rule-from-client')
  })
  it('does so in other namespaces too, and is not for others', () => {
    const elsewhere = { client: 'other', host: 'reviews.shop' }
    expect(by(ask(policy('tls'), elsewhere))).toEqual(ofPolicy)
    expect(by(ask(policy('tls', { namespace: 'other' })))[0]).toBeNull()
    expect(by(ask(policy('tls'), { host: 'cart' }))[0]).toBeNull()
  })
  it.each([
    ['another Service', { targets: '{group: "", kind: Service, name: gone}' }],
    ['another kind', { targets: '{group: apps, kind: Deployment, name: reviews}' }],
    ['a port that is not there', { targets: '{group: "", kind: Service, name: reviews, sectionName: https}' }],
    ['another controller', { meta: ', annotations: {istio.io/ignore-policy-attachment: "True"}' }],
    ['another revision', { meta: ', labels: {istio.io/rev: other}' }],
  ])('says nothing where it is for %s', (_, more) => {
    expect(by(ask(policy('tls', more)))[0]).toBeNull()
  })
  it('may be for one port, by its name', () => {
    const one = policy('tls', { targets: '{group: "", kind: Service, name: reviews, sectionName: http}' })
    expect(by(ask(one))).toEqual(ofPolicy)
    expect(by(ask(one, { port: 9000 }))[0]).toBeNull()
    const both = one + policy('all', { created: '2025-01-01' })
    expect(by(ask(both))).toEqual(ofPolicy)
    expect(by(ask(both, { port: 9000 }))[0]).toBe('all')
  })
  it('counts alone where it is the oldest', () => {
    expect(by(ask(policy('tls') + policy('a', { created: '2026-02-01' })))).toEqual(ofPolicy)
    expect(by(ask(policy('tls') + policy('a')))[0]).toBe('a')
    const left = policy('a', { meta: ', annotations: {istio.io/ignore-policy-attachment: "true"}' })
    expect(by(ask(policy('tls') + left))).toEqual(ofPolicy)
  })
  it('is for hosts of a ServiceEntry', () => {
    const entry =
      '{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: far, namespace: shop}, spec: {hosts: [far.example], ports: [{number: 443, name: https, protocol: HTTP}], resolution: DNS}}\n---\n'
    const targets = '{group: networking.istio.io, kind: ServiceEntry, name: far, sectionName: https}'
    expect(by(ask(entry + policy('tls', { targets }), { host: 'far.example', port: 443 }))).toEqual(ofPolicy)
  })
})

describe('beside a DestinationRule', () => {
  it('of the same namespace it fills in what that leaves open', () => {
    const open = ask(policy('tls') + destinations('loadBalancer: {simple: RANDOM}'))
    expect(by(open)).toEqual(ofPolicy)
    expect(open.policies.find(({ name }) => name === 'loadBalancer')?.by?.ref.name).toBe('dr')
    expect(codes(open)).toContain('rule-from-client')
    expect(by(ask(policy('tls') + destinations('tls: {mode: DISABLE}'))).slice(0, 2)).toEqual(['dr', 'DISABLE'])
  })
  it('settings of one port take the place of it, and are filled by a policy for that port alone', () => {
    const ofPort = destinations('portLevelSettings: [{port: {number: 9080}, loadBalancer: {simple: RANDOM}}]')
    expect(tlsOf(ask(policy('tls') + ofPort))).toMatchObject({ value: { mode: 'DISABLE', why: 'port-settings' } })
    expect(by(ask(policy('tls') + ofPort, { port: 9000 }))).toEqual(ofPolicy)
    const targets = '{group: "", kind: Service, name: reviews, sectionName: http}'
    expect(by(ask(policy('tls', { targets }) + ofPort))).toEqual(ofPolicy)
  })
  it('that is exported by name, or is the client’s own, it does not count', () => {
    const elsewhere = { client: 'other', host: 'reviews.shop' }
    const said = 'loadBalancer: {simple: RANDOM}'
    expect(by(ask(policy('tls') + destinations(said, ', exportTo: ["*"]')))[0]).toBeNull()
    expect(by(ask(policy('tls') + destinations(said, '', 'other'), elsewhere))[0]).toBeNull()
    expect(by(ask(policy('tls') + destinations(said, '', 'other')))).toEqual(ofPolicy)
  })
})

describe('certificates of authorities', () => {
  const of = (kind: string) => `hostname: reviews.example, caCertificateRefs: [{group: "", kind: ${kind}, name: ca}]`
  const map = (data: string, meta = '') =>
    `{apiVersion: v1, kind: ConfigMap, metadata: {name: ca, namespace: shop${meta}}, data: ${data}}\n---\n`
  const configMap = policy('tls', { validation: of('ConfigMap') })
  it('are taken out of a ConfigMap, which may be unknown', () => {
    for (const each of ['', map('{ca.crt: x}'), map('{cacert: x}'), map('{}', ', labels: {istio.io/rev: default}')]) {
      const explained = ask(configMap + each)
      expect(tlsOf(explained)?.value).toMatchObject({ mode: 'SIMPLE', credentialName: 'configmap://shop/ca' })
      expect(codes(explained)).not.toContain('policy-without-ca-plain')
    }
  })
  it.each([
    ['a ConfigMap without one', configMap + map('{ca.crt: "", cert: x}')],
    ['a Secret', policy('tls', { validation: of('Secret') })],
  ])('are not taken out of %s: sidecars speak plain text, gateways do not get through', (_, yaml) => {
    const explained = ask(yaml)
    expect(tlsOf(explained)?.value).toEqual({ mode: 'DISABLE', why: 'credential' })
    expect(codes(explained)).toContain('policy-without-ca-plain')
    const gateway = ask(edge + yaml, { gateway: 'k8s-web', host: 'shop.example', port: 80 })
    expect(tlsOf(gateway)?.value).toMatchObject({ mode: 'SIMPLE', credentialName: 'invalid://' })
    expect(codes(gateway)).toContain('policy-without-ca')
  })
  it('of credentials that a rule for everybody names sidecars get none', () => {
    const said = 'tls: {mode: SIMPLE, credentialName: ca}'
    expect(tlsOf(ask(destinations(said)))?.value).toEqual({ mode: 'DISABLE', why: 'credential' })
    const some = destinations(said, ', workloadSelector: {matchLabels: {app: client}}')
    expect(tlsOf(ask(some))?.value).toMatchObject({ mode: 'SIMPLE' })
  })
})

const edge = `
{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: k8s-web, namespace: edge}, spec: {gatewayClassName: istio, listeners: [{name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}]}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: all, namespace: shop}, spec: {parentRefs: [{name: k8s-web, namespace: edge}], rules: [{backendRefs: [{name: reviews, port: 9080}]}]}}
---
`
