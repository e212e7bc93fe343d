import { listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { fullServiceName, isManaged, isServed } from '../../simulate/route/gateway-api/listeners.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge, type Subject } from '../finding.ts'
import { servicesByName } from '../host-registry.ts'
import type { MeshWorld } from '../world.ts'
import { portsOf } from './backends.ts'
import { listenersOf } from './parents.ts'

const docs = 'tasks/traffic-management/ingress/gateway-api/'
const kind: Code = { code: 'k8sgateway.address-unsupported', severity: 'error', istio: 'ignores', docs }
const missing: Code = { code: 'k8sgateway.address-not-found', severity: 'error', istio: 'accepts', docs }
const portless: Code = { code: 'k8sgateway.address-without-port', severity: 'error', istio: 'accepts', docs }

/**
 * Addresses of Gateways for which istiod makes no proxies: names of Services beside them (istio pilot/pkg/config/kube/gateway/
 * conversion.go, extractGatewayServices, and gatewaycommon/context.go, ResolveGatewayInstances; 1.31).
 */
export const gatewayAddresses: Judge = {
  says: [kind, missing, portless],
  kinds: [kinds.kubernetesGateway],
  judge(subject, world) {
    if (!isServed(world, subject.object) || isManaged(subject.object)) return []
    return listAt(subject.object, 'spec', 'addresses').flatMap((address, index) => {
      const pointer = `/spec/addresses/${index}`
      const type = textAt(address, 'type') ?? 'Hostname'
      const value = textAt(address, 'value') ?? ''
      if (type !== 'Hostname') return [found(subject, kind, { pointer, params: { type, value } })]
      return value === '' ? [] : ofHost(subject, world, { value, pointer })
    })
  },
}

function ofHost(subject: Subject, world: MeshWorld, { value, pointer }: { value: string; pointer: string }): Finding[] {
  if (!world.complete(kinds.service) || !world.complete(kinds.serviceEntry)) return []
  const { object, namespace } = subject
  const host = fullServiceName(world, object, value)
  const end = `.${namespace}.svc.${world.mesh.domain}`
  const owners = host.endsWith(end) ? world.look(servicesByName, `${host.slice(0, -end.length)}.${namespace}`) : []
  if (owners.length === 0) {
    if (world.hosts.find(host, namespace)?.namespace === namespace) return []
    return [found(subject, missing, { pointer, params: { host, namespace } })]
  }
  const ports = portsOf(owners)
  const evidence = owners.map((each) => refOf(each.cluster, each.object))
  return listenersOf(object).flatMap((listener) => {
    const port = numberAt(listener.value, 'port') ?? 0
    if (ports.includes(port)) return []
    const params = { listener: listener.name, port, host, ports: ports.join(', ') }
    return [found(subject, portless, { pointer: `${listener.pointer}/port`, params, evidence })]
  })
}
