import { describe, expect, it } from 'vitest'
import { ask, type Asked, codes, decided, rule, told } from './samples.ts'

type Said = { service?: string; weight?: string; namespace?: string }

const annotated = (weight: string | undefined) =>
  weight === undefined ? '' : `, annotations: {istio.io/use-waypoint-canary-weight: '${weight}'}`

/** Ambient Pods, the waypoint `wp` of their namespace, and another beside it. */
const mesh = ({ service = '', weight, namespace = '' }: Said = {}) => `
{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient, istio.io/use-waypoint: wp${namespace}}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: client, namespace: shop, labels: {app: client}, annotations: {ambient.istio.io/redirection: enabled}}, spec: {}, status: {podIP: 10.1.0.9}}
---
{apiVersion: v1, kind: Pod, metadata: {name: ready, namespace: shop, labels: {app: api}, annotations: {ambient.istio.io/redirection: enabled}}, spec: {}, status: {podIP: 10.1.0.4, conditions: [{type: Ready, status: 'True'}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: api, namespace: shop, labels: {app: api${service}}${annotated(weight)}}, spec: {clusterIP: 10.0.0.7, selector: {app: api}, ports: [{name: http, port: 9080}]}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: wp, namespace: shop}, spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: k8s-next, namespace: edge}, spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE, allowedRoutes: {namespaces: {from: All}}}]}}
---
`
const canary = ', istio.io/use-waypoint-canary: k8s-next, istio.io/use-waypoint-canary-namespace: edge'
/** Only a waypoint of the namespace `edge` follows it. */
const onlyNew = `{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: api, namespace: edge}, spec: {hosts: [api.shop.svc.cluster.local], http: [{directResponse: {status: 418}}]}}
---
`
const both = rule('api', '{hosts: [api], http: [{directResponse: {status: 418}}]}')
const about = (said: Said, rules = '', question: Asked = {}) =>
  ask({ yaml: `${mesh(said)}${rules}`, question: { host: 'api.shop', ...question } })
const own = 'inbound-vip|9080|http|api.shop.svc.cluster.local 100'

describe('a canary waypoint', () => {
  it('that does the same changes nothing, and is named', () => {
    const found = about({ service: canary, weight: '20' }, both)
    expect(told(found)).toBe('direct 418')
    expect(decided(found)).toContain('api/spec/http')
    expect(codes(found)).toEqual(expect.arrayContaining(['waypoint-canary', 'waypoint-canary-alike']))
    expect(found.trail.find(({ code }) => code === 'waypoint-canary')?.params).toEqual({
      name: 'edge/k8s-next',
      weight: 20,
    })
  })
  it('that does something else leaves open what comes of one request', () => {
    const found = about({ service: canary, weight: '20' }, onlyNew)
    expect(found.outcome).toEqual({
      kind: 'unknown',
      reason: { code: 'waypoint-canary-differs', params: { name: 'edge/k8s-next', weight: 20 } },
    })
    expect(found.decidedBy).toBeNull()
  })
  it('decides alone where all connections are its, and not where none is', () => {
    expect(told(about({ service: canary, weight: '100' }, onlyNew))).toBe('direct 418')
    expect(told(about({ service: canary, weight: '0' }, onlyNew))).toBe(own)
    expect(told(about({ service: canary }, onlyNew))).toBe(own)
  })
  it('is left out where its share is no share, or where it cannot be used', () => {
    for (const weight of ['20%', '120', '-1', '']) expect(told(about({ service: canary, weight }, onlyNew))).toBe(own)
    const other = (labels: string) => told(about({ service: labels, weight: '100' }, onlyNew))
    expect(other(', istio.io/use-waypoint-canary: k8s-next')).toBe(own)
    expect(other(', istio.io/use-waypoint-canary: wp')).toBe(own)
    expect(other(', istio.io/use-waypoint-canary: none')).toBe(own)
  })
  it('of a namespace counts for who names no waypoint', () => {
    expect(told(about({ namespace: canary, weight: '100' }, onlyNew))).toBe('direct 418')
    const named = { service: ', istio.io/use-waypoint: wp', namespace: canary, weight: '100' }
    expect(told(about(named, onlyNew))).toBe(own)
  })
  it('serves what comes to it', () => {
    const at = (said: Said) => told(about(said, onlyNew, { gateway: 'k8s-next' }))
    expect(at({ service: canary, weight: '20' })).toBe('direct 418')
    expect(at({ service: canary, weight: '0' })).toBe('direct 418')
    expect(at({})).toBe('no-route')
  })
})
