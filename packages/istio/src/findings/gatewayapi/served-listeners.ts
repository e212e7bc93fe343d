import { at, isRecord, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { certificatesHold } from '../../simulate/route/gateway-api/certificates.ts'
import { areDistinct, gatewayServices, listenerSetsOf } from '../../simulate/route/gateway-api/listeners.ts'
import { kindOf, kinds } from '../../world/kinds.ts'
import type { MeshWorld } from '../world.ts'
import { gatewayOf, type Listener, listenersOf, servedProtocols } from './parents.ts'

/**
 * Those listeners of a Gateway or ListenerSet that istiod attaches routes to: what conflicts with one before it, or speaks TLS
 * and says nothing of it, is none, and of a set what cannot be served either. Without an address there is none (istio pilot/pkg/config/kube/gateway/
 * gateway_collection.go, GatewayCollection; 1.31).
 */
export function servedListeners(world: MeshWorld, owner: KubernetesObject): Listener[] {
  const gateway = gatewayOf(world, owner)
  if (gateway === undefined || gatewayServices(world, gateway).length === 0) return []
  const isSet = kindOf(owner) === kinds.listenerSet
  const accepted: Listener[] = []
  for (const each of [gateway, ...(isSet ? listenerSetsOf(world, gateway) : [])].flatMap(listenersOf)) {
    if (accepted.every((one) => areDistinct(each.value, one.value))) accepted.push(each)
  }
  return accepted.filter((each) => {
    if (each.owner !== owner) return false
    const protocol = textAt(each.value, 'protocol') ?? ''
    if (['HTTPS', 'TLS'].includes(protocol) && !isRecord(at(each.value, 'tls'))) return false
    return !isSet || (servedProtocols.includes(protocol) && certificatesHold(world, owner, each.value))
  })
}
