import { recordAt, stringsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../world/kinds.ts'
import { names } from '../world/names.ts'
import { namespaceOf } from '../world/namespace-of.ts'
import type { ClusterView } from '../world/view.ts'

/**
 * What a person deletes to be rid of the gateway a Pod belongs to: the Gateway for which istiod made it (it would make
 * it again), else the workload that asks for the template `gateway`. Undefined where neither is a workload to delete.
 * Source: istio pilot/pkg/config/kube/gateway/deploymentcontroller.go, labels of what it makes, 1.30.
 */
export function gatewayBehind(
  view: ClusterView,
  { pod, owner }: { pod: KubernetesObject; owner: ObjectRef },
): ObjectRef | undefined {
  const name = labelsOf(pod)[names.gatewayName]
  if (labelsOf(pod)[names.gatewayManaged] !== undefined && name !== undefined) {
    const { cluster } = view
    return { cluster, group: gatewayApi, version: 'v1', kind: 'Gateway', namespace: namespaceOf(pod), name }
  }
  return owner.group === 'apps' && owner.kind !== 'ReplicaSet' ? owner : undefined
}

/** Services that lead to a gateway workload and to nothing else: they go with it. */
export function servicesOf(view: ClusterView, gateway: ObjectRef): ObjectRef[] {
  const { namespace } = gateway
  const workload = view.get(`${gateway.group}/${gateway.kind}`, gateway.name, namespace)
  if (workload === undefined || gateway.group !== 'apps' || namespace === undefined) return []
  const others = [kinds.deployment, kinds.statefulSet, kinds.daemonSet]
    .flatMap((kind) => view.list(kind, namespace))
    .filter((each) => each !== workload)
  return view
    .list(kinds.service, namespace)
    .filter((each) => selects(each, workload) && !others.some((other) => selects(each, other)))
    .map((each) => refOf(view.cluster, each))
}

function selects(service: KubernetesObject, workload: KubernetesObject): boolean {
  const labels = stringsAt(workload, 'spec', 'template', 'metadata', 'labels')
  const selector = Object.entries(recordAt(service, 'spec', 'selector'))
  return selector.length > 0 && selector.every(([key, value]) => labels[key] === value)
}

const gatewayApi = 'gateway.networking.k8s.io'
