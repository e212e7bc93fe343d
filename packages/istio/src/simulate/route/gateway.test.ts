import { describe, expect, it } from 'vitest'
import { type Asked, ask as asked, codes, decided, told } from './samples.ts'

const edge = `
{apiVersion: v1, kind: Pod, metadata: {name: gw, namespace: edge, labels: {istio: edge}}, spec: {}}
---
{apiVersion: v1, kind: Service, metadata: {name: gw, namespace: edge}, spec: {selector: {istio: edge}, ports: [{port: 80, targetPort: 8080}, {port: 443, targetPort: 8443}]}}
---
`
const ask = (yaml: string, question: Asked = {}) =>
  asked({ yaml: edge + yaml, question: { gateway: 'web', host: 'shop.example', port: 80, ...question } })

const server = (kind: `${string} ${number}`, hosts: string, more = '') => {
  const [protocol = '', port] = kind.split(' ')
  return `{port: {number: ${port}, name: ${protocol.toLowerCase()}-${port}, protocol: ${protocol}}, hosts: ${hosts}${more}}`
}
const gateway = (name: string, servers: string[], created = '2026-01-01') =>
  `{apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {name: ${name}, namespace: edge, creationTimestamp: '${created}T00:00:00Z'}, spec: {selector: {istio: edge}, servers: [${servers.join(', ')}]}}\n---\n`
const rule = (name: string, spec: string, more: { namespace?: string; created?: string } = {}) =>
  `{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: ${name}, namespace: ${more.namespace ?? 'shop'}, creationTimestamp: '${more.created ?? '2026-01-01'}T00:00:00Z'}, spec: {gateways: [edge/web], ${spec}}}\n---\n`
const toReviews = 'route: [{destination: {host: reviews, port: {number: 9080}}}]'
const reviews = 'outbound|9080||reviews.shop.svc.cluster.local 100'
const web = gateway('web', [server('HTTP 80', '["*"]')])
const shop = `hosts: [shop.example], http: [{${toReviews}}]`

describe('which server', () => {
  it('is found by the port that clients dial, whatever the Pod listens on', () => {
    const explained = ask(web + rule('one', shop))
    expect([told(explained), decided(explained)]).toEqual([reviews, 'one/spec/http/0'])
    expect(explained.trail.find(({ code }) => code === 'port-translated')?.params).toEqual({ port: 80, target: 8080 })
  })
  it('nobody listens elsewhere', () => {
    expect(codes(ask(web, { port: 81 }))).toContain('no-server')
    expect(told(ask(web, { port: 81 }))).toBe('no-route')
  })
  it.each([
    ['["*.example"]', 'shop.example', reviews],
    ['["*.other"]', 'shop.example', 'no-route 404'],
    ['["shop/*"]', 'shop.example', reviews],
    ['["./*"]', 'shop.example', 'no-route 404'],
    ['["*/shop.example"]', 'shop.example', reviews],
    ['["edge/shop.example"]', 'shop.example', 'no-route 404'],
  ])('with hosts %s, for %s', (hosts, host, outcome) => {
    expect(told(ask(gateway('web', [server('HTTP 80', hosts)]) + rule('one', shop), { host }))).toBe(outcome)
  })
  it('plain HTTP and TLS do not share a port: who comes first has it', () => {
    const tls = gateway('tls', [server('HTTPS 80', '["*"]', ', tls: {mode: SIMPLE}')], '2026-02-01')
    expect(codes(ask(web + tls + rule('one', shop)))).toContain('server-conflict')
  })
})

