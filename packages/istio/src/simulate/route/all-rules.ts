import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { MeshWorld } from '../../findings/world.ts'
import { gatewayApiRules } from './gateway-api/routes.ts'
import { type Rule, virtualServices } from './rules.ts'

/** All that a control plane makes rules of: VirtualServices that it reads, and routes of the Gateway API; oldest first. */
export function allRules(world: MeshWorld, isRead: (object: KubernetesObject) => boolean): Rule[] {
  return [...virtualServices(world, isRead), ...world.known(gatewayApiRules)].toSorted(oldestFirst)
}

function oldestFirst(a: Rule, b: Rule): number {
  const [one, other] = [a, b].map(({ created, key, namespace }) => [created, key, namespace].join('\u0000'))
  return (one ?? '') < (other ?? '') ? -1 : 1
}
