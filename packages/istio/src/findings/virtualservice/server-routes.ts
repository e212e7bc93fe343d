import { at, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { protocolNamed } from '../port-protocols.ts'

export type RouteProtocol = 'http' | 'tcp' | 'tls'

export const routeProtocolNames: readonly RouteProtocol[] = ['http', 'tcp', 'tls']

/**
 * The routes that a Gateway's server takes: of HTTP, of TLS that is passed on, of TCP with TLS ended or none (istio
 * pilot/pkg/networking/core/gateway.go, createGatewayTCPFilterChainOpts, 1.31).
 */
export function takenBy(server: Json): RouteProtocol {
  const mode = textAt(at(server, 'tls'), 'mode') ?? ''
  const passes = mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH'
  const name = textAt(server, 'port', 'protocol') ?? ''
  if (protocolNamed(name) === 'http' || (name.toUpperCase() === 'HTTPS' && !passes)) return 'http'
  return passes ? 'tls' : 'tcp'
}

/** The server of a Gateway in which one more host can be said so that a rule's routes are used for it: one with hosts that takes them. */
export function placeForHost(gateway: KubernetesObject, rule: KubernetesObject): number | undefined {
  const said = routeProtocolNames.filter((each) => listAt(rule, 'spec', each).length > 0)
  const index = listAt(gateway, 'spec', 'servers').findIndex(
    (server) => listAt(server, 'hosts').length > 0 && (said.length === 0 || said.includes(takenBy(server))),
  )
  return index < 0 || said.length > 1 ? undefined : index
}
