import type { AccessCall } from '@orbweaver/contracts/explain-access'
import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { access } from './explain.ts'
import { call, httpPort, namespace, peers, pod, policy, refTo, service, shop, worldOf } from './samples.ts'

const strict = { mtls: { mode: 'STRICT' } }
const plain: Partial<AccessCall> = { mtls: false }
const verdict = (objects: readonly KubernetesObject[], more: Partial<AccessCall> = {}, config: JsonRecord = {}) =>
  access(worldOf([...shop, ...objects], config), call(more)).verdict

describe('PeerAuthentication', () => {
  it('takes both kinds of connection where nothing is said', () => {
    expect(verdict([], plain)).toBe('allowed')
    expect(verdict([], { mtls: true })).toBe('allowed')
  })
  it('refuses plain text where it is STRICT, and says by whose word', () => {
    const answer = access(worldOf([...shop, peers('default', strict)]), call(plain))
    expect(answer).toMatchObject({
      verdict: 'refused-plaintext',
      decidedBy: { ref: { name: 'default' }, pointer: '/spec/mtls/mode' },
      principal: null,
      hops: [{ at: 'sidecar', peer: 'STRICT', mtls: false }],
    })
    expect(verdict([peers('default', strict)])).toBe('allowed')
  })
  it('refuses TLS where it is DISABLE', () => {
    expect(verdict([peers('default', { mtls: { mode: 'DISABLE' } })], { mtls: true })).toBe('refused-tls')
    expect(verdict([peers('default', { mtls: { mode: 'DISABLE' } })])).toBe('allowed')
  })
  it('is not seen of a workload by sidecars that dial a headless Service', () => {
    const own = peers('own', { selector: { matchLabels: { app: 'api' } }, mtls: { mode: 'DISABLE' } })
    const asked = (clusterIP: string, ...rules: readonly KubernetesObject[]) => {
      const spec = { selector: { app: 'api' }, clusterIP, ports: [httpPort] }
      const headless = { ...service('api', [httpPort]), spec }
      return access(worldOf([...shop.slice(0, 3), headless, ...rules]), call()).verdict
    }
    expect(asked('10.96.0.1', own)).toBe('allowed')
    expect(asked('None', own)).toBe('refused-tls')
    expect(asked('None', peers('all', { mtls: { mode: 'DISABLE' } }))).toBe('allowed')
  })
  it('refuses clients to whom the host is not shown: they speak plain text', () => {
    const annotations = { 'networking.istio.io/exportTo': '.' }
    const hidden = [
      ...shop.slice(0, 3),
      service('api', [httpPort], { annotations }),
      peers('default', strict),
      pod('web', 'sidecar', { namespace: 'far', ip: '10.1.0.9' }),
    ]
    const asked = (space: string) =>
      access(worldOf(hidden), call({ from: { kind: 'workload', ref: refTo('Pod', 'web', space) } }))
    expect(asked('far').verdict).toBe('refused-plaintext')
    expect(asked('far').trail.map(({ code }) => code)).toContain('client-not-shown')
    expect(asked('shop').verdict).toBe('allowed')
  })
  it('lets the narrower level decide, and asks the wider where it is UNSET', () => {
    const mesh = peers('default', strict, { namespace: 'istio-system' })
    expect(verdict([mesh], plain)).toBe('refused-plaintext')
    expect(verdict([mesh, peers('p', { mtls: { mode: 'PERMISSIVE' } })], plain)).toBe('allowed')
    expect(verdict([mesh, peers('p', {})], plain)).toBe('refused-plaintext')
    const own = (mtls: JsonRecord, more: JsonRecord = {}) =>
      peers('own', { selector: { matchLabels: { app: 'api' } }, mtls, ...more })
    expect(verdict([mesh, own({ mode: 'PERMISSIVE' })], plain)).toBe('allowed')
    expect(verdict([mesh, own({ mode: 'UNSET' })], plain)).toBe('refused-plaintext')
    expect(verdict([own({ mode: 'PERMISSIVE' }, { portLevelMtls: { 8080: { mode: 'STRICT' } } })], plain)).toBe(
      'refused-plaintext',
    )
    expect(verdict([own({ mode: 'PERMISSIVE' }, { portLevelMtls: { 80: { mode: 'STRICT' } } })], plain)).toBe('allowed')
    expect(verdict([own({ mode: 'STRICT' }, { portLevelMtls: { 8080: { mode: 'UNSET' } } })], plain)).toBe(
      'refused-plaintext',
    )
  })
  it('takes the oldest of a level, and none with a selector from the root namespace', () => {
    const old = peers('b', { mtls: { mode: 'PERMISSIVE' } }, { creationTimestamp: '2020-01-01T00:00:00Z' })
    const young = peers('a', strict, { creationTimestamp: '2021-01-01T00:00:00Z' })
    expect(verdict([old, young], plain)).toBe('allowed')
    const rooted = peers('r', { ...strict, selector: { matchLabels: { app: 'api' } } }, { namespace: 'istio-system' })
    expect(verdict([rooted], plain)).toBe('allowed')
  })
  it('asks for an identity where a policy does', () => {
    const onlyWeb = policy('p', { rules: [{ from: [{ source: { principals: ['*/sa/web'] } }] }] })
    expect(verdict([onlyWeb], plain)).toBe('needs-mtls')
    expect(verdict([onlyWeb])).toBe('allowed')
    expect(verdict([policy('p', { rules: [] })], plain)).toBe('denied')
  })
})

