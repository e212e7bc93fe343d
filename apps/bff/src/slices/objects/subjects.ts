import { type KubernetesObject, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import type { RuleSubject } from '@orbweaver/contracts/objects'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import {
  attachedTo,
  firstPort,
  gatewayOf,
  hostIn,
  isPolicy,
  portOfEntry,
  selectedAmong,
  serverOf,
  serviceAt,
} from '@orbweaver/istio/rules/subject'
import { selectorOf } from '@orbweaver/istio/simulate/access/target'
import { daemonSets, deployments, istioGateways, services, statefulSets } from '@orbweaver/kube/resources'
import { askMesh } from '../../fleet/mesh-world.ts'
import type { Context } from '../../http/context.ts'

/** What each rule of one answer is about, looked up among what the viewer may see; a name that the rule itself says is no secret. */
export function subjectsIn(context: Context, mesh: Mesh): (rule: KubernetesObject) => Promise<RuleSubject> {
  const { viewer } = context
  const { cluster } = mesh.controlPlane
  const selected = selectedIn(context, mesh)
  const protectedBy = async (policy: KubernetesObject): Promise<RuleSubject> => {
    const protects = attachedTo(policy, cluster) ?? (await selected(policy))
    return protects === undefined ? {} : { protects }
  }
  return async (rule) => {
    if (isPolicy(rule)) return protectedBy(rule)
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
}

/** The workloads of a namespace are listed once an answer. What counts for the whole mesh is about nobody in particular. */
function selectedIn({ fleet, viewer }: Context, mesh: Mesh) {
  const root = askMesh(fleet, mesh, (world) => world.mesh.rootNamespace)
  const places = clustersOf(mesh).flatMap((cluster) =>
    [deployments, statefulSets, daemonSets].map((resource) => ({ cluster, resource })),
  )
  const listed = new Map<string, ReturnType<typeof list>>()
  const list = (namespace: string | undefined) =>
    Promise.all(
      places.map(async ({ cluster, resource }) => ({
        cluster,
        first: selectedAmong(await viewer.list(cluster, resource, namespace)),
      })),
    )
  return async (policy: KubernetesObject): Promise<ObjectRef | undefined> => {
    const { namespace } = policy.metadata
    if (namespace === root && Object.keys(selectorOf(policy)).length === 0) return undefined
    const key = namespace ?? ''
    const known = listed.get(key) ?? list(namespace)
    listed.set(key, known)
    for (const { cluster, first } of await known) {
      const found = first(policy)
      if (found !== undefined) return refOf(cluster, found)
    }
    return undefined
  }
}
