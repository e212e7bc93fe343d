import { textsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { defineIndex, type Index } from '../index-of.ts'
import { gatewaysOf, matchedGatewaysOf } from './gateways.ts'

/** VirtualServices by each Gateway they are bound to, with each of their hosts. */
export const rulesByGatewayHost: Index<KubernetesObject> = defineIndex({
  name: 'rules by gateway and host',
  kinds: [kinds.virtualService],
  entries: (object) => {
    const namespace = namespaceOf(object)
    const gateways = new Set(gatewaysOf(object, namespace).map((each) => `${each.namespace}/${each.name}`))
    return [...gateways].flatMap((gateway) =>
      hostsOf(object).map((host): [string, KubernetesObject] => [gatewayHostKey(gateway, host), object]),
    )
  },
})

/** VirtualServices by each Gateway that they, or single matches of theirs, are bound to. */
export const rulesByGateway: Index<KubernetesObject> = defineIndex({
  name: 'rules by gateway',
  kinds: [kinds.virtualService],
  entries: (object) => {
    const home = namespaceOf(object)
    const named = [...gatewaysOf(object, home), ...matchedGatewaysOf(object, home)]
    return [...new Set(named.map(({ namespace, name }) => `${namespace}/${name}`))].map((gateway) => [gateway, object])
  },
})

/** Hosts of a rule, short names in full, each once. */
export function hostsOf(object: KubernetesObject): string[] {
  const namespace = namespaceOf(object)
  return [...new Set(textsAt(object, 'spec', 'hosts').map((each) => resolveHost(each, namespace).toLowerCase()))]
}

export function gatewayHostKey(gateway: string, host: string): string {
  return `${gateway} ${host}`
}