describe('TLS', () => {
  const secure = (mode: string, protocol = 'HTTPS') =>
    gateway('web', [server(`${protocol} 443`, '[shop.example]', `, tls: {mode: ${mode}}`)])
  it('is found by its server name, and ended', () => {
    const ended = secure('SIMPLE') + rule('one', shop)
    expect(told(ask(ended, { port: 443, protocol: 'https' }))).toBe(reviews)
    expect(codes(ask(ended, { port: 443, protocol: 'https', sni: 'other.example' }))).toContain('no-server-name')
    expect(told(ask(ended, { port: 443, protocol: 'http' }))).toBe('no-route')
    expect(codes(ask(web + rule('one', shop), { protocol: 'https' }))).toContain('tls-to-plain')
  })
  it('goes through where the server says so', () => {
    const through = (names: string) =>
      secure('PASSTHROUGH', 'TLS') +
      rule('one', `hosts: [shop.example], tls: [{match: [{sniHosts: ${names}}], ${toReviews}}]`)
    expect(told(ask(through('[shop.example]'), { port: 443, protocol: 'tls' }))).toBe(reviews)
    expect(told(ask(through('[other.example]'), { port: 443, protocol: 'tls' }))).toBe('no-route')
  })
  it('is asked for by a redirect, before any route', () => {
    const redirects = gateway('web', [server('HTTP 80', '["*"]', ', tls: {httpsRedirect: true}')])
    const explained = ask(redirects + rule('one', shop), { path: '/a?b=c' })
    expect([told(explained), decided(explained)]).toEqual([
      '301 https://shop.example/a?b=c',
      'web/spec/servers/0/tls/httpsRedirect',
    ])
  })
  it('between networks names the cluster', () => {
    const across = gateway('web', [server('TLS 15443', '["*.local"]', ', tls: {mode: AUTO_PASSTHROUGH}')])
    const sni = 'outbound_.9080_._.reviews.shop.svc.cluster.local'
    expect(told(ask(across, { port: 15443, protocol: 'tls', sni }))).toBe(`${sni} 100`)
    expect(codes(ask(across, { port: 15443, protocol: 'tls', sni: 'other' }))).toContain('no-such-cluster')
  })
})

describe('rules of one host', () => {
  const direct = (status: number) => `directResponse: {status: ${status}}`
  const api = (status: number) => `hosts: [shop.example], http: [{match: [{uri: {prefix: /api}}], ${direct(status)}}]`
  it('come one after the other by age, those for everything last', () => {
    const all = rule('all', `hosts: [shop.example], http: [{${direct(200)}}]`)
    const young = rule('young', api(202), { created: '2026-03-01' })
    const old = rule('old', api(201), { created: '2026-02-01' })
    expect(told(ask(web + all + young + old, { path: '/api' }))).toBe('direct 201')
    expect(told(ask(web + all + young + old, { path: '/' }))).toBe('direct 200')
  })
  it('those of the gateway’s own namespace alone go before those for all', () => {
    const own = rule('own', `exportTo: [.], ${api(203)}`, { namespace: 'edge', created: '2026-04-01' })
    expect(told(ask(web + own + rule('old', api(201)), { path: '/api' }))).toBe('direct 203')
  })
  it('those that are not exported to it are none', () => {
    expect(told(ask(web + rule('one', `exportTo: [.], ${api(203)}`), { path: '/api' }))).toBe('no-route 404')
  })
  it('hosts of the rule and of the server meet in the narrower', () => {
    const wide = rule('wide', `hosts: ["*.example"], http: [{${direct(210)}}]`)
    const narrow = gateway('web', [server('HTTP 80', '[shop.example]')])
    expect(told(ask(narrow + wide))).toBe('direct 210')
    expect(told(ask(narrow + wide, { host: 'other.example' }))).toBe('no-route 404')
  })
  it('TCP goes by port alone', () => {
    const tcp = gateway('web', [server('TCP 31400', '["*"]')])
    const one = rule('one', `hosts: ["*"], tcp: [{match: [{port: 31400}], ${toReviews}}]`)
    expect(told(ask(tcp + one, { port: 31400, protocol: 'tcp' }))).toBe(reviews)
    expect(told(ask(tcp + one.replace('port: 31400', 'port: 1'), { port: 31400, protocol: 'tcp' }))).toBe('no-route')
  })
})