describe('the client', () => {
  const told = (objects: readonly KubernetesObject[], more: Partial<AccessCall> = {}, config: JsonRecord = {}) => {
    const { hops, trail } = access(worldOf([...shop, ...objects], config), call(more))
    return [hops[0]?.mtls, trail[0]?.code]
  }
  const rule = (tls: JsonRecord, space = 'shop'): KubernetesObject => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: { name: 'dr', namespace: space },
    spec: { host: 'api.shop.svc.cluster.local', trafficPolicy: { tls } },
  })
  it('uses mutual TLS by itself towards sidecars', () => {
    expect(told([])).toEqual([true, 'client-auto-mtls'])
    expect(told([], {}, { enableAutoMtls: false })).toEqual([false, 'client-auto-mtls-off'])
    expect(told([peers('p', { mtls: { mode: 'DISABLE' } })])).toEqual([false, 'client-server-disabled'])
  })
  it('sends plain text where its sidecar is not given the credential of a rule', () => {
    const tls = { mode: 'SIMPLE', credentialName: 'ca' }
    expect(told([rule(tls)])).toEqual([false, 'client-credential'])
    expect(told([rule({ ...tls, credentialName: 'configmap://shop/ca' })])).toEqual([false, 'client-rule'])
    expect(verdict([rule(tls), peers('p', strict)])).toBe('refused-plaintext')
    expect(verdict([rule(tls)])).toBe('allowed')
  })
  it('sends plain text where settings of a port take the place of TLS for all', () => {
    const ofPort = (tls: JsonRecord, port: JsonRecord = {}) => ({
      ...rule(tls),
      spec: {
        host: 'api.shop.svc.cluster.local',
        trafficPolicy: { tls, portLevelSettings: [{ port: { number: 80 }, ...port }] },
      },
    })
    expect(told([ofPort({ mode: 'SIMPLE' })])).toEqual([false, 'client-port-settings'])
    expect(told([ofPort({ mode: 'ISTIO_MUTUAL' })])).toEqual([true, 'client-auto-mtls'])
    expect(told([ofPort({ mode: 'DISABLE' }, { tls: { mode: 'ISTIO_MUTUAL' } })])).toEqual([true, 'client-rule'])
  })
  it('does as a BackendTLSPolicy says', () => {
    const policy: KubernetesObject = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'BackendTLSPolicy',
      metadata: { name: 'tls', namespace: 'shop' },
      spec: {
        targetRefs: [{ group: '', kind: 'Service', name: 'api' }],
        validation: { hostname: 'api.example', wellKnownCACertificates: 'System' },
      },
    }
    expect(told([policy])).toEqual([false, 'client-rule'])
    expect(verdict([policy])).toBe('refused-tls')
    expect(told([policy, rule({ mode: 'ISTIO_MUTUAL' })])).toEqual([true, 'client-rule'])
  })
  it('does as a DestinationRule says', () => {
    expect(told([rule({ mode: 'DISABLE' })])).toEqual([false, 'client-rule'])
    expect(told([rule({ mode: 'ISTIO_MUTUAL' })], {}, { enableAutoMtls: false })).toEqual([true, 'client-rule'])
    expect(verdict([rule({ mode: 'DISABLE' }), peers('p', strict)])).toBe('refused-plaintext')
    expect(verdict([rule({ mode: 'ISTIO_MUTUAL' }), peers('p', { mtls: { mode: 'DISABLE' } })])).toBe('refused-tls')
    expect(verdict([rule({ mode: 'SIMPLE' })])).toBe('refused-tls')
    const tcp = { protocol: 'tcp', to: { ref: refTo('Pod', 'api'), port: 9000 } } satisfies Partial<AccessCall>
    expect(verdict([rule({ mode: 'SIMPLE' })], tcp)).toBe('allowed')
    expect(verdict([rule({ mode: 'SIMPLE' }), peers('p', { mtls: { mode: 'DISABLE' } })], tcp)).toBe('allowed')
    expect(verdict([rule({ mode: 'SIMPLE' }), peers('p', { mtls: { mode: 'DISABLE' } })])).toBe('refused-tls')
    expect(verdict([rule({ mode: 'SIMPLE' }), peers('p', strict)])).toBe('refused-plaintext')
    expect(verdict([rule({ mode: 'ISTIO_MUTUAL' }, 'other')])).toBe('allowed')
  })
  it('speaks plain text without a proxy, and by an address that no Service has', () => {
    const stranger = pod('web', 'none')
    const objects = [...shop.filter(({ metadata }) => metadata.name !== 'web'), stranger, peers('p', strict)]
    expect(access(worldOf(objects), call())).toMatchObject({
      verdict: 'refused-plaintext',
      trail: [{ code: 'client-no-proxy' }, {}, {}, {}],
    })
    expect(told([], { to: { ref: refTo('Pod', 'api'), port: 7777 } })).toEqual([false, 'client-by-address'])
  })
  it('is told from templates and labels where no Pod shows it', () => {
    const template = {
      metadata: { labels: { app: 'late' } },
      spec: { serviceAccountName: 'late', containers: [{ name: 'app' }] },
    }
    const late: KubernetesObject = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'late', namespace: 'shop' },
      spec: { template },
    }
    const outside = { ...late, metadata: { name: 'late', namespace: 'bare' } }
    const world = worldOf([...shop, namespace('bare'), late, outside, service('late', [httpPort])])
    const ask = (space: string) =>
      access(world, call({ from: { kind: 'workload', ref: refTo('Deployment', 'late', space) } }))
    expect(ask('shop')).toMatchObject({ principal: 'cluster.local/ns/shop/sa/late', unknown: [{ code: 'expected' }] })
    expect(ask('bare')).toMatchObject({ principal: null, verdict: 'allowed' })
    expect(access(world, call({ to: { ref: refTo('Service', 'late'), port: 80 } }))).toMatchObject({
      hops: [{ at: 'sidecar', mtls: true }],
    })
  })
})

