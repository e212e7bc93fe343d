import { at, type Json, listAt, numberAt, sameJson, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import { groupedBy } from '../../world/grouped.ts'
import { kinds } from '../../world/kinds.ts'
import { ignoredNamespaces } from '../../world/names.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { servicesByName } from '../host-registry.ts'
import { isOwnToCluster } from './own-to-cluster.ts'

const differs: Code = {
  code: 'multicluster.service-differs',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['IST0170'],
}
/** Each cluster chooses node ports by itself. */
const nodePorts: Code = {
  code: 'multicluster.node-ports-differ',
  severity: 'info',
  istio: 'accepts',
  aliases: ['IST0170'],
}

/**
 * Services of one name that are not the same in every cluster (istio analyzers/multicluster/service.go), but for those that
 * each cluster has for itself.
 */
export const serviceDiffers: Judge = {
  says: [differs, nodePorts],
  kinds: [kinds.service],
  where: 'every',
  judge(subject, world) {
    const { object, namespace, cluster } = subject
    if (ignoredNamespaces.includes(namespace) || isOwnToCluster(object, world.mesh)) return []
    const others = world
      .look(servicesByName, `${object.metadata.name}.${namespace}`)
      .filter((each) => each.cluster !== cluster && !isOwnToCluster(each.object, world.mesh))
    const unlike = others.filter((each) => differencesOf(object, each.object).length > 0)
    if (unlike.length === 0) return []
    const fields = [...new Set(unlike.flatMap((each) => differencesOf(object, each.object)))]
    const clusters = unlike.map((each) => each.cluster).join(', ')
    const code = fields.every((each) => each === 'nodePort') ? nodePorts : differs
    return [
      found(subject, code, {
        pointer: code === nodePorts || fields.includes('ports') ? '/spec/ports' : '/spec',
        params: { fields: fields.join(', '), clusters },
        evidence: unlike.map((each) => refOf(each.cluster, each.object)),
      }),
    ]
  },
}

/** The fields in which two Services are not the same, as they are written: nothing is filled in. */
function differencesOf(one: KubernetesObject, other: KubernetesObject): string[] {
  const clusterIpOf = (each: KubernetesObject) => textAt(each, 'spec', 'clusterIP')
  const typeOf = (each: KubernetesObject) => textAt(each, 'spec', 'type') ?? ''
  const same = (by: (port: Json) => Json) => sameJson(portsOf(one, by), portsOf(other, by))
  const port = same(described) ? [] : ['ports']
  return [
    ...((clusterIpOf(one) === 'None') === (clusterIpOf(other) === 'None') ? [] : ['clusterIP']),
    ...(typeOf(one) === typeOf(other) ? [] : ['type']),
    ...port,
    ...(port.length > 0 || same(numbered) ? [] : ['nodePort']),
  ]
}

/** Ports by name, those of one name as they are written; an empty list is not the same as none. */
function portsOf(service: KubernetesObject, by: (port: Json) => Json): Json {
  if (!Array.isArray(at(service, 'spec', 'ports'))) return null
  const named = groupedBy(listAt(service, 'spec', 'ports'), (port) => textAt(port, 'name') ?? '')
  return Object.fromEntries([...named].map(([name, ports]) => [name, ports.map(by)]))
}

function described(port: Json): Json {
  return {
    name: textAt(port, 'name') ?? '',
    protocol: textAt(port, 'protocol') ?? '',
    appProtocol: textAt(port, 'appProtocol') ?? null,
    port: numberAt(port, 'port') ?? 0,
    targetPort: at(port, 'targetPort') ?? 0,
  }
}

function numbered(port: Json): Json {
  return numberAt(port, 'nodePort') ?? 0
}
