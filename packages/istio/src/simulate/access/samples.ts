import type { AccessCall, AccessSource } from '@orbweaver/contracts/explain-access'
import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject, ObjectRef } from '@orbweaver/contracts/kubernetes'
import { meshParts, type MeshWorld } from '../../findings/world.ts'
import { kinds } from '../../world/kinds.ts'
import { clusterView } from '../../world/view.ts'
import { worldOf as worldFrom } from '../world.ts'

/** Worlds of tests: all kinds read, what is given there, and namespaces with what is said of them. */
export function worldOf(objects: readonly KubernetesObject[], config: JsonRecord = {}): MeshWorld {
  const view = clusterView('one', objects, Object.values(kinds))
  return worldFrom(meshParts({ config: view, settings: { config }, now, yaml }))
}

const now = () => new Date('2026-06-01T00:00:00Z')
/** YAML that is JSON. */
const yaml = (text: string): unknown => JSON.parse(text)

type Meta = Partial<KubernetesObject['metadata']>

export function policy(name: string, spec: JsonRecord, meta: Meta = {}): KubernetesObject {
  return rule('AuthorizationPolicy', name, { spec, meta })
}

export function peers(name: string, spec: JsonRecord, meta: Meta = {}): KubernetesObject {
  return rule('PeerAuthentication', name, { spec, meta })
}

export function tokens(name: string, spec: JsonRecord, meta: Meta = {}): KubernetesObject {
  return rule('RequestAuthentication', name, { spec, meta })
}

function rule(kind: string, name: string, { spec, meta }: { spec: JsonRecord; meta: Meta }): KubernetesObject {
  const metadata = { namespace: 'shop', ...meta, name }
  return { apiVersion: 'security.istio.io/v1', kind, metadata, spec }
}

type PodMeta = Meta & { account?: string; ip?: string; ports?: readonly JsonRecord[] }

const sidecar = { name: 'istio-proxy', image: 'proxyv2:1.31.0' }

/** A Pod with a sidecar, without a proxy, or in the ambient mesh. */
export function pod(name: string, kind: 'sidecar' | 'none' | 'ambient', meta: PodMeta = {}): KubernetesObject {
  const { account = name, ip = '10.1.0.1', ports = [], labels, annotations, ...rest } = meta
  const shown = {
    sidecar: { 'sidecar.istio.io/status': '{"revision":"default"}' },
    ambient: { 'ambient.istio.io/redirection': 'enabled' },
    none: {},
  }[kind]
  const app = { name: 'app', ports: [...ports] }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      namespace: 'shop',
      ...rest,
      name,
      labels: { app: name, ...(kind === 'sidecar' && { 'security.istio.io/tlsMode': 'istio' }), ...labels },
      annotations: { ...shown, ...annotations },
    },
    spec: { serviceAccountName: account, containers: kind === 'sidecar' ? [app, sidecar] : [app] },
    status: { phase: 'Running', podIP: ip },
  }
}

export function service(
  name: string,
  ports: readonly JsonRecord[],
  meta: Meta & { selector?: JsonRecord } = {},
): KubernetesObject {
  const { selector = { app: name }, ...rest } = meta
  const metadata = { namespace: 'shop', ...rest, name }
  return { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector, clusterIP: '10.96.0.1', ports: [...ports] } }
}

export function namespace(name: string, labels: Record<string, string> = {}): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }
}

export const httpPort = { name: 'http', port: 80, targetPort: 8080 }
export const tcpPort = { name: 'tcp', port: 9000, targetPort: 9000 }

export function refTo(kind: string, name: string, space = 'shop'): ObjectRef {
  const group = { Deployment: 'apps', Gateway: 'networking.istio.io' }[kind] ?? ''
  return { cluster: 'one', group, version: 'v1', kind, namespace: space, name }
}

export function from(name: string, space = 'shop'): AccessSource {
  return { kind: 'workload', ref: refTo('Pod', name, space) }
}

/** A call of `api` at its HTTP port, by `web`, unless something else is said. */
export function call(more: Partial<AccessCall> = {}): AccessCall {
  return {
    from: from('web'),
    to: { ref: refTo('Pod', 'api'), port: 8080 },
    protocol: 'http',
    method: 'GET',
    path: '/',
    host: 'api.shop.svc.cluster.local',
    headers: {},
    claims: null,
    mtls: 'auto',
    ...more,
  }
}

/** Two that talk to each other: `web` calls `api`, both with sidecars. */
export const shop: readonly KubernetesObject[] = [
  namespace('shop', { 'istio-injection': 'enabled' }),
  pod('web', 'sidecar', { ip: '10.1.0.1' }),
  pod('api', 'sidecar', { ip: '10.1.0.2' }),
  service('api', [httpPort, tcpPort]),
]
