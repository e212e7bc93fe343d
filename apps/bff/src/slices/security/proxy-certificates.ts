import type { ProxyCertificate } from '@orbweaver/contracts/certificates'
import { textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { judgeProxy, type ProxyFacts, type ProxyWorld } from '@orbweaver/istio/certificates/proxy-certificate'
import { ownerOf } from '@orbweaver/istio/injection/owners'
import { isLive } from '@orbweaver/istio/injection/pod-state'
import { readProxy } from '@orbweaver/istio/injection/proxy'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { pods } from '@orbweaver/kube/resources'
import { inFlight } from '../../changes/in-flight.ts'
import { whyNoForward } from '../../fleet/forwards.ts'
import { authorityIn, handedIn } from '../../fleet/signing-authority.ts'
import { secretsOfProxy, unreadable } from '../../istiod/proxy-secrets.ts'
import { viewOfMirror } from '../../kube/cluster-view.ts'
import type { ClusterDoor, Fleet } from '../../kube/doors.ts'
import type { Asking } from './rows.ts'

/** So many proxies are asked for one page, so many at a time: each is a connection through an API server. */
const mostProxies = 40
const width = 10

export type ProxyWish = {
  of: 'gateways' | 'workloads'
  cluster?: string | undefined
  namespace?: string | undefined
  workload?: string | undefined
}

type Found = { door: ClusterDoor; pod: KubernetesObject; kind: ProxyCertificate['kind']; owner: ObjectRef }

/**
 * What proxies of a mesh hold, asked as the person. They are judged by all that the console knows of the mesh's roots, which
 * are public; of a proxy nothing is told that it did not say itself but how it stands to them.
 */
export async function proxyCertificates(
  asking: Asking,
  { mesh, wish, now }: { mesh: Mesh; wish: ProxyWish; now: Date },
): Promise<{ items: ProxyCertificate[]; total: number }> {
  const clusters = clustersOf(mesh).filter((each) => wish.cluster === undefined || each === wish.cluster)
  const found = (await inFlight(clusters, 4, (cluster) => proxiesIn(asking, cluster, wish))).flat()
  const chosen = found.slice(0, mostProxies)
  const roots = await rootsOf(asking.fleet, mesh)
  const reasons = await whyNot(asking, chosen)
  const items = await inFlight(chosen, width, async (each): Promise<ProxyCertificate> => {
    const { door, pod, kind, owner } = each
    const row = { pod: refOf(door.name, pod), owner, kind }
    const why = reasons.get(placeOf(each))
    return { ...row, ...(why === undefined ? await heldBy(asking, each, { ...roots(door), now }) : { why }) }
  })
  return { items, total: found.length }
}

async function proxiesIn({ fleet, viewer }: Asking, cluster: string, wish: ProxyWish): Promise<Found[]> {
  const door = fleet.get(cluster)
  if (door === undefined || door.mirror.truth().state === 'unreachable') return []
  const view = viewOfMirror(door)
  const seen = await viewer.list(cluster, pods, wish.namespace)
  return seen
    .filter((pod) => isLive(pod) && textAt(pod, 'status', 'phase') === 'Running')
    .flatMap((pod): Found[] => {
      const kind = kindOf(pod)
      return kind === undefined ? [] : [{ door, pod, kind, owner: ownerOf(view, pod).ref }]
    })
    .filter(({ kind }) => (kind === 'gateway') === (wish.of === 'gateways'))
    .filter(({ owner }) => wish.workload === undefined || owner.name === wish.workload)
    .toSorted(
      (one, other) =>
        placeOf(one).localeCompare(placeOf(other), 'en') ||
        one.pod.metadata.name.localeCompare(other.pod.metadata.name, 'en'),
    )
}

/** A waypoint is a gateway as well: istiod gives it a certificate by the same way. */
function kindOf(pod: KubernetesObject): ProxyCertificate['kind'] | undefined {
  const { kind } = readProxy(pod)
  if (kind === 'sidecar') return 'sidecar'
  return kind === 'gateway' || kind === 'managed-gateway' ? 'gateway' : undefined
}

function placeOf({ door, pod }: Pick<Found, 'door' | 'pod'>): string {
  return `${door.name}/${pod.metadata.namespace ?? ''}`
}

/** By the place of the Pods, one review a namespace. */
async function whyNot({ viewer }: Asking, found: readonly Found[]): Promise<Map<string, Message | undefined>> {
  const places = new Map(
    found.map((each) => [placeOf(each), { cluster: each.door.name, namespace: each.pod.metadata.namespace ?? '' }]),
  )
  const asked = await inFlight(
    [...places],
    width,
    async ([key, place]) => [key, await whyNoForward(viewer, place)] as const,
  )
  return new Map(asked)
}

async function heldBy(
  { viewer }: Asking,
  { door, pod }: Found,
  world: ProxyWorld,
): Promise<ProxyFacts | { why: Message }> {
  const secrets = await secretsOfProxy(door, viewer.identity, pod)
  if ('why' in secrets) return secrets
  return (await judgeProxy(secrets, world)) ?? unreadable(pod.metadata.name)
}

/** The roots of a mesh are those of its authority, and what is handed out where that is not known. */
async function rootsOf(fleet: Fleet, mesh: Mesh): Promise<(door: ClusterDoor) => Omit<ProxyWorld, 'now'>> {
  const primary = fleet.get(mesh.controlPlane.cluster)
  const authority = primary === undefined ? undefined : await authorityIn(primary, mesh.controlPlane.namespace)
  if (authority !== undefined) return () => ({ roots: authority.roots, signedUnder: authority.signedUnder })
  const handed = new Map(
    await Promise.all(
      clustersOf(mesh).map(async (cluster) => {
        const door = fleet.get(cluster)
        return [cluster, door === undefined ? [] : await handedIn(door, mesh)] as const
      }),
    ),
  )
  return ({ name }) => ({ roots: handed.get(name) ?? [], signedUnder: undefined })
}
