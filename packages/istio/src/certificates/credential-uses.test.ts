import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, test } from 'vitest'
import { kinds } from '../world/kinds.ts'
import { clusterView } from '../world/view.ts'
import { credentialUses } from './credential-uses.ts'

const networking = 'networking.istio.io/v1'
const gatewayApi = 'gateway.networking.k8s.io/v1'

function object([apiVersion, kind]: [string, string], at: string, more: JsonRecord = {}): KubernetesObject {
  const [namespace = '', name = ''] = at.split('/')
  return { apiVersion, kind, metadata: { namespace, name }, ...more }
}
const secret = (at: string, ...keys: string[]) =>
  object(['v1', 'Secret'], at, { type: 'Opaque', data: Object.fromEntries(keys.map((key) => [key, ''])) })
const tls = (at: string, ...more: string[]) => secret(at, 'tls.crt', 'tls.key', ...more)
const pod = (at: string, labels: Record<string, string>): KubernetesObject => {
  const base = object(['v1', 'Pod'], at, { status: { phase: 'Running' } })
  return { ...base, metadata: { ...base.metadata, labels } }
}
const front = pod('ingress/gw-1', { istio: 'gw' })
const gateway = (settings: JsonRecord, selector: JsonRecord = { istio: 'gw' }) =>
  object([networking, 'Gateway'], 'shop/front', { spec: { selector, servers: [{ tls: settings }] } })
const rule = (spec: JsonRecord) => object([networking, 'DestinationRule'], 'shop/out', { spec })

type Cluster = KubernetesObject[]

/** `cluster/namespace/name` that is asked for, and what comes of it. */
function uses(config: Cluster, member: Cluster = []) {
  const read = [kinds.secret]
  const views = [clusterView('hub', config, read), clusterView('east', member, read)] as const
  return credentialUses({ config: views[0], clusters: views }).map(({ by, side, place, secret: found, fault }) => [
    `${by.kind} ${side}`,
    `${place.cluster}/${place.namespace}/${place.name}`,
    found === undefined ? 'none' : `${found.cluster}/${found.namespace ?? ''}/${found.name}`,
    ...(fault === undefined ? [] : [fault]),
  ])
}

describe('a server', () => {
  test('takes it from the namespace of its Pods, not of its rule', () => {
    const simple = gateway({ mode: 'SIMPLE', credentialName: 'web' })
    expect(uses([simple, front, tls('ingress/web'), tls('shop/web')])).toEqual([
      ['Gateway server', 'hub/ingress/web', 'hub/ingress/web'],
    ])
    expect(uses([simple, front, tls('shop/web')])).toEqual([['Gateway server', 'hub/ingress/web', 'none', 'missing']])
  })

  test('in a member takes that of its cluster, else that of the control plane', () => {
    const simple = gateway({ mode: 'SIMPLE', credentialName: 'web' })
    expect(uses([simple, tls('ingress/web')], [front, tls('ingress/web')])).toEqual([
      ['Gateway server', 'east/ingress/web', 'east/ingress/web'],
    ])
    expect(uses([simple, tls('ingress/web')], [front])).toEqual([
      ['Gateway server', 'east/ingress/web', 'hub/ingress/web'],
    ])
  })

  test('takes several, and each must have certificate and key', () => {
    const several = gateway({ mode: 'SIMPLE', credentialNames: ['rsa', 'ecdsa'] })
    expect(uses([several, front, secret('ingress/rsa', 'cert', 'key'), secret('ingress/ecdsa', 'ca.crt')])).toEqual([
      ['Gateway server', 'hub/ingress/rsa', 'hub/ingress/rsa'],
      ['Gateway server', 'hub/ingress/ecdsa', 'hub/ingress/ecdsa', 'incomplete'],
    ])
  })

  test('of mutual TLS takes its CA from -cacert, else from the Secret itself, or where it is told', () => {
    const mutual = gateway({ mode: 'MUTUAL', credentialName: 'web' })
    expect(uses([mutual, front, tls('ingress/web'), secret('ingress/web-cacert', 'cacert')])[1]).toEqual([
      'Gateway server',
      'hub/ingress/web-cacert',
      'hub/ingress/web-cacert',
    ])
    expect(uses([mutual, front, tls('ingress/web', 'ca.crt')])[1]).toEqual([
      'Gateway server',
      'hub/ingress/web',
      'hub/ingress/web',
    ])
    expect(uses([mutual, front, tls('ingress/web')])[1]?.[3]).toBe('incomplete')
    const told = gateway({ mode: 'OPTIONAL_MUTUAL', credentialName: 'web', caCertCredentialName: 'clients' })
    expect(uses([told, front, tls('ingress/web')])[1]).toEqual([
      'Gateway server',
      'hub/ingress/clients',
      'none',
      'missing',
    ])
  })

  test('that passes TLS on, or has its certificate elsewhere, uses none', () => {
    for (const settings of [
      { mode: 'PASSTHROUGH', credentialName: 'web' },
      { mode: 'ISTIO_MUTUAL' },
      { mode: 'SIMPLE', credentialName: 'builtin://' },
      { mode: 'SIMPLE', serverCertificate: '/etc/a', privateKey: '/etc/b' },
    ]) {
      expect(uses([gateway(settings), front])).toEqual([])
    }
  })

  test('without Pods is found by its template; without a selector it is every gateway', () => {
    const labels = { istio: 'gw' }
    const template = { metadata: { labels, annotations: { 'inject.istio.io/templates': 'gateway' } } }
    const scaled = object(['apps/v1', 'Deployment'], 'ingress/gw', { spec: { replicas: 0, template } })
    const simple = { mode: 'SIMPLE', credentialName: 'web' }
    expect(uses([gateway(simple), scaled, tls('ingress/web')])).toHaveLength(1)
    expect(uses([gateway(simple, {}), scaled, tls('ingress/web')])).toHaveLength(1)
    expect(uses([gateway(simple, {}), pod('shop/web-1', { app: 'web' })])).toEqual([])
  })
})

