import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { aroundHops } from './around-hops.ts'
import { access } from './explain.ts'
import { accessMatrix } from './matrix.ts'
import { call, httpPort, namespace, pod, policy, service, worldOf } from './samples.ts'

const waypoint = (name: string): KubernetesObject => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name, namespace: 'shop' },
  spec: { gatewayClassName: 'istio-waypoint', listeners: [{ name: 'mesh', port: 15008, protocol: 'HBONE' }] },
})

const mesh = (weight: string): readonly KubernetesObject[] => [
  namespace('shop', { 'istio.io/dataplane-mode': 'ambient' }),
  pod('web', 'ambient', { ip: '10.1.0.1' }),
  pod('api', 'ambient', { ip: '10.1.0.2' }),
  service('api', [httpPort], {
    labels: { 'istio.io/use-waypoint': 'wp', 'istio.io/use-waypoint-canary': 'next' },
    annotations: { 'istio.io/use-waypoint-canary-weight': weight },
  }),
  waypoint('wp'),
  waypoint('next'),
]

const ask = (weight: string, ...more: readonly KubernetesObject[]) =>
  access(worldOf([...mesh(weight), ...more]), call())
const deny = (spec: JsonRecord) => policy('p', { action: 'DENY', rules: [{}], ...spec })
const group = 'gateway.networking.k8s.io'
const atCanary = deny({ targetRefs: [{ group, kind: 'Gateway', name: 'next' }] })
const atService = deny({ targetRefs: [{ kind: 'Service', name: 'api' }] })

describe('a call to a Service with a canary waypoint', () => {
  it('depends on the waypoint where the two do not say the same', () => {
    const found = ask('20', atCanary)
    expect(found).toMatchObject({ verdict: 'depends', depends: ['waypoint'] })
    expect(found.trail.at(-1)).toMatchObject({
      code: 'waypoint-canary-differs',
      params: { name: 'shop/next', weight: 20 },
    })
    const { after } = aroundHops(found)
    expect(after[0]).toMatchObject({ code: 'waypoint-canary', ref: { name: 'next' } })
    expect(after.find(({ code }) => code === 'rule-met')).toMatchObject({
      ref: { name: 'p' },
      pointer: '/spec/rules/0',
    })
  })
  it('is answered where they do', () => {
    expect(ask('20', atService).verdict).toBe('denied')
    const found = ask('20')
    expect(found).toMatchObject({
      verdict: 'allowed',
      hops: [{ at: 'waypoint', ref: { name: 'wp' } }, { at: 'ztunnel' }],
    })
    expect(found.trail.at(-1)).toMatchObject({ code: 'waypoint-canary-alike' })
  })
  it('goes through the one that gets all connections', () => {
    expect(ask('0', atCanary).verdict).toBe('allowed')
    expect(ask('no share', atCanary).verdict).toBe('allowed')
    expect(ask('100', atCanary)).toMatchObject({
      verdict: 'denied',
      hops: [{ at: 'waypoint', ref: { name: 'next' } }, { at: 'ztunnel' }],
    })
  })
  it('leaves a cell of the matrix open', () => {
    const cells = accessMatrix(worldOf([...mesh('20'), atCanary]))
    const found = cells.filter(({ to, from }) => to.port === 8080 && from.principal?.endsWith('/web') === true)
    expect(found).toMatchObject([{ verdict: 'depends', depends: ['waypoint'] }])
  })
})
