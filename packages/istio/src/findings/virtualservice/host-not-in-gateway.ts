import { listAt, textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import { matches } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge } from '../finding.ts'
import { put } from '../operations.ts'
import { gatewaysOf, isInternal } from './gateways.ts'
import { placeForHost } from './server-routes.ts'

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
      const params = { gateway: each.gateway, hosts: hosts.join(', '), served: served.join(', ') || '-' }
      const path = first === undefined ? undefined : placeForHost(gateway, object)
      const at = { cluster: subject.cluster, object: gateway }
      const way = { code: 'serve-host', params: { host: value } }
      const fixes = path === undefined ? [] : [fix(at, way, [put(path, value)])]
      return [
        found(subject, code, { pointer: each.pointer, params, evidence: [refOf(subject.cluster, gateway)], fixes }),
      ]
    })
  },
}

/** Hosts of a Gateway that rules of a namespace may be attached to: `ns/host`, `./host`, all of `*` (host.NamesForNamespace). */
export function hostsFor(gateway: KubernetesObject, home: string, namespace: string): string[] {
  const hosts = listAt(gateway, 'spec', 'servers').flatMap((server) => textsAt(server, 'hosts'))
  return hosts.flatMap((host) => {
    const slash = host.indexOf('/')
    if (slash < 0) return [host]
    const owner = host.slice(0, slash) === '.' ? home : host.slice(0, slash)
    return owner === '*' || owner === namespace ? [host.slice(slash + 1)] : []
  })
}
