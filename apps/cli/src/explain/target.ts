import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import { refOf } from '@orbweaver/contracts/kubernetes'
import type { MeshWorld } from '@orbweaver/istio/findings/world'
import { type KindKey, kinds } from '@orbweaver/istio/world/kinds'
import { Unusable } from '../unusable.ts'

const known: Readonly<Record<string, KindKey | undefined>> = {
  deployment: kinds.deployment,
  deploy: kinds.deployment,
  statefulset: kinds.statefulSet,
  sts: kinds.statefulSet,
  daemonset: kinds.daemonSet,
  ds: kinds.daemonSet,
  job: kinds.job,
  cronjob: kinds.cronJob,
  cj: kinds.cronJob,
  pod: kinds.pod,
  service: kinds.service,
  svc: kinds.service,
  workloadentry: kinds.workloadEntry,
  gateway: kinds.gateway,
  'gateway.gateway.networking.k8s.io': kinds.kubernetesGateway,
  namespace: kinds.namespace,
  ns: kinds.namespace,
}

/** Where no kind is said: workloads before what stands before them. */
const usual = [
  kinds.deployment,
  kinds.statefulSet,
  kinds.daemonSet,
  kinds.pod,
  kinds.workloadEntry,
  kinds.service,
  kinds.gateway,
]

/** `[CLUSTER:][KIND/]NAMESPACE/NAME`, `namespace/NAME`. Throws Unusable where it is not in the world. */
export function refIn(world: MeshWorld, text: string): ObjectRef {
  return foundIn(world, text, usual)
}

/** As `refIn`; Gateways of either API before the workloads that serve as one. */
export function gatewayIn(world: MeshWorld, text: string): ObjectRef {
  return foundIn(world, text, [kinds.gateway, kinds.kubernetesGateway, ...usual])
}

function foundIn(world: MeshWorld, text: string, unsaid: readonly KindKey[]): ObjectRef {
  const [, cluster, path = ''] = /^(?:([^:/]+):)?(.*)$/.exec(text) ?? []
  const { name, namespace, kinds: wanted } = namedBy(text, path, unsaid)
  for (const view of world.clusters.filter((each) => cluster === undefined || each.cluster === cluster)) {
    for (const each of wanted) {
      const object = view.get(each, name, namespace)
      if (object !== undefined) return refOf(view.cluster, object)
    }
  }
  throw new Unusable(`${text}: there is no such object`)
}

type Named = { name: string; namespace?: string; kinds: readonly KindKey[] }

function namedBy(text: string, path: string, unsaid: readonly KindKey[]): Named {
  const parts = path.split('/')
  const [name = '', namespace = 'default', kind] = parts.toReversed()
  if (name === '' || parts.length > 3) throw new Unusable(`${text}: wants [KIND/]NAMESPACE/NAME`)
  const isHome = kind === undefined && known[namespace.toLowerCase()] === kinds.namespace
  return isHome
    ? { name, kinds: [kinds.namespace] }
    : { name, namespace, kinds: kind === undefined ? unsaid : [kindOf(text, kind)] }
}

function kindOf(text: string, kind: string): KindKey {
  const key = known[kind.toLowerCase()]
  if (key === undefined) throw new Unusable(`${text}: the kind ${kind} calls and is called by nobody`)
  return key
}

/** What a target and a port are: `shop/api:8080`. */
export function targetIn(world: MeshWorld, text: string): { ref: ObjectRef; port: number } {
  return portedIn(text, (target) => refIn(world, target))
}

/** A gateway and a port of its listeners: `istio-system/edge:443`. */
export function gatewayAt(world: MeshWorld, text: string): { ref: ObjectRef; port: number } {
  return portedIn(text, (target) => gatewayIn(world, target))
}

function portedIn(text: string, read: (target: string) => ObjectRef): { ref: ObjectRef; port: number } {
  const [, target = '', digits = ''] = /^(.*):(\d{1,5})$/.exec(text) ?? []
  const port = Number(digits)
  if (target === '' || port < 1 || port > 65_535) throw new Unusable(`${text}: wants [KIND/]NAMESPACE/NAME:PORT`)
  return { ref: read(target), port }
}
