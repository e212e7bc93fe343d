import { at, type Json, listAt, numberAt, textAt, textsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Labels } from '../../world/labels.ts'
import { hasLabels } from '../../world/labels.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { allPodsWith, spell } from '../pods.ts'
import type { MeshWorld } from '../world.ts'

/** A server of a Gateway, where it listens, and for what. */
export type Server = {
  pointer: string
  port: number
  bind: string
  /** As they are written. */
  hosts: string[]
  /** As istiod tells them apart. */
  known: string[]
  tls: boolean
}

export function serversOf(gateway: KubernetesObject): Server[] {
  return listAt(gateway, 'spec', 'servers').map((server, index) => {
    const hosts = [...new Set(textsAt(server, 'hosts'))]
    return {
      pointer: `/spec/servers/${index}`,
      port: numberAt(server, 'port', 'number') ?? 0,
      bind: textAt(server, 'bind') ?? '',
      hosts,
      known: [...new Set(hosts.map((host) => sanitized(host, namespaceOf(gateway))))],
      tls: endsTls(server),
    }
  })
}

/** `.` is the Gateway's own namespace, and `*` every one (istio pilot/pkg/model/gateway.go, sanitizeServerHostNamespace). */
export function sanitized(host: string, namespace: string): string {
  const slash = host.indexOf('/')
  const [home, name] = slash < 0 ? ['*', host] : [host.slice(0, slash), host.slice(slash + 1)]
  return home === '*' ? name : `${home === '.' ? namespace : home}/${name}`
}

/** A host without the namespace that it is for: what clients ask for. */
export function nameOf(host: string): string {
  return host.slice(host.indexOf('/') + 1)
}

/** Servers by name of the host that the client asks for (SNI): those that have TLS, but for a redirect alone. */
function endsTls(server: Json): boolean {
  const protocol = (textAt(server, 'port', 'protocol') ?? '').toUpperCase()
  return protocol === 'HTTPS' || protocol === 'TLS' || textAt(at(server, 'tls'), 'mode') !== undefined
}

/** Equal selectors, or selectors of which one is part of the other and some Pod has both. */
export function areTogether(world: MeshWorld, one: Labels, other: Labels): boolean {
  const [a, b] = [one, other].map(spellSorted)
  if (a === undefined || b === undefined || a === b) return true
  return (
    (a.includes(b) || b.includes(a)) &&
    allPodsWith(world, { ...one, ...other }).some(({ pod }) => hasLabels(pod, one) && hasLabels(pod, other))
  )
}

/** The same for equal selectors, in whatever order they are written. */
export function spellSorted(labels: Labels): string {
  const keys = Object.keys(labels).toSorted()
  return spell(Object.fromEntries(keys.map((key) => [key, labels[key] ?? ''])))
}
