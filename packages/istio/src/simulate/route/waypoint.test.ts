import { describe, expect, it } from 'vitest'
import { ask, type Asked, codes, decided, rule, told } from './samples.ts'

const own = (host: string, port = 9080, protocol = 'http') =>
  `inbound-vip|${port}|${protocol}|${host}.shop.svc.cluster.local 100`

/** Ambient Pods, a waypoint of the namespace `shop`, and what names it. */
const mesh = ({ labels = '', service = '', waypoint = '' } = {}) => `
{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient${labels}}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: client, namespace: shop, labels: {app: client}, annotations: {ambient.istio.io/redirection: enabled}}, spec: {}, status: {podIP: 10.1.0.9}}
---
{apiVersion: v1, kind: Pod, metadata: {name: ready, namespace: shop, labels: {app: api, version: v1}, annotations: {ambient.istio.io/redirection: enabled}}, spec: {}, status: {podIP: 10.1.0.4, conditions: [{type: Ready, status: 'True'}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: api, namespace: shop, labels: {app: api${service}}}, spec: {clusterIP: 10.0.0.7, selector: {app: api}, ports: [{name: http, port: 9080}, {name: tcp-raw, port: 9000}, {name: any, port: 8000}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: bare, namespace: shop}, spec: {clusterIP: None, selector: {app: api}, ports: [{name: http, port: 9080}]}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: wp, namespace: shop${waypoint}}, spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}}
---
`
const named = ', istio.io/use-waypoint: wp'
const about = (yaml: string, question: Asked = {}) => ask({ yaml, question: { host: 'api', ...question } })
const answer = (yaml: string, question: Asked = {}) => told(about(yaml, question))
const through = mesh({ labels: named })

describe('a request of an ambient workload', () => {
  it('goes to endpoints by address and port where nothing names a waypoint, whatever rules say', () => {
    const yaml = `${mesh()}${rule('api', '{hosts: [api], http: [{directResponse: {status: 418}}]}')}`
    expect(answer(yaml)).toBe('api.shop.svc.cluster.local:9080 100')
    expect(codes(about(yaml))).toContain('waypoint-none')
    expect(about(yaml).policies).toEqual([
      expect.objectContaining({ name: 'tls', value: { mode: 'ISTIO_MUTUAL', auto: true, hbone: 1 } }),
    ])
  })
  it('is refused at a port that the Service has not, with a waypoint and without', () => {
    expect(answer(mesh(), { port: 1 })).toBe('no-route')
    expect(answer(through, { port: 1 })).toBe('no-route')
    expect(codes(about(through, { port: 1 }))).toContain('waypoint-no-port')
  })
  it('goes out as it is where the mesh knows no such address', () => {
    expect(answer(through, { host: 'nowhere.test' })).toBe('passthrough')
    expect(answer(through, { host: '10.0.0.99' })).toBe('passthrough')
  })
  it('finds a Service by its address as by its name', () => {
    expect(answer(through, { host: '10.0.0.7' })).toBe(own('api'))
    expect(answer(mesh(), { host: '10.0.0.7', port: 1 })).toBe('no-route')
  })
  it('goes through the waypoint that the Service names, or its namespace; the Service has the last word', () => {
    expect(answer(mesh({ service: named }))).toBe(own('api'))
    expect(codes(about(mesh({ service: named })))).toContain('waypoint-by-object')
    expect(answer(through)).toBe(own('api'))
    expect(codes(about(through))).toContain('waypoint-by-namespace')
    expect(answer(mesh({ labels: named, service: ', istio.io/use-waypoint: none' }))).toBe(
      'api.shop.svc.cluster.local:9080 100',
    )
  })
  it.each([
    ['is not there', mesh({ service: ', istio.io/use-waypoint: other' }), 'waypoint-not-there'],
    [
      'is of another namespace',
      mesh({ service: `${named}, istio.io/use-waypoint-namespace: pay` }),
      'waypoint-not-there',
    ],
    [
      'is for workloads',
      mesh({ labels: named, waypoint: ', labels: {istio.io/waypoint-for: workload}' }),
      'waypoint-other-traffic',
    ],
  ])('passes by a waypoint that %s', (_, yaml, code) => {
    expect(answer(yaml)).toBe('api.shop.svc.cluster.local:9080 100')
    expect(codes(about(yaml))).toContain(code)
  })
  it('to a Pod itself meets no rule, but a waypoint for workloads', () => {
    expect(answer(through, { host: 'bare' })).toBe('10.1.0.4:9080 100')
    const all = mesh({ labels: named, waypoint: ', labels: {istio.io/waypoint-for: all}' })
    expect(answer(all, { host: 'bare' })).toBe('encap 100')
    expect(codes(about(all, { host: 'bare' }))).toEqual(expect.arrayContaining(['host-pod', 'waypoint-passes-on']))
  })
})