describe('a client', () => {
  const settings = { mode: 'MUTUAL', credentialName: 'client' }

  test('is every gateway that sees the rule', () => {
    const base = [gateway({ mode: 'PASSTHROUGH' }), front, tls('ingress/client', 'ca.crt')]
    const found = [
      ['DestinationRule client', 'hub/ingress/client', 'hub/ingress/client'],
      ['DestinationRule client', 'hub/ingress/client', 'hub/ingress/client'],
    ]
    expect(uses([...base, rule({ trafficPolicy: { tls: settings } })])).toEqual(found)
    expect(uses([...base, rule({ exportTo: ['.'], trafficPolicy: { tls: settings } })])).toEqual([])
  })

  test('is the sidecars that a rule selects in its own namespace', () => {
    const selecting = rule({
      workloadSelector: { matchLabels: { app: 'web' } },
      trafficPolicy: { portLevelSettings: [{ port: { number: 443 }, tls: settings }] },
    })
    const pods = [pod('shop/web-1', { app: 'web' }), pod('other/web-1', { app: 'web' })]
    expect(uses([selecting, ...pods, tls('shop/client', 'ca.crt')]).map(([, place]) => place)).toEqual([
      'hub/shop/client',
      'hub/shop/client',
    ])
  })

  test('that shows no certificate wants a CA alone, also of a subset', () => {
    const simple = { mode: 'SIMPLE', credentialName: 'server' }
    const subset = rule({ subsets: [{ name: 'v1', trafficPolicy: { tls: simple } }] })
    const base = [subset, gateway({ mode: 'PASSTHROUGH' }), front]
    expect(uses([...base, secret('ingress/server-cacert', 'ca.crt')])).toEqual([
      ['DestinationRule client', 'hub/ingress/server-cacert', 'hub/ingress/server-cacert'],
    ])
    expect(uses(base)).toEqual([['DestinationRule client', 'hub/ingress/server', 'none', 'missing']])
  })
})

describe('a listener of the Gateway API', () => {
  const listening = (namespace?: string, className = 'istio') =>
    object([gatewayApi, 'Gateway'], 'edge/front', {
      spec: {
        gatewayClassName: className,
        listeners: [{ tls: { certificateRefs: [{ name: 'web', ...(namespace !== undefined && { namespace }) }] } }],
      },
    })
  const grant = (name?: string) =>
    object(['gateway.networking.k8s.io/v1beta1', 'ReferenceGrant'], 'certs/edge', {
      spec: {
        from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'edge' }],
        to: [{ group: '', kind: 'Secret', ...(name !== undefined && { name }) }],
      },
    })

  test('takes it from its own namespace', () => {
    expect(uses([listening(), tls('edge/web')])).toEqual([['Gateway server', 'hub/edge/web', 'hub/edge/web']])
  })

  test('takes it from another one where a grant lets it', () => {
    expect(uses([listening('certs'), tls('certs/web')])[0]?.slice(2)).toEqual(['none', 'not-granted'])
    expect(uses([listening('certs'), tls('certs/web'), grant('other')])[0]?.slice(2)).toEqual(['none', 'not-granted'])
    expect(uses([listening('certs'), tls('certs/web'), grant()])[0]?.slice(2)).toEqual(['hub/certs/web'])
    expect(uses([listening('certs'), tls('certs/web'), grant('web')])[0]?.slice(2)).toEqual(['hub/certs/web'])
  })

  test('of another controller is none of ours', () => {
    const theirs = object([gatewayApi, 'GatewayClass'], '/nginx', { spec: { controllerName: 'example.com/nginx' } })
    expect(uses([listening(undefined, 'nginx'), theirs])).toEqual([])
    expect(uses([listening(undefined, 'unknown')])).toEqual([])
  })
})

test('where Secrets were not read none is missing', () => {
  const unread = clusterView('hub', [gateway({ mode: 'SIMPLE', credentialName: 'web' }), front])
  expect(credentialUses({ config: unread, clusters: [unread] })).toMatchObject([{ place: { name: 'web' } }])
  expect(credentialUses({ config: unread, clusters: [unread] })[0]?.fault).toBeUndefined()
})
