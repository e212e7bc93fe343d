import { at, type Json, listAt, numberAt, textAt, textsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Labels } from '../../world/labels.ts'
import { hasLabels } from '../../world/labels.ts'
import { allPodsWith, spell } from '../pods.ts'
import type { MeshWorld } from '../world.ts'

/** A server of a Gateway, where it listens, and for what. */
export type Server = { pointer: string; port: number; bind: string; hosts: string[]; tls: boolean }

export function serversOf(gateway: KubernetesObject): Server[] {
  return listAt(gateway, 'spec', 'servers').map((server, index) => ({
    pointer: `/spec/servers/${index}`,
    port: numberAt(server, 'port', 'number') ?? 0,
    bind: textAt(server, 'bind') ?? '',
    hosts: [...new Set(textsAt(server, 'hosts'))],
    tls: endsTls(server),
  }))
}

/** Servers by name of the host that the client asks for (SNI): those that have TLS, but for a redirect alone. */
function endsTls(server: Json): boolean {
  const protocol = (textAt(server, 'port', 'protocol') ?? '').toUpperCase()
  return protocol === 'HTTPS' || protocol === 'TLS' || textAt(at(server, 'tls'), 'mode') !== undefined
}

/** Equal selectors, or selectors of which one is part of the other and some Pod has both. */
export function areTogether(world: MeshWorld, one: Labels, other: Labels): boolean {
  const [a, b] = [one, other].map((each) => spell(sorted(each)))
  if (a === undefined || b === undefined || a === b) return true
  return (
    (a.includes(b) || b.includes(a)) &&
    allPodsWith(world, { ...one, ...other }).some(({ pod }) => hasLabels(pod, one) && hasLabels(pod, other))
  )
}

function sorted(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
