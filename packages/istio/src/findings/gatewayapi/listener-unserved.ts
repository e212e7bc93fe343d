import { at, isRecord, type Json, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import type { Finding } from '@orbweaver/contracts/plan'
import { allowedKinds, waypointController } from '../../simulate/route/gateway-api/listeners.ts'
import { kindIn } from '../../simulate/route/gateway-api/references.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { remove, replace } from '../operations.ts'
import { controllerOf, gatewayOf, type Listener, listenersOf, servedProtocols } from './parents.ts'

const docs = 'tasks/traffic-management/ingress/gateway-api/'
const protocol: Code = { code: 'k8sgateway.protocol-unsupported', severity: 'error', istio: 'ignores', docs }
const tls: Code = { code: 'k8sgateway.tls-missing', severity: 'error', istio: 'ignores', docs }
const routes: Code = { code: 'k8sgateway.route-kind-unsupported', severity: 'warning', istio: 'accepts', docs }
const waypoint: Code = {
  code: 'k8sgateway.waypoint-listener',
  severity: 'warning',
  istio: 'accepts',
  docs: 'ambient/usage/waypoint/',
}

/** Listeners that istiod cannot serve as they are (istio pilot/pkg/config/kube/gateway/conversion.go, buildListener; 1.31). */
export const listenerUnserved: Judge = {
  says: [protocol, tls, routes, waypoint],
  kinds: [kinds.kubernetesGateway, kinds.listenerSet],
  judge(subject, world) {
    const gateway = gatewayOf(world, subject.object)
    const controller = gateway === undefined ? undefined : controllerOf(world, gateway)
    if (controller === waypointController) {
      if (subject.object.kind !== 'Gateway') return []
      return listenersOf(subject.object)
        .filter(({ value }) => numberAt(value, 'port') !== 15008 || textAt(value, 'protocol') !== 'HBONE')
        .map(({ pointer, name }) => found(subject, waypoint, { pointer, params: { listener: name } }))
    }
    if (controller !== 'istio.io/gateway-controller') return []
    return listenersOf(subject.object).flatMap((listener) => [
      ...ofProtocol(subject, listener),
      ...ofKinds(subject, listener),
    ])
  },
}

function ofProtocol(subject: Subject, { value, pointer, name }: Listener): Finding[] {
  const said = textAt(value, 'protocol') ?? ''
  const params = { listener: name, protocol: said }
  if (said === '') return []
  if (!servedProtocols.includes(said)) {
    const meant = servedProtocols.find((each) => each === said.toUpperCase())
    const path = `${pointer}/protocol`
    const fixes =
      meant === undefined ? [] : [fix(subject, { code: 'protocol', params: { meant } }, [replace(path, meant)])]
    return [found(subject, protocol, { pointer: path, params, fixes })]
  }
  if (!['HTTPS', 'TLS'].includes(said) || isRecord(at(value, 'tls'))) return []
  return [found(subject, tls, { pointer, params })]
}

function ofKinds(subject: Subject, { value, pointer, name }: Listener): Finding[] {
  const said = textAt(value, 'protocol') ?? ''
  const open = { tls: at(value, 'tls') ?? null }
  const known = allowedKinds(open, said)
  const all = listAt(value, 'allowedRoutes', 'kinds')
  return all.flatMap((each, index) => {
    if (known.includes(keyOf(each))) return []
    const path = `${pointer}/allowedRoutes/kinds/${index}`
    const params = { listener: name, kind: keyOf(each), protocol: said }
    const fixes = all.some((one) => known.includes(keyOf(one)))
      ? [fix(subject, { code: 'remove' }, [remove(path)])]
      : []
    return [found(subject, routes, { pointer: path, params, fixes })]
  })
}

function keyOf(reference: Json): string {
  return kindIn(reference, { group: 'gateway.networking.k8s.io', kind: '' })
}
