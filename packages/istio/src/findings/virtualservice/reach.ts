import { stringsAt, textsAt } from '@orbweaver/contracts/json'
import { refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { exporting, isExported, isForAll } from '../exports.ts'
import { type Code, found, type Judge, type Subject } from '../finding.ts'
import { podsWith } from '../pods.ts'
import type { MeshWorld } from '../world.ts'
import { gatewaysOf, isForMesh } from './gateways.ts'

const hidden: Code = { code: 'virtualservice.not-exported-to-gateway', severity: 'error', istio: 'ignores' }
const gatewayOnly: Code = { code: 'virtualservice.gateway-only', severity: 'info', istio: 'accepts' }

/**
 * Proxies that a rule is meant for and does not reach: gateways whose Pods are in a namespace that it is not exported to
 * (istio pilot/pkg/model/push_context.go, VirtualServicesForGateway), and sidecars that call a service of the mesh whose
 * rule is bound to gateways alone.
 */
export const reach: Judge = {
  says: [hidden, gatewayOnly],
  kinds: [kinds.virtualService],
  judge: (subject, world) => [...outside(subject, world), ...inside(subject, world)],
}

function outside(subject: Subject, world: MeshWorld): Finding[] {
  const { object, namespace, cluster } = subject
  const byDefault = world.mesh.exportTo.virtualService
  if (!world.complete(kinds.pod) || isForAll(object, byDefault)) return []
  return gatewaysOf(object, namespace).flatMap((each) => {
    const gateway = world.config.get(kinds.gateway, each.name, each.namespace)
    if (gateway === undefined) return []
    const homes = podsWith(world, stringsAt(gateway, 'spec', 'selector')).map(({ pod }) => namespaceOf(pod))
    const home = homes.find((one) => !isExported(object, one, byDefault))
    if (home === undefined) return []
    const params = { gateway: each.gateway, namespace: home }
    const fixes = [exporting(cluster, object, home)]
    return [found(subject, hidden, { pointer: each.pointer, params, fixes, evidence: [refOf(cluster, gateway)] })]
  })
}

function inside(subject: Subject, world: MeshWorld): Finding[] {
  const { object, namespace } = subject
  const hosts = textsAt(object, 'spec', 'hosts')
  if (isForMesh(object)) return []
  const ours = hosts.find(
    (host) => !host.startsWith('*') && (world.hosts.find(host, namespace)?.services.length ?? 0) > 0,
  )
  if (ours === undefined) return []
  return [found(subject, gatewayOnly, { pointer: '/spec/gateways', params: { host: ours } })]
}
