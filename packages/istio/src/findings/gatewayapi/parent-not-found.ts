import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Fix } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { servicesByBareName } from '../host-registry.ts'
import { defineIndex, type Index } from '../index-of.ts'
import { put } from '../operations.ts'
import type { MeshWorld } from '../world.ts'
import {
  isGateway,
  isMeant,
  isOfOthers,
  listenersOf,
  type Parent,
  parentObject,
  parentsOf,
  routeKinds,
  takes,
} from './parents.ts'

const docs = 'tasks/traffic-management/ingress/gateway-api/'
const gateway: Code = {
  code: 'route.parent-not-found',
  severity: 'error',
  istio: 'ignores',
  aliases: ['KIA1401'],
  docs,
}
const service: Code = {
  code: 'route.service-not-found',
  severity: 'error',
  istio: 'ignores',
  aliases: ['KIA1402'],
  docs,
}

/** Gateways by their bare name, whatever the namespace. */
const gatewaysByName: Index<KubernetesObject> = defineIndex({
  name: 'gateways of the Gateway API by name',
  kinds: [kinds.kubernetesGateway],
  entries: (object) => [[object.metadata.name, object]],
})

/** Routes of what is not there: they are not accepted, and take no request. */
export const parentNotFound: Judge = {
  says: [gateway, service],
  kinds: routeKinds,
  judge(subject, world) {
    return parentsOf(subject.object)
      .filter((each) => world.config.has(each.kind) && parentObject(world, each) === undefined)
      .map((parent) => {
        const { name, namespace, pointer } = parent
        const kind = parent.kind.slice(parent.kind.lastIndexOf('/') + 1)
        const params = { kind, name, namespace }
        if (!isGateway(parent)) {
          return found(subject, service, { pointer, params, fixes: serviceElsewhere(subject, world, parent) })
        }
        return found(subject, gateway, { pointer, params, fixes: elsewhere(subject, world, parent) })
      })
  },
}

/** The only Service of that name: a route beside its clients is theirs, and routes what they send there. */
function serviceElsewhere(subject: Subject, world: MeshWorld, { kind, name, pointer }: Parent): Fix[] {
  const homes = kind === kinds.service ? world.look(servicesByBareName, name).map((each) => each.namespace) : []
  const [namespace, ...others] = new Set(homes)
  if (namespace === undefined || others.length > 0) return []
  const way = { code: 'other-namespace', params: { namespace } }
  return [fix(subject, way, [put(`${pointer}/namespace`, namespace)])]
}

/** The only Gateway of that name, where it takes the route. */
function elsewhere(subject: Subject, world: MeshWorld, parent: Parent): Fix[] {
  const [only, ...others] = parent.kind === kinds.kubernetesGateway ? world.look(gatewaysByName, parent.name) : []
  if (only === undefined || others.length > 0) return []
  const namespace = namespaceOf(only)
  const isTaken = listenersOf(only).some((each) => isMeant(parent, each) && takes(world, each, subject.object))
  if (!isTaken || isOfOthers(world, { ...parent, namespace })) return []
  const way = { code: 'other-namespace', params: { namespace } }
  return [fix(subject, way, [put(`${parent.pointer}/namespace`, namespace)])]
}
