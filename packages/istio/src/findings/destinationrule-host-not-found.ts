import { textAt } from '@orbweaver/contracts/json'
import { kinds } from '../world/kinds.ts'
import { finding, type Judge } from './finding.ts'
import { namespaceOf } from '../world/namespace-of.ts'

/** Accepted by Istio, without effect: a policy for a host that nobody can reach. Wildcards may be meant for later. */
export const destinationRuleHostNotFound: Judge = (world) => {
  if (!world.complete(kinds.service)) return []
  return world.config.list(kinds.destinationRule).flatMap((object) => {
    const namespace = namespaceOf(object)
    const host = textAt(object, 'spec', 'host')
    if (host === undefined || host.startsWith('*') || world.hosts.find(host, namespace) !== undefined) return []
    return [
      finding({
        cluster: world.config.cluster,
        object,
        code: 'destinationrule.host-not-found',
        severity: 'warning',
        pointer: '/spec/host',
        params: { host, namespace },
        aliases: ['IST0174', 'KIA0202'],
      }),
    ]
  })
}
