import type { AccessCall } from '@orbweaver/contracts/explain-access'
import { listAt, numberAt, stringsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refKey, refOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import type { MeshWorld } from '../../findings/world.ts'
import { ownerOf } from '../../injection/owners.ts'
import { isLive } from '../../injection/pod-state.ts'
import { kindKey, kinds } from '../../world/kinds.ts'
import { hasLabels } from '../../world/labels.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import type { ClusterView } from '../../world/view.ts'
import { proxyOf } from '../route/proxy.ts'
import { type Door, doorsOf } from './inbound.ts'
import { type GatewayServer, serverAt } from './servers.ts'
import { type Workload, workloadAt } from '../workloads/workload.ts'

/** Where a call ends: a workload, the port its proxy is reached at, and the host by which it is called. */
export type Destination = {
  readonly workload: Workload
  readonly port: number
  readonly door: Door | undefined
  /** Of a gateway: what listens there. */
  readonly server?: GatewayServer
}

/** All that a call may reach, the first as a rule; or why nothing. Servers of a gateway's port are told apart by the name that is called. */
export function destinationsOf(
  world: MeshWorld,
  { ref, port }: AccessCall['to'],
  name?: string,
): Destination[] | Message {
  const view = world.clusters.find((each) => each.cluster === ref.cluster)
  const object = view?.get(kindKey(ref), ref.name, ref.namespace)
  const missing = { code: 'destination-not-found', params: { kind: ref.kind, name: ref.name } }
  if (view === undefined || object === undefined) return missing
  const kind = kindKey(ref)
  if (kind === kinds.service) return behindService(world, view, { service: object, port })
  if (kind === kinds.gateway || kind === kinds.kubernetesGateway)
    return ofGateway(world, view, { gateway: object, port, name })
  return [atPort(world, workloadAt(world, view, object), port)]
}

function atPort(world: MeshWorld, workload: Workload, port: number): Destination {
  return { workload, port, door: doorsOf(world, workload).find((each) => each.targetPort === port) }
}

type OfService = { service: KubernetesObject; port: number }

function behindService(world: MeshWorld, view: ClusterView, { service, port }: OfService): Destination[] | Message {
  const params = { name: service.metadata.name, port }
  if (!listAt(service, 'spec', 'ports').some((each) => numberAt(each, 'port') === port))
    return { code: 'no-such-port', params }
  const found = workloadsBehind(world, view, service).flatMap((workload): Destination[] => {
    const door = doorsOf(world, workload).find((each) => each.object === service && each.port === port)
    return door === undefined ? [] : [{ workload, port: door.targetPort, door }]
  })
  return found.length > 0 ? found : { code: 'nobody-behind', params }
}

const makers = [kinds.deployment, kinds.statefulSet, kinds.daemonSet]

/** Workloads whose Pods a Service selects; where there are none, those whose templates it would select. */
function workloadsBehind(world: MeshWorld, view: ClusterView, service: KubernetesObject): Workload[] {
  const selector = stringsAt(service, 'spec', 'selector')
  if (Object.keys(selector).length === 0) return []
  const namespace = namespaceOf(service)
  const pods = view.list(kinds.pod, namespace).filter((pod) => isLive(pod) && hasLabels(pod, selector))
  const byOwner = new Map(pods.toReversed().map((pod) => [refKey(ownerOf(view, pod).ref), pod]))
  if (byOwner.size > 0) return [...byOwner.values()].toReversed().map((pod) => workloadAt(world, view, pod))
  const entries = world.config.list(kinds.workloadEntry, namespace)
  return [...makers.flatMap((kind) => view.list(kind, namespace)), ...entries]
    .map((each) => workloadAt(world, view, each))
    .filter(({ labels }) => Object.entries(selector).every(([key, value]) => labels[key] === value))
}

type OfGateway = { gateway: KubernetesObject; port: number; name: string | undefined }

/** A gateway listens where its Service's port leads to (istio pilot/pkg/model/gateway.go, resolvePorts). */
function ofGateway(world: MeshWorld, view: ClusterView, { gateway, port, name }: OfGateway): Destination[] | Message {
  const params = { name: gateway.metadata.name, port }
  const server = serverAt(gateway, port, name)
  if (server === undefined) return { code: 'no-such-port', params }
  const workload = gatewayWorkload(world, view, gateway)
  if (workload === undefined) return { code: 'nobody-behind', params }
  const door = doorsOf(world, workload).find((each) => each.port === port)
  return [{ workload, port: door?.targetPort ?? port, door, server }]
}

function gatewayWorkload(world: MeshWorld, view: ClusterView, gateway: KubernetesObject): Workload | undefined {
  if (gateway.kind === 'Gateway' && gateway.apiVersion.startsWith('gateway.networking.k8s.io/'))
    return workloadAt(world, view, gateway)
  const proxy = proxyOf(world, { kind: 'gateway', ref: refOf(view.cluster, gateway) })
  if ('code' in proxy) return undefined
  const home = world.clusters.find((each) => each.cluster === proxy.cluster)
  const object = home?.get(kindKey(proxy.ref), proxy.ref.name, proxy.ref.namespace)
  if (home === undefined || object === undefined) return undefined
  const workload = workloadAt(world, home, object)
  // A Gateway whose workload is not there yet: whatever will have the labels that it selects.
  return { ...workload, carrier: 'gateway', labels: object === gateway ? proxy.labels : workload.labels }
}
