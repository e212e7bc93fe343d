import { listAt, textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import { matches } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { gatewaysOf, isInternal } from './gateways.ts'

const code: Code = {
  code: 'virtualservice.host-not-in-gateway',
  severity: 'warning',
  istio: 'ignores',
  aliases: ['IST0132'],
}

/** Without effect at this gateway: none of the rule's hosts is one that the Gateway takes from this namespace. */
export const hostNotInGateway: Judge = {
  says: [code],
  kinds: [kinds.virtualService],
  judge(subject, world) {
    const { object, namespace } = subject
    const hosts = textsAt(object, 'spec', 'hosts')
    return gatewaysOf(object, namespace).flatMap((each) => {
      const gateway = isInternal(each) ? undefined : world.config.get(kinds.gateway, each.name, each.namespace)
      if (gateway === undefined) return []
      const served = hostsFor(gateway, each.namespace, namespace)
      if (hosts.some((host) => served.some((one) => matches(one, host)))) return []
      const [first] = hosts
      const value = `${namespace}/${first}`
      const path = '/spec/servers/0/hosts/-'
      const patches = [{ ref: refOf(subject.cluster, gateway), operations: [{ op: 'add' as const, path, value }] }]
      const params = { gateway: each.gateway, hosts: hosts.join(', '), served: served.join(', ') || '-' }
      const addable = first !== undefined && listAt(gateway, 'spec', 'servers', 0, 'hosts').length > 0
      const fixes = addable ? [{ code: 'serve-host', params: { host: value }, patches }] : []
      return [
        found(subject, code, { pointer: each.pointer, params, evidence: [refOf(subject.cluster, gateway)], fixes }),
      ]
    })
  },
}

/** Hosts of a Gateway that rules of a namespace may be attached to: `ns/host`, `./host`, all of `*` (host.NamesForNamespace). */
function hostsFor(gateway: KubernetesObject, home: string, namespace: string): string[] {
  const hosts = listAt(gateway, 'spec', 'servers').flatMap((server) => textsAt(server, 'hosts'))
  return hosts.flatMap((host) => {
    const slash = host.indexOf('/')
    if (slash < 0) return [host]
    const owner = host.slice(0, slash) === '.' ? home : host.slice(0, slash)
    return owner === '*' || owner === namespace ? [host.slice(slash + 1)] : []
  })
}