describe('a waypoint', () => {
  it('follows the rules of the Service, whatever the request calls itself', () => {
    const yaml = `${through}${rule('api', '{hosts: [api], http: [{match: [{uri: {prefix: /v2}}], route: [{destination: {host: api, subset: v1}}]}]}')}
{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: api, namespace: shop}, spec: {host: api, subsets: [{name: v1, labels: {version: v1}}]}}\n---\n`
    expect(answer(yaml, { path: '/v2', headers: { host: 'other.test' } })).toBe(own('api', 9080, 'http/v1'))
    expect(decided(about(yaml, { path: '/v2' }))).toBe('api/spec/http/0')
    expect(answer(yaml, { path: '/' })).toBe('no-route 404')
  })
  it('takes rules of its own namespace and of the Service’s, and says which it leaves out', () => {
    const elsewhere = `{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: far, namespace: other}, spec: {hosts: [api.shop.svc.cluster.local], http: [{directResponse: {status: 418}}]}}\n---\n`
    expect(answer(`${through}${elsewhere}`)).toBe(own('api'))
    expect(codes(about(`${through}${elsewhere}`))).toContain('waypoint-rule-elsewhere')
  })
  it('leaves matches by labels of the client out, and does not take what is left for everything', () => {
    const labels = rule(
      'api',
      '{hosts: [api], http: [{match: [{sourceLabels: {app: client}}], directResponse: {status: 418}}]}',
    )
    expect(answer(`${through}${labels}`)).toBe(own('api'))
    expect(codes(about(`${through}${labels}`))).toContain('waypoint-source-labels')
  })
  it('joins the rules of several VirtualServices', () => {
    const first = rule('a', '{hosts: [api], http: [{match: [{uri: {prefix: /a}}], directResponse: {status: 201}}]}')
    const second = rule(
      'b',
      "{hosts: ['*.shop.svc.cluster.local'], http: [{match: [{uri: {prefix: /b}}], directResponse: {status: 202}}]}",
    )
    expect(answer(`${through}${first}${second}`, { path: '/a' })).toBe('direct 201')
    expect(answer(`${through}${first}${second}`, { path: '/b' })).toBe('direct 202')
  })
  it('reaches Services of others only where a rule names its own by their full host', () => {
    const to = (host: string) => rule('api', `{hosts: ['${host}'], http: [{route: [{destination: {host: cart}}]}]}`)
    const away = mesh({ service: named })
    expect(answer(`${away}${to('api')}`)).toBe('outbound|9080||cart.shop.svc.cluster.local 100')
    expect(answer(`${away}${to('*.shop.svc.cluster.local')}`)).toBe(
      'outbound|9080||cart.shop.svc.cluster.local 100 waypoint-unprepared',
    )
    expect(answer(`${through}${to('api')}`)).toBe(own('cart'))
  })
  it('tells HTTP from other traffic by the port, and by looking where the port does not say', () => {
    expect(answer(through, { port: 9000, protocol: 'tcp' })).toBe(own('api', 9000, 'tcp'))
    expect(answer(through, { port: 9000 })).toBe(own('api', 9000, 'tcp'))
    expect(answer(through, { port: 8000 })).toBe(own('api', 8000))
    expect(answer(through, { port: 8000, protocol: 'tcp' })).toBe(own('api', 8000, 'tcp'))
    expect(answer(through, { protocol: 'tcp' })).toBe('no-route')
  })
  it('follows TCP routes, but none that ask who the client is', () => {
    const route = (match: string) =>
      rule(
        'api',
        `{hosts: [api], tcp: [{match: [${match}], route: [{destination: {host: cart, port: {number: 9080}}}]}]}`,
      )
    const raw = { port: 9000, protocol: 'tcp' } satisfies Asked
    expect(answer(`${through}${route('{port: 9000}')}`, raw)).toBe(own('cart'))
    expect(answer(`${through}${route('{port: 9001}')}`, raw)).toBe(own('api', 9000, 'tcp'))
    expect(answer(`${through}${route('{port: 9000, sourceNamespace: shop}')}`, raw)).toBe(own('api', 9000, 'tcp'))
  })
  it('is asked itself too, and serves nobody that is not bound to it', () => {
    const edge = `${mesh({ service: ', istio.io/use-waypoint: k8s-wp, istio.io/use-waypoint-namespace: edge' })}
{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: k8s-wp, namespace: edge}, spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE, allowedRoutes: {namespaces: {from: All}}}]}}
---
`
    expect(answer(edge, { gateway: 'k8s-wp', host: 'api.shop' })).toBe(own('api'))
    expect(answer(edge, { gateway: 'k8s-wp', host: 'cart.shop' })).toBe('no-route')
    expect(codes(about(edge, { gateway: 'k8s-wp', host: 'cart.shop' }))).toContain('waypoint-not-for')
  })
})