describe('where nothing is judged', () => {
  const denyAll = policy('p', { action: 'DENY', rules: [{}] }, { namespace: 'istio-system' })
  it('is a workload without a proxy', () => {
    const objects = [
      ...shop.filter(({ metadata }) => metadata.name !== 'api'),
      pod('api', 'none'),
      service('api', [httpPort]),
      denyAll,
    ]
    expect(access(worldOf(objects), call())).toMatchObject({ verdict: 'allowed', hops: [{ at: 'none' }] })
    expect(access(worldOf(objects), call({ mtls: true }))).toMatchObject({ verdict: 'refused-tls' })
  })
  it('is a port that is not redirected', () => {
    const left = (annotations: Record<string, string>) => [
      ...shop.filter(({ metadata }) => metadata.name !== 'api' || metadata.labels === undefined),
      pod('api', 'sidecar', { annotations }),
      denyAll,
    ]
    const past = 'traffic.sidecar.istio.io/excludeInboundPorts'
    const only = 'traffic.sidecar.istio.io/includeInboundPorts'
    const to = (annotations: Record<string, string>) => access(worldOf(left(annotations)), call()).verdict
    expect(to({ [past]: '22, 8080' })).toBe('allowed')
    expect(to({ [past]: '22' })).toBe('denied')
    expect(to({ [only]: '9000' })).toBe('allowed')
    expect(to({ [only]: '8080' })).toBe('denied')
    expect(to({ [only]: '*', [past]: '8080' })).toBe('allowed')
  })
})

describe('ports', () => {
  it('are as the oldest Service declares them', () => {
    const get = policy('p', { rules: [{ to: [{ operation: { methods: ['GET'] } }] }] })
    const old = service('old', [{ name: 'tcp', port: 1, targetPort: 8080 }], {
      selector: { app: 'api' },
      creationTimestamp: '2020-01-01T00:00:00Z',
    })
    const objects = shop.map((each) =>
      each.kind === 'Service'
        ? { ...each, metadata: { ...each.metadata, creationTimestamp: '2021-01-01T00:00:00Z' } }
        : each,
    )
    expect(access(worldOf([...objects, get]), call())).toMatchObject({ verdict: 'allowed', hops: [{ layer: 'http' }] })
    expect(access(worldOf([...objects, old, get]), call())).toMatchObject({
      verdict: 'denied',
      hops: [{ layer: 'tcp' }],
    })
  })
  it('are as a Sidecar lists them, where it lists any', () => {
    const sidecar: KubernetesObject = {
      apiVersion: 'networking.istio.io/v1',
      kind: 'Sidecar',
      metadata: { name: 's', namespace: 'shop' },
      spec: { ingress: [{ port: { number: 8080, protocol: 'TCP', name: 'x' } }] },
    }
    expect(access(worldOf([...shop, sidecar]), call())).toMatchObject({ hops: [{ layer: 'tcp' }] })
    expect(access(worldOf([...shop, sidecar]), call({ to: { ref: refTo('Pod', 'api'), port: 9000 } }))).toMatchObject({
      hops: [{ layer: 'http' }],
    })
  })
  it('that are HTTP take nothing else', () => {
    expect(verdict([], { protocol: 'tcp' })).toBe('denied')
    expect(verdict([], { path: 'no path' })).toBe('denied')
  })
})
