import { stringsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import { defineIndex, type Index } from '../index-of.ts'
import type { MeshWorld } from '../world.ts'
import { areTogether, type Server, serversOf } from './served.ts'

const gatewaysByPort: Index<KubernetesObject> = defineIndex({
  name: 'gateways by port',
  kinds: [kinds.gateway],
  entries: (gateway) =>
    [...new Set(serversOf(gateway).map(({ port }) => port))].map((port): [string, KubernetesObject] => [
      String(port),
      gateway,
    ]),
})

/**
 * Whether istioctl takes a Gateway's servers of one port for a conflict (istio analyzers/gateway/conflictinggateway.go).
 * Of another Gateway it remembers the last server of the port, and puts to its hosts those of each server that it has
 * compared: then even hosts that only one Gateway names come twice.
 */
export function isAnalysedConflict(
  world: MeshWorld,
  gateway: KubernetesObject,
  { port, near }: { port: number; near: readonly KubernetesObject[] },
): boolean {
  const own = serversOf(gateway).filter((each) => each.port === port)
  const selector = stringsAt(gateway, 'spec', 'selector')
  const others =
    own.length === 1
      ? near
      : world
          .look(gatewaysByPort, String(port))
          .filter((each) => each !== gateway && areTogether(world, selector, stringsAt(each, 'spec', 'selector')))
  return others.some((other) => {
    const last = serversOf(other).findLast((each) => each.port === port)
    return last !== undefined && isConflict(own, new Map(last.hosts.map((host) => [host, last.bind])))
  })
}

function isConflict(servers: readonly Server[], known: Map<string, string>): boolean {
  return servers.some(({ hosts, bind }) => {
    if (hosts.some((host) => known.get(host) === bind)) return true
    for (const host of hosts) known.set(host, bind)
    return false
  })
}