describe('who does not ask ztunnel', () => {
  it('has sidecars pass waypoints by, and says so', () => {
    const yaml = `${mesh({ service: named })}
{apiVersion: v1, kind: Pod, metadata: {name: client, namespace: other, annotations: {sidecar.istio.io/status: '{}'}}, spec: {containers: [{name: istio-proxy}]}, status: {podIP: 10.1.0.8}}
---
`
    const said = about(yaml, { client: 'other', host: 'api.shop' })
    expect(told(said)).toBe('outbound|9080||api.shop.svc.cluster.local 100')
    expect(codes(said)).toContain('sidecar-passes-waypoint')
  })
})

describe('a gateway', () => {
  const edge = `
{apiVersion: v1, kind: Pod, metadata: {name: gw, namespace: edge, labels: {istio: gw}}, spec: {}, status: {podIP: 10.2.0.1}}
---
{apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {name: edge, namespace: edge}, spec: {selector: {istio: gw}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]}}
---
{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: in, namespace: edge}, spec: {hosts: ['*'], gateways: [edge], http: [{route: [{destination: {host: api.shop.svc.cluster.local, port: {number: 9080}}}]}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: wp, namespace: shop}, spec: {clusterIP: 10.0.0.8, selector: {waypoint: wp}, ports: [{name: mesh, port: 15008}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: wp-1, namespace: shop, labels: {waypoint: wp, gateway.istio.io/managed: istio.io-mesh-controller}}, spec: {}, status: {podIP: 10.1.0.7, conditions: [{type: Ready, status: 'True'}]}}
---
`
  const asked = (labels: string) =>
    about(`${mesh({ service: labels })}${edge}`, { gateway: 'edge', host: 'api.example', port: 80 })
  const dialled = (labels: string) => {
    const { outcome } = asked(labels)
    return outcome.kind === 'routed' ? outcome.destinations.flatMap((each) => each.endpoints) : []
  }
  it.each(["'true'", "'1'"])('leaves it to the waypoint where the Service asks for it: %s', (said) => {
    const labels = `${named}, istio.io/ingress-use-waypoint: ${said}`
    expect(dialled(labels)).toMatchObject([{ pod: 'wp-1', port: 15_008 }])
    expect(asked(labels).outcome).toMatchObject({ destinations: [{ waypoint: { kind: 'Gateway', name: 'wp' } }] })
    expect(codes(asked(labels))).toContain('ingress-waypoint')
  })
  it.each([named, `${named}, istio.io/ingress-use-waypoint: 'false'`, `, istio.io/ingress-use-waypoint: 'true'`])(
    'passes it by where nobody does: %s',
    (labels) => {
      expect(dialled(labels)).toMatchObject([{ pod: 'ready', port: 9080 }])
    },
  )
})
