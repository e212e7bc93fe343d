import { at, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Fix } from '@orbweaver/contracts/plan'
import { allowedKinds, waypointController } from '../../simulate/route/gateway-api/listeners.ts'
import { hostnamesOf } from '../../simulate/route/gateway-api/parents.ts'
import { kindOf, kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { put, remove } from '../operations.ts'
import type { MeshWorld } from '../world.ts'
import {
  controllerOf,
  isGateway,
  isMeant,
  isOfOthers,
  type Listener,
  listenersOf,
  type Parent,
  parentObject,
  parentsOf,
  routeKinds,
  takes,
  takesHosts,
  takesKind,
  takesNamespace,
} from './parents.ts'
import { servedListeners } from './served-listeners.ts'

const docs = 'tasks/traffic-management/ingress/gateway-api/'
const waypoint: Code = {
  code: 'route.parent-is-waypoint',
  severity: 'error',
  istio: 'ignores',
  docs: 'ambient/usage/l7-features/',
}
const listener: Code = { code: 'route.listener-not-found', severity: 'error', istio: 'ignores', docs }
const unserved: Code = { code: 'route.listener-unserved', severity: 'error', istio: 'ignores', docs }
const hostname: Code = { code: 'route.hostname-mismatch', severity: 'error', istio: 'ignores', docs }
const namespace: Code = {
  code: 'route.namespace-not-allowed',
  severity: 'error',
  istio: 'ignores',
  aliases: ['KIA1401'],
  docs,
}
const kind: Code = { code: 'route.kind-not-allowed', severity: 'error', istio: 'ignores', docs }

/**
 * Routes that no listener of their parent takes, by what the parent says first: its listeners, their hosts, the namespaces
 * they let in, their kinds (istio pilot/pkg/config/kube/gateway/conversion.go, referenceAllowed; 1.31).
 */
export const parentRefuses: Judge = {
  says: [waypoint, listener, unserved, hostname, namespace, kind],
  kinds: routeKinds,
  judge(subject, world) {
    return parentsOf(subject.object).flatMap((parent) => {
      const owner = isGateway(parent) ? parentObject(world, parent) : undefined
      if (owner === undefined) return []
      if (parent.kind === kinds.kubernetesGateway && controllerOf(world, owner) === waypointController) {
        const params = { name: `${namespaceOf(owner)}/${owner.metadata.name}` }
        const evidence = [refOf(subject.cluster, owner)]
        return [found(subject, waypoint, { pointer: parent.pointer, params, evidence })]
      }
      if (isOfOthers(world, parent)) return []
      return refusalOf({ subject, world, parent, owner })
    })
  },
}

type Asked = { subject: Subject; world: MeshWorld; parent: Parent; owner: KubernetesObject }

function refusalOf(asked: Asked) {
  const { subject, world, parent, owner } = asked
  const route = subject.object
  const said = {
    pointer: parent.pointer,
    evidence: [refOf(subject.cluster, owner)],
    params: { name: `${namespaceOf(owner)}/${owner.metadata.name}` },
  }
  const meant = listenersOf(owner).filter((each) => isMeant(parent, each))
  if (meant.length === 0) {
    const params = { ...said.params, wanted: wantedBy(parent) }
    return [found(subject, listener, { ...said, params, fixes: onlyListener(asked) })]
  }
  const served = servedListeners(world, owner).filter((each) => isMeant(parent, each))
  if (served.length === 0) return [found(subject, unserved, said)]
  const byHost = served.filter((each) => takesHosts(each, route))
  if (byHost.length === 0) {
    const hosts = new Set(served.map(({ value }) => textAt(value, 'hostname') ?? '*'))
    const params = { ...said.params, hosts: hostnamesOf(route).join(', '), served: [...hosts].join(', ') }
    return [found(subject, hostname, { ...said, params })]
  }
  const byNamespace = byHost.filter((each) => takesNamespace(world, each, subject.namespace))
  if (byNamespace.length === 0) {
    const params = { ...said.params, namespace: subject.namespace }
    return [found(subject, namespace, { ...said, params, fixes: lettingIn(asked, byHost) })]
  }
  if (byNamespace.some((each) => takesKind(each, route))) return []
  const params = { ...said.params, kind: route.kind }
  return [found(subject, kind, { ...said, params, fixes: withKind(asked, byNamespace) })]
}

function wantedBy({ reference }: Parent): string {
  const parts = [textAt(reference, 'sectionName') ?? '', numberAt(reference, 'port') ?? 0]
  return parts.filter((each) => each !== '' && each !== 0).join(':')
}

/** The one listener that takes the route. */
function onlyListener({ subject, world, parent, owner }: Asked): Fix[] {
  const [only, ...others] = listenersOf(owner).filter((each) => takes(world, each, subject.object))
  if (only === undefined || only.name === '' || others.length > 0) return []
  const way = { code: 'listener', params: { listener: only.name } }
  const port = at(parent.reference, 'port') === undefined ? [] : [remove(`${parent.pointer}/port`)]
  return [fix(subject, way, [put(`${parent.pointer}/sectionName`, only.name), ...port])]
}

/** Beside its own namespace that of the route, and no other. */
function lettingIn({ subject, owner }: Asked, refusing: readonly Listener[]): Fix[] {
  const first = refusing.find(
    (each) =>
      takesKind(each, subject.object) &&
      (textAt(each.value, 'allowedRoutes', 'namespaces', 'from') ?? 'Same') === 'Same',
  )
  if (first === undefined) return []
  const values = [namespaceOf(owner), subject.namespace]
  const key = 'kubernetes.io/metadata.name'
  const namespaces = { from: 'Selector', selector: { matchExpressions: [{ key, operator: 'In', values }] } }
  const path = `${first.pointer}/allowedRoutes`
  const isThere = at(first.value, 'allowedRoutes') !== undefined
  const operation = isThere ? put(`${path}/namespaces`, namespaces) : put(path, { namespaces })
  const way = { code: 'let-in', params: { namespace: subject.namespace, listener: first.name } }
  return [fix({ cluster: subject.cluster, object: owner }, way, [operation])]
}

/** Where the listener leaves out a kind that its protocol could carry. */
function withKind({ subject, owner }: Asked, refusing: readonly Listener[]): Fix[] {
  const wanted = kindOf(subject.object)
  const first = refusing.find(({ value }) => {
    const open = { protocol: textAt(value, 'protocol') ?? '', tls: at(value, 'tls') ?? null }
    return listAt(value, 'allowedRoutes', 'kinds').length > 0 && allowedKinds(open, open.protocol).includes(wanted)
  })
  if (first === undefined) return []
  const value = { group: 'gateway.networking.k8s.io', kind: subject.object.kind }
  const way = { code: 'let-kind', params: { kind: subject.object.kind, listener: first.name } }
  return [fix({ cluster: subject.cluster, object: owner }, way, [put(`${first.pointer}/allowedRoutes/kinds/-`, value)])]
}
