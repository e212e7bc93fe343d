import { listAt, numberAt, textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import { exportToOf, isVisible } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { entriesByHost } from '../host-registry.ts'

const code: Code = {
  code: 'serviceentry.port-twice',
  severity: 'info',
  istio: 'accepts',
  aliases: ['KIA1211'],
}

/**
 * Several ServiceEntries that are seen together are for one port of one host. Of one namespace their endpoints are put
 * together; of several, a client takes one of them (istio pilot/pkg/model/sidecar.go, appendSidecarServices).
 */
export const portTwice: Judge = {
  says: [code],
  kinds: [kinds.serviceEntry],
  judge(subject, world) {
    const { object, namespace } = subject
    const ports = portsOf(object)
    return textsAt(object, 'spec', 'hosts').flatMap((host, index) => {
      const others = world
        .look(entriesByHost, host)
        .filter((each) => each.object !== object && meet(each.object, object))
      const shared = ports.find((port) => others.some((each) => portsOf(each.object).includes(port)))
      const rivals = others.filter((each) => shared !== undefined && portsOf(each.object).includes(shared))
      const [other] = rivals
      if (shared === undefined || other === undefined) return []
      const severity = rivals.some((each) => each.namespace !== namespace) ? 'warning' : 'info'
      const params = { host, port: shared, other: `${other.namespace}/${other.object.metadata.name}` }
      const evidence = rivals.map((each) => refOf(each.cluster, each.object))
      return [found(subject, code, { pointer: `/spec/hosts/${index}`, params, evidence, severity })]
    })
  },
}

function portsOf(object: KubernetesObject): number[] {
  return listAt(object, 'spec', 'ports').flatMap((each) => numberAt(each, 'number') ?? [])
}

/** Whether some namespace sees both: all, one's own, or one that both name. */
function meet(one: KubernetesObject, other: KubernetesObject): boolean {
  const viewers = [one, other].flatMap((each) => [
    namespaceOf(each),
    ...exportToOf(each).filter((name) => name.length > 1),
  ])
  return viewers.some((viewer) => [one, other].every((each) => isVisible(exportToOf(each), namespaceOf(each), viewer)))
}
