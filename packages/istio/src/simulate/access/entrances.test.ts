import type { AccessCall } from '@orbweaver/contracts/explain-access'
import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { meshParts } from '../../findings/world.ts'
import { kinds } from '../../world/kinds.ts'
import { clusterView } from '../../world/view.ts'
import { worldOf } from '../world.ts'
import { access } from './explain.ts'
import { accessMatrix } from './matrix.ts'
import { call, httpPort, namespace, peers, pod, policy, refTo, service, shop } from './samples.ts'
import { groundsOf, touchedBetween } from './touched.ts'

const network = (name: string) => namespace('istio-system', { 'topology.istio.io/network': name })
const entrance = (pods: number): KubernetesObject[] => [
  ...Array.from({ length: pods }, (_, index) =>
    pod(`east-${index}`, 'sidecar', {
      namespace: 'istio-system',
      labels: { istio: 'eastwest' },
      ip: `10.8.9.${index}`,
    }),
  ),
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'eastwest', namespace: 'istio-system', labels: { 'topology.istio.io/network': 'west' } },
    spec: { selector: { istio: 'eastwest' }, ports: [{ name: 'tls', port: 15443 }] },
    status: { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } },
  },
]
const west = (pods = 1) => [
  network('west'),
  pod('stock', 'sidecar', { ip: '10.8.0.1' }),
  service('stock', [httpPort]),
  ...entrance(pods),
]

const worldBetween = (rules: readonly KubernetesObject[], far: readonly KubernetesObject[]) => {
  const config = clusterView('one', [network('east'), ...shop, ...rules], Object.values(kinds))
  return worldOf(meshParts({ config, clusters: [config, clusterView('two', far, Object.values(kinds))] }))
}
const to = { ref: { ...refTo('Pod', 'stock'), cluster: 'two' }, port: 8080 }
const ask = (rules: readonly KubernetesObject[], far = west(), more: Partial<AccessCall> = {}) =>
  access(worldBetween(rules, far), call({ to, ...more }))
const only = (source: JsonRecord) =>
  policy('p', { selector: { matchLabels: { app: 'stock' } }, rules: [{ from: [{ source }] }] })

describe('a call to another network', () => {
  it('keeps the identity of the client', () => {
    const found = ask([only({ principals: ['cluster.local/ns/shop/sa/web'] })])
    expect(found).toMatchObject({
      verdict: 'allowed',
      principal: 'cluster.local/ns/shop/sa/web',
      hops: [{ mtls: true }],
    })
    expect(found.trail.find(({ code }) => code === 'by-entrance')?.ref).toMatchObject({
      cluster: 'two',
      name: 'eastwest',
    })
  })
  it.each([{ ipBlocks: ['10.8.9.0'] }, { remoteIpBlocks: ['10.8.9.0'] }])(
    'comes from the address of the entrance: %j',
    (source) => {
      expect(ask([only(source)]).verdict).toBe('allowed')
    },
  )
  it('does not come from the address of the client', () => {
    expect(ask([only({ ipBlocks: ['10.1.0.1'] })]).verdict).toBe('denied')
    expect(ask([only({ ipBlocks: ['10.1.0.1'] })], [network('east'), ...west().slice(1)]).verdict).toBe('allowed')
  })
  it('comes from one of several addresses where the entrance has many Pods, or none is known', () => {
    expect(ask([only({ ipBlocks: ['10.8.9.0'] })], west(2))).toMatchObject({ verdict: 'depends', depends: ['ip'] })
    expect(ask([only({ ipBlocks: ['10.8.9.0'] })], west(0)).verdict).toBe('depends')
  })
  it('says by a header where it came from first, if it does', () => {
    const headers = { 'x-forwarded-for': '203.0.113.5' }
    expect(ask([only({ remoteIpBlocks: ['203.0.113.5'] })], west(), { headers }).verdict).toBe('allowed')
  })
  it('does not get there without mutual TLS', () => {
    const off = peers('off', { mtls: { mode: 'DISABLE' } })
    const found = ask([off])
    expect(found.verdict).toBe('refused-plaintext')
    expect(found.trail.map(({ code }) => code)).toContain('entrance-without-mtls')
  })
  it('does not get there where the host is not exported to the namespace of the entrance', () => {
    const shown = (exportTo: string) => ({ annotations: { 'networking.istio.io/exportTo': exportTo } })
    const far = (exportTo: string) =>
      west().map((each) =>
        each.metadata.name === 'stock' && each.kind === 'Service'
          ? service('stock', [httpPort], shown(exportTo))
          : each,
      )
    expect(ask([], far('*')).verdict).toBe('allowed')
    const found = ask([], far('shop'))
    expect(found.verdict).toBe('refused-tls')
    expect(found.trail.map(({ code }) => code)).toContain('entrance-not-shown')
  })
  it('is dialled directly where the network has no entrance', () => {
    expect(ask([only({ ipBlocks: ['10.1.0.1'] })], west().slice(0, 3)).verdict).toBe('allowed')
  })
  it('is another one for a draft that makes or moves an entrance', () => {
    const [before, after] = [west().slice(0, 3), west()].map((far) =>
      worldBetween([only({ ipBlocks: ['10.8.9.0'] })], far),
    )
    if (before === undefined || after === undefined) throw new Error('two worlds')
    const touched = touchedBetween(groundsOf(before), groundsOf(after))
    const changed = accessMatrix(after).filter(({ to: { ref } }) => ref.name === 'stock')
    expect(changed.length).toBeGreaterThan(0)
    expect([...touched.ends].some((key) => key.includes('stock'))).toBe(true)
  })
})
