import { textsAt } from '@orbweaver/contracts/json'
import { refOf } from '@orbweaver/contracts/kubernetes'
import { matches } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { hostsFor } from './gateway-hosts.ts'
import { gatewaysOf, isInternal } from './gateways.ts'
import { serveHosts } from './serve-host.ts'

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
      const params = { gateway: each.gateway, hosts: hosts.join(', '), served: served.join(', ') || '-' }
      const fixes = serveHosts(subject, world, { gateway, hosts })
      return [
        found(subject, code, { pointer: each.pointer, params, evidence: [refOf(subject.cluster, gateway)], fixes }),
      ]
    })
  },
}
