import { type KubernetesObject, refKey, refOf } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { certificateMaps, electionMaps, isElection } from '@orbweaver/istio/blueprints/istiod-writes'
import { systemNamespaces } from '@orbweaver/istio/blueprints/leftovers'
import { groupedBy } from '@orbweaver/istio/world/grouped'
import type { ClusterView } from '@orbweaver/istio/world/view'
import type { Identity, KubeClient, Resource } from '@orbweaver/kube/client'
import { KubeError } from '@orbweaver/kube/error'
import { configMaps, leases } from '@orbweaver/kube/resources'
import { inFlight } from '../changes/in-flight.ts'
import type { ClusterDoor } from '../kube/doors.ts'

/** What istiods wrote into a cluster, as far as the person may list it, and what could not be looked for. */
export type IstiodWrites = { objects: KubernetesObject[]; unread: Message[] }

/** Somebody waits for a list beside a page, not for the page (ms). */
const patienceMs = 4_000
const width = 4

/**
 * Asks for what no mirror watches, as the person: RBAC lets a list be granted for one name, so that each name is a
 * question of its own. Leases are looked for where an istiod
 * is or was, as every node has one too.
 */
export async function istiodWrites(door: ClusterDoor, identity: Identity, view: ClusterView): Promise<IstiodWrites> {
  const client = door.as(identity)
  const asked = await inFlight([...certificateMaps, ...electionMaps], width, (name) =>
    listed(client, { resource: configMaps, name }),
  )
  const maps = asked.flatMap(({ objects }) => objects)
  const places = new Set([
    ...systemNamespaces(view),
    ...maps.filter(isElection).map(({ metadata }) => metadata.namespace ?? ''),
  ])
  const held = await inFlight([...places], width, (namespace) => listed(client, { resource: leases, namespace }))
  const unread = [...asked, ...held].flatMap((each) => each.unread ?? [])
  return {
    objects: [...maps, ...held.flatMap(({ objects }) => objects).filter(isElection)],
    unread: unread.length === 0 ? [] : [summed(door.name, unread)],
  }
}

type Wanted = { resource: Resource; name?: string; namespace?: string }
type Right = { resource: string; name?: string }
type Unread = { right?: Right; reason?: string }

async function listed(
  client: KubeClient,
  { resource, name, namespace }: Wanted,
): Promise<{ objects: KubernetesObject[]; unread?: Unread }> {
  try {
    const { items } = await client.list(resource, {
      deadlineMs: patienceMs,
      ...(namespace !== undefined && { namespace }),
      ...(name !== undefined && { fieldSelector: `metadata.name=${name}` }),
    })
    return { objects: items.map((each) => named(each, resource)) }
  } catch (error) {
    if (!(error instanceof KubeError)) throw error
    const right = { resource: resource.plural, ...(name !== undefined && { name }) }
    return { objects: [], unread: error.code === 'forbidden' ? { right } : { reason: `kube.${error.code}` } }
  }
}

/** Nothing of an object is kept but what it is called. */
function named(
  { metadata: { name, namespace } }: KubernetesObject,
  { group, version, kind }: Resource,
): KubernetesObject {
  const apiVersion = group === '' ? version : `${group}/${version}`
  return { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } }
}

function summed(cluster: string, unread: readonly Unread[]): Message {
  const rights = unread.flatMap(({ right }) => right ?? [])
  if (rights.length > 0) return forbidden(cluster, rights)
  return { code: 'clusters.leftovers_unread', params: { cluster, reason: unread[0]?.reason ?? '' } }
}

/** Says which rights lack: `configmaps istio-leader, istio-ca-crl; leases`. */
export function forbidden(cluster: string, rights: readonly Right[]): Message {
  const spelled = [...groupedBy(rights, ({ resource }) => resource)].map(([resource, each]) => {
    const names = each.flatMap(({ name }) => name ?? [])
    return names.length === 0 ? resource : `${resource} ${names.join(', ')}`
  })
  return { code: 'clusters.leftovers_forbidden', params: { cluster, rights: spelled.join('; ') } }
}

/** By `refKey`. */
export function refsOf(cluster: string, { objects }: IstiodWrites): ReadonlySet<string> {
  return new Set(objects.map((each) => refKey(refOf(cluster, each))))
}
