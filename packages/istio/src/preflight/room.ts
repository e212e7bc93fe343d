import { flagAt, listAt, numberAt, textAt, at } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { takesPods } from '../capabilities/capacity.ts'
import { isLive } from '../injection/pod-state.ts'
import { discover } from '../meshes/discover.ts'
import type { Mesh } from '../meshes/mesh.ts'
import { revisionOf } from '../meshes/names.ts'
import { controlPlaneValues } from '../meshes/values.ts'
import { bytesText, coresText, quantity } from '../quantity.ts'
import { groupedBy } from '../world/grouped.ts'
import { kinds } from '../world/kinds.ts'
import type { ClusterView } from '../world/view.ts'
import { all, check, fix, mostShown, type PreflightCheck, seen } from './check.ts'

type Amount = { cpu: number; memory: number }

/** What istiod's Pods ask for: of the mesh's size or values, else the chart's own (istio-discovery values.yaml, 1.30). */
export function istiodRequests(mesh: Mesh): Amount & { replicas: number } {
  const values = controlPlaneValues(mesh)
  const requests = at(values, 'pilot', 'resources', 'requests')
  const replicas = numberAt(values, 'pilot', 'autoscaleMin') ?? numberAt(values, 'pilot', 'replicaCount') ?? 1
  return {
    cpu: quantity(at(requests, 'cpu')) ?? 0.5,
    memory: quantity(at(requests, 'memory')) ?? 2 * 2 ** 30,
    replicas,
  }
}

/**
 * Whether istiod's Pods find room on the nodes as they are: allocatable minus what Pods there request. Taints and
 * affinities are not looked at, and nodes may be added when a Pod waits: therefore a warning.
 */
export function room(mesh: Mesh, view: ClusterView): PreflightCheck {
  const { cluster } = view
  const nodes = view.list(kinds.node).filter((each) => quantity(at(each, 'status', 'allocatable', 'cpu')) !== undefined)
  if (nodes.length === 0 || !view.has(kinds.pod)) return check('room.unknown', 'unknown', { cluster })
  const asked = istiodRequests(mesh)
  const params = { replicas: asked.replicas, cpu: coresText(asked.cpu), memory: bytesText(asked.memory) }
  if (runsIn(mesh, view)) {
    return check('room.running', 'ok', { cluster, params })
  }
  const free = freeOf(view, nodes).toSorted((a, b) => b.left.memory - a.left.memory)
  const places = free.reduce((sum, { left }) => sum + fits(left, asked), 0)
  const evidence = free
    .slice(0, mostShown)
    .map(({ node, left }) => seen(cluster, node, `cpu ${coresText(left.cpu)}, memory ${bytesText(left.memory)}`))
  const grounds = all(view, kinds.node, kinds.pod)
  if (places >= asked.replicas) return check('room.ok', 'ok', { cluster, params, evidence, grounds })
  return check('room.tight', 'warning', {
    cluster,
    params: { ...params, places },
    evidence,
    grounds,
    fix: fix('make-room'),
  })
}

/** Whether the revision that the mesh asks for is there already. */
export function runsIn(mesh: Mesh, view: ClusterView): boolean {
  return discover(view).some((each) => each.mesh === mesh.name && each.revision === revisionOf(mesh))
}

type Free = { node: KubernetesObject; left: Amount }

function freeOf(view: ClusterView, nodes: readonly KubernetesObject[]): Free[] {
  const pods = groupedBy(view.list(kinds.pod).filter(isLive), (pod) => textAt(pod, 'spec', 'nodeName') ?? '')
  return nodes.filter(takesPods).map((node) => {
    const used = (pods.get(node.metadata.name) ?? []).map(requestsOf)
    const left = (key: keyof Amount) =>
      (quantity(at(node, 'status', 'allocatable', key)) ?? 0) - used.reduce((sum, each) => sum + each[key], 0)
    return { node, left: { cpu: left('cpu'), memory: left('memory') } }
  })
}

/** Containers that run all the time; those that only come first are taken to ask for no more. */
function requestsOf(pod: KubernetesObject): Amount {
  const sidecars = listAt(pod, 'spec', 'initContainers').filter((each) => textAt(each, 'restartPolicy') === 'Always')
  const containers = [...listAt(pod, 'spec', 'containers'), ...sidecars]
  const sum = (key: keyof Amount) =>
    containers.reduce<number>((total, each) => total + (quantity(at(each, 'resources', 'requests', key)) ?? 0), 0)
  return { cpu: sum('cpu'), memory: sum('memory') }
}

function fits(left: Amount, asked: Amount): number {
  const times = (key: keyof Amount) => (asked[key] > 0 ? Math.floor(left[key] / asked[key]) : Number.POSITIVE_INFINITY)
  return Math.max(0, Math.min(times('cpu'), times('memory'), 100))
}

/** Linux gives each user 128 inotify instances a node by default, and every sidecar of a node runs as user 1337. */
const instances = 128
const crowded = 100

/** Nodes with so many Pods that their sidecars together may run out of what one user may watch ("too many open files"). */
export function inotify(view: ClusterView): PreflightCheck {
  const { cluster } = view
  if (!view.has(kinds.node) || !view.has(kinds.pod)) return check('inotify.unknown', 'unknown', { cluster })
  const pods = view.list(kinds.pod).filter((pod) => isLive(pod) && flagAt(pod, 'spec', 'hostNetwork') !== true)
  const counts = groupedBy(pods, (pod) => textAt(pod, 'spec', 'nodeName') ?? '')
  const full = view
    .list(kinds.node)
    .map((node) => ({ node, count: counts.get(node.metadata.name)?.length ?? 0 }))
    .filter(({ count }) => count > crowded)
    .toSorted((a, b) => b.count - a.count)
  const grounds = all(view, kinds.node, kinds.pod)
  const [worst] = full
  if (worst === undefined) return check('inotify.ok', 'ok', { cluster, params: { limit: crowded }, grounds })
  const { name } = worst.node.metadata
  const shell = `kubectl debug node/${name} --stdin --tty --profile=sysadmin --image=busybox -- chroot /host`
  return check('inotify.crowded', 'warning', {
    cluster,
    params: { count: worst.count, nodes: full.length, instances },
    evidence: full.slice(0, mostShown).map(({ node, count }) => seen(cluster, node, String(count))),
    grounds,
    fix: fix(
      'raise-inotify',
      `${shell} sysctl fs.inotify.max_user_instances`,
      `${shell} sysctl --write fs.inotify.max_user_instances=8192`,
    ),
  })
}
