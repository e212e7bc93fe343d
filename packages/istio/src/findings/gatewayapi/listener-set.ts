import { numberAt, textAt } from '@orbweaver/contracts/json'
import { refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import {
  areDistinct,
  isServed,
  listenerSetsOf,
  takesSet,
  waypointController,
} from '../../simulate/route/gateway-api/listeners.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge, type Subject } from '../finding.ts'
import { controllerOf, gatewayOf, type Listener, listenersOf, parentOfSet } from './parents.ts'

const docs = 'tasks/traffic-management/ingress/gateway-api/'
const missing: Code = { code: 'listenerset.parent-not-found', severity: 'error', istio: 'ignores', docs }
const refused: Code = { code: 'listenerset.not-allowed', severity: 'error', istio: 'ignores', docs }
const unsupported: Code = { code: 'listenerset.class-unsupported', severity: 'error', istio: 'ignores', docs }
const taken: Code = { code: 'listenerset.listener-taken', severity: 'error', istio: 'ignores', docs }

/**
 * ListenerSets, or listeners of them, that their Gateway does not serve (istio pilot/pkg/config/kube/gateway/
 * gateway_collection.go, ListenerSetCollection, and gatewaycommon/listener_conflict.go, orderedMergedListeners; 1.31).
 */
export const listenerSet: Judge = {
  says: [missing, refused, unsupported, taken],
  kinds: [kinds.listenerSet],
  judge(subject, world) {
    const parent = parentOfSet(subject.object)
    const pointer = '/spec/parentRef'
    if (parent === undefined || !world.config.has(kinds.kubernetesGateway)) return []
    const gateway = gatewayOf(world, subject.object)
    const params = { name: `${parent.namespace}/${parent.name}` }
    if (gateway === undefined) return [found(subject, missing, { pointer, params })]
    const evidence = [refOf(subject.cluster, gateway)]
    if (!isServed(world, gateway)) {
      const name = textAt(gateway, 'spec', 'gatewayClassName') ?? ''
      if (controllerOf(world, gateway) !== waypointController) return []
      return [found(subject, unsupported, { pointer, params: { ...params, class: name }, evidence })]
    }
    if (!takesSet(world, gateway, subject.namespace)) {
      return [found(subject, refused, { pointer, params: { ...params, namespace: subject.namespace }, evidence })]
    }
    return conflictsOf(subject, [gateway, ...listenerSetsOf(world, gateway)].flatMap(listenersOf))
  },
}

/** Those before which one stands that is served, of all that the Gateway is asked for, in their order. */
function conflictsOf(subject: Subject, all: readonly Listener[]): Finding[] {
  const served: Listener[] = []
  return all.flatMap((listener) => {
    const { value, pointer, owner, name } = listener
    const first = served.find((each) => !areDistinct(value, each.value))
    if (first === undefined) {
      served.push(listener)
      return []
    }
    if (owner !== subject.object) return []
    const params = {
      listener: name,
      port: numberAt(value, 'port') ?? 0,
      host: textAt(value, 'hostname') ?? '*',
      other: `${first.owner.kind} ${first.owner.metadata.namespace ?? ''}/${first.owner.metadata.name}`,
    }
    return [found(subject, taken, { pointer, params, evidence: [refOf(subject.cluster, first.owner)] })]
  })
}
