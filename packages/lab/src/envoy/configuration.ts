import { type Json, listAt, textAt, textsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { asked } from '../agreement/asked.ts'

type ProxyName = {
  /** One of the remotes; without it the cluster that istiod reads its configuration from. */
  readonly cluster?: string
  readonly namespace: string
  readonly name: string
  /** Without it: what the Pod says. */
  readonly type?: 'sidecar' | 'router' | 'waypoint'
}

/** Clusters, their mesh's settings, and the Pods whose proxies' configuration is asked for. */
export type ProxyWorld = {
  readonly id: string
  /** Of the cluster that istiod reads its configuration from. */
  readonly objects: readonly KubernetesObject[]
  /** Of other clusters. */
  readonly remotes?: Readonly<Record<string, readonly KubernetesObject[]>>
  /** YAML of the key `mesh` of ConfigMap `istio`. */
  readonly meshConfig: string
  readonly proxies: readonly ProxyName[]
  /** Whether the control plane has the ambient mode. */
  readonly ambient?: boolean
}

/** What istiod sends to one proxy, as Envoy's protos are written in JSON with the names of their fields. */
export type ProxyConfiguration = {
  /** `default`, or one of the remotes. */
  readonly cluster: string
  readonly namespace: string
  readonly name: string
  readonly type: string
  readonly listeners: readonly Json[]
  readonly routes: readonly Json[]
  readonly clusters: readonly Json[]
  readonly endpoints: readonly Json[]
}

export type ConfiguredWorld = {
  readonly id: string
  readonly proxies: readonly ProxyConfiguration[]
  /** What ztunnels are sent: `istio.workload.Address` and `istio.security.Authorization`. */
  readonly addresses: readonly Json[]
  readonly policies: readonly Json[]
  /** Objects that could not be read, and what broke. */
  readonly errors: readonly string[]
}

/** The configuration that istiod's code generates for the proxies of each world; the ambient mode is a process's own. */
export async function configurations(
  program: string,
  worlds: readonly ProxyWorld[],
): Promise<readonly ConfiguredWorld[]> {
  const answers = new Map<ProxyWorld, ConfiguredWorld>()
  for (const ambient of [false, true]) {
    const own = worlds.filter((each) => (each.ambient ?? false) === ambient)
    const environment = { PILOT_ENABLE_AMBIENT: String(ambient) }
    const said = own.length === 0 ? [] : await asked({ program, args: [], environment }, own)
    for (const [index, world] of own.entries()) answers.set(world, configured(said[index]))
  }
  return worlds.flatMap((each) => answers.get(each) ?? [])
}

const configured = (said: unknown): ConfiguredWorld => ({
  id: textAt(said, 'id') ?? '',
  proxies: listAt(said, 'proxies').map((each) => ({
    cluster: textAt(each, 'cluster') || 'default',
    namespace: textAt(each, 'namespace') ?? '',
    name: textAt(each, 'name') ?? '',
    type: textAt(each, 'type') ?? '',
    listeners: listAt(each, 'listeners'),
    routes: listAt(each, 'routes'),
    clusters: listAt(each, 'clusters'),
    endpoints: listAt(each, 'endpoints'),
  })),
  addresses: listAt(said, 'addresses'),
  policies: listAt(said, 'policies'),
  errors: textsAt(said, 'errors'),
})
