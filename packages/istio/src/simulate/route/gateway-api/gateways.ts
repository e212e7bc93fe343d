import type { Asking } from '../asking.ts'
import type { GatewayConfig } from '../gateway-configs.ts'
import { listeners } from './listeners.ts'

/** Listeners of the Gateway API as Gateways of Istio, one each; those that do not hold are not served. */
export function kubernetesGateways(asking: Asking): GatewayConfig[] {
  return asking.world.known(listeners).flatMap(({ config, parent, valid }) => {
    if (valid) return [config]
    asking.say('listener-invalid', { listener: parent.section, gateway: config.title }, config.servers[0]?.place)
    return []
  })
}
