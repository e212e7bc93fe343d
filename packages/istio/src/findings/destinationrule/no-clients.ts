import { textAt } from '@orbweaver/contracts/json'
import { refOf } from '@orbweaver/contracts/kubernetes'
import { isLive } from '../../injection/pod-state.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge } from '../finding.ts'

const code: Code = { code: 'destinationrule.no-clients', severity: 'warning', istio: 'ignores' }

/**
 * Clients look for rules in their own namespace, in the service's and in the root namespace, and nowhere else (istio
 * pilot/pkg/model/push_context.go, destinationRule): one that is elsewhere, where no client runs, is for nobody, whatever
 * it is exported to.
 */
export const noClients: Judge = {
  says: [code],
  kinds: [kinds.destinationRule],
  judge(subject, world) {
    const { object, namespace } = subject
    const host = textAt(object, 'spec', 'host') ?? ''
    if (host.startsWith('*') || namespace === world.mesh.rootNamespace) return []
    if (!world.complete(kinds.pod)) return []
    const owner = world.hosts.find(host, namespace)
    if (owner === undefined || owner.namespace === namespace) return []
    if (world.clusters.some((view) => view.list(kinds.pod, namespace).some(isLive))) return []
    const evidence = owner.owners.map((each) => refOf(each.cluster, each.object))
    return [
      found(subject, code, { pointer: '/spec/host', params: { host, namespace, owner: owner.namespace }, evidence }),
    ]
  },
}
