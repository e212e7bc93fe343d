import { type KubernetesObject, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import type { RuleSubject } from '@orbweaver/contracts/objects'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import {
  attachedTo,
  firstPort,
  firstSelected,
  gatewayOf,
  hostIn,
  isPolicy,
  portOfEntry,
  serverOf,
  serviceAt,
} from '@orbweaver/istio/rules/subject'
import { selectorOf } from '@orbweaver/istio/simulate/access/target'
import { daemonSets, deployments, istioGateways, services, statefulSets } from '@orbweaver/kube/resources'
import { askMesh } from '../../fleet/mesh-world.ts'
import type { Context } from '../../http/context.ts'

/** What a rule is about, looked up among what the viewer may see; a name that the rule itself says is no secret. */
export async function subjectOf(context: Context, mesh: Mesh, rule: KubernetesObject): Promise<RuleSubject> {
  if (isPolicy(rule)) return protectedBy(context, mesh, rule)
  const { viewer } = context
  const { cluster } = mesh.controlPlane
  const host = hostIn(rule)
  const named = host === undefined ? {} : { host }
  if (rule.kind === 'Gateway') return { ...named, ...serverOf(rule, host), gateway: refOf(cluster, rule) }
  if (rule.kind === 'ServiceEntry') return { ...named, ...portOfEntry(rule) }
  const entrance = gatewayOf(rule)
  if (entrance !== undefined) {
    const gateway = await viewer.get(cluster, istioGateways, entrance)
    const ref = { cluster, group: istioGateways.group, version: istioGateways.version, kind: 'Gateway', ...entrance }
    return { ...named, ...(gateway !== undefined && serverOf(gateway, host)), gateway: ref }
  }
  const target = host === undefined ? undefined : serviceAt(host, rule)
  return { ...named, ...(target !== undefined && firstPort(await viewer.get(cluster, services, target))) }
}

async function protectedBy(context: Context, mesh: Mesh, policy: KubernetesObject): Promise<RuleSubject> {
  const attached = attachedTo(policy, mesh.controlPlane.cluster)
  const protects = attached ?? (await selectedBy(context, mesh, policy))
  return protects === undefined ? {} : { protects }
}

/** What counts for the whole mesh is about nobody in particular. */
async function selectedBy(context: Context, mesh: Mesh, policy: KubernetesObject): Promise<ObjectRef | undefined> {
  const { namespace } = policy.metadata
  const root = askMesh(context.fleet, mesh, (world) => world.mesh.rootNamespace)
  if (namespace === root && Object.keys(selectorOf(policy)).length === 0) return undefined
  for (const cluster of clustersOf(mesh)) {
    for (const resource of [deployments, statefulSets, daemonSets]) {
      const found = firstSelected(policy, await context.viewer.list(cluster, resource, namespace))
      if (found !== undefined) return refOf(cluster, found)
    }
  }
  return undefined
}
