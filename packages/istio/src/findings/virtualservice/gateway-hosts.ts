import { listAt, textsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** Hosts of a Gateway that rules of a namespace may be attached to. */
export function hostsFor(gateway: KubernetesObject, home: string, namespace: string): string[] {
  const hosts = listAt(gateway, 'spec', 'servers').flatMap((server) => textsAt(server, 'hosts'))
  return hostsOpenTo(hosts, home, namespace)
}

/** Of hosts as a server says them those for a namespace: `ns/host`, `./host`, all of `*` (host.NamesForNamespace). */
export function hostsOpenTo(hosts: readonly string[], home: string, namespace: string): string[] {
  return hosts.flatMap((host) => {
    const slash = host.indexOf('/')
    if (slash < 0) return [host]
    const owner = host.slice(0, slash) === '.' ? home : host.slice(0, slash)
    return owner === '*' || owner === namespace ? [host.slice(slash + 1)] : []
  })
}
