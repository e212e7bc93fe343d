import type { ObjectRef } from '@orbweaver/contracts/kubernetes'

/** The only place that builds a URL of the console; paths.test.ts lists them all, which makes it the site map. */
export const paths = {
  start: () => '/',
  signIn: (next?: string) => url('/sign-in', { next }),

  meshes: (search: TablePlace & { kind?: string } = {}) => url('/meshes', search),
  meshCreate: (kind?: 'Managed' | 'Dedicated' | 'External') => url('/new/mesh', { kind }),
  meshImport: () => '/new/mesh-import',
  meshAdopt: (found: { cluster: string; namespace: string; revision: string }) =>
    url('/new/mesh', {
      kind: 'External',
      cluster: found.cluster,
      namespace: found.namespace,
      revision: found.revision,
    }),
  mesh: (mesh: string) => `/meshes/${part(mesh)}`,
  meshClusters: (mesh: string) => `/meshes/${part(mesh)}/clusters`,
  meshNetworks: (mesh: string, search: TablePlace & NetworkPlace = {}) => url(`/meshes/${part(mesh)}/networks`, search),
  meshCertificates: (mesh: string, search: CertificatePlace = {}) => url(`/meshes/${part(mesh)}/certificates`, search),
  metrics: (mesh: string, search: { minutes?: number } = {}) => url(`/meshes/${part(mesh)}/metrics`, search),
  meshSettings: (mesh: string) => `/meshes/${part(mesh)}/settings`,
  meshHistory: (mesh: string) => `/meshes/${part(mesh)}/history`,
  sidecars: (mesh: string, search: TablePlace & SidecarPlace = {}) => url(`/meshes/${part(mesh)}/sidecars`, search),
  traffic: (mesh: string, search: TablePlace & RulePlace = {}) => url(`/meshes/${part(mesh)}/traffic`, search),
  explainRequest: (mesh: string, search: RequestPlace = {}) => url(`/meshes/${part(mesh)}/explain`, search),
  explainCall: (mesh: string, search: CallPlace = {}) => url(`/meshes/${part(mesh)}/explain/call`, search),
  explainInjection: (mesh: string, search: { of?: string } = {}) =>
    url(`/meshes/${part(mesh)}/explain/injection`, search),
  security: (mesh: string, search: TablePlace & RulePlace = {}) => url(`/meshes/${part(mesh)}/security`, search),
  tlsSecrets: (mesh: string, search: TablePlace & TlsPlace = {}) => url(`/meshes/${part(mesh)}/tls-secrets`, search),
  objects: (mesh: string, search: TablePlace & RulePlace = {}) => url(`/meshes/${part(mesh)}/objects`, search),
  findings: (mesh: string, search: TablePlace & FindingPlace = {}) => url(`/meshes/${part(mesh)}/findings`, search),
  objectCreate: (mesh: string, kind?: string) => url(`/meshes/${part(mesh)}/new/object`, { kind }),
  object: (mesh: string, ref: ObjectRef) => `/meshes/${part(mesh)}/objects/${refPath(ref)}`,

  clusters: (search: TablePlace = {}) => url('/clusters', search),
  clusterRegister: (context?: string) => url('/new/cluster', { context }),
  cluster: (cluster: string) => `/clusters/${part(cluster)}`,
  clusterEdit: (cluster: string) => `/clusters/${part(cluster)}/edit`,

  findingCodes: (code?: string) => url('/help/findings', { search: code }),

  history: (search: TablePlace & { phase?: string; mesh?: string } = {}) => url('/history', search),
  change: (change: string) => `/history/${part(change)}`,
} as const

/** What every list keeps in its URL beside its own filters. */
export type TablePlace = { search?: string; sort?: string; order?: 'desc'; page?: number; size?: number }
type SidecarPlace = { tab?: 'namespaces' | 'workloads'; cluster?: string; namespace?: string; policy?: string }
type NetworkPlace = { tab?: 'networks' | 'ways' | 'locality' | 'services' }
export type CertificatePlace = {
  tab?: 'authority' | 'proxies'
  cluster?: string
  namespace?: string
  workload?: string
}
type TlsPlace = { cluster?: string; namespace?: string; show?: string; secret?: string }
export type FindingPlace = {
  view?: 'codes'
  severities?: string
  codes?: string
  kinds?: string
  cluster?: string
  namespace?: string
  name?: string
  muted?: 'only'
}
/** A request that is to be explained; objects as `refPath` writes them, headers one a line. */
export type RequestPlace = {
  from?: string
  gateway?: 'yes'
  host?: string
  port?: string
  protocol?: string
  method?: string
  path?: string
  headers?: string
  sni?: string
}
/** A call that may be let in or not; claims of a token as JSON. */
export type CallPlace = {
  from?: string
  principal?: string
  ip?: string
  /** A gateway that it arrives at first. */
  through?: string
  throughPort?: string
  to?: string
  port?: string
  protocol?: string
  method?: string
  path?: string
  host?: string
  headers?: string
  claims?: string
  mtls?: string
}
type RulePlace = { kinds?: string; cluster?: string; namespace?: string }

/** Where objects live in a URL: cluster, then kind, version and group as kubectl writes them, namespace (`-` for none), name. */
export function refPath(ref: ObjectRef): string {
  const resource = [ref.kind, ref.version, ref.group].filter((each) => each !== '').join('.')
  return [ref.cluster, resource, ref.namespace ?? '-', ref.name].map(part).join('/')
}

export type RefParams = { cluster: string; resource: string; namespace: string; name: string }

/** The way back from a URL to the reference; undefined when the address was mistyped. */
export function refFromParams(params: RefParams): ObjectRef | undefined {
  const [kind = '', version = '', ...group] = params.resource.split('.')
  if (kind === '' || version === '') return undefined
  const base = { cluster: params.cluster, group: group.join('.'), version, kind, name: params.name }
  return params.namespace === '-' ? base : { ...base, namespace: params.namespace }
}

/** The way back from `refPath`. */
export function refFromPath(text: string | undefined): ObjectRef | undefined {
  const [cluster = '', resource = '', namespace = '', name = '', ...more] = (text ?? '').split('/').map(decoded)
  if (cluster === '' || namespace === '' || name === '' || more.length > 0) return undefined
  return refFromParams({ cluster, resource, namespace, name })
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // Somebody wrote a percent sign by hand.
    return text
  }
}

function part(text: string): string {
  return encodeURIComponent(text)
}

function url(path: string, search: Record<string, string | number | undefined>): string {
  const entries = Object.entries(search).flatMap(([key, value]): [string, string][] =>
    value === undefined || value === '' ? [] : [[key, String(value)]],
  )
  return entries.length === 0 ? path : `${path}?${new URLSearchParams(entries).toString()}`
}

/** What is new belongs to the list it will be in: `/meshes/a/new/object` to `/meshes/a/objects`, `/new/mesh` to `/meshes`. */
export function listedAt(pathname: string): string {
  return pathname
    .replace(/^(\/meshes\/[^/]+)\/new\/object$/, '$1/objects/new')
    .replace(/^\/new\/(mesh|mesh-import)$/, '/meshes/new')
    .replace(/^\/new\/cluster$/, '/clusters/new')
}
