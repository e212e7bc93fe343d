import type { IntentOf } from '@orbweaver/contracts/intent'
import { at, isRecord, type Json, listAt, plainRecord, sameJson, textAt, textsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { networkOf, networksDiffer } from '@orbweaver/istio/blueprints/network'
import { clustersOf, isMesh, type Mesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { eastWestPort, readNetworks } from '@orbweaver/istio/meshes/networks'
import { moveNotes } from '@orbweaver/istio/networks/move'
import { keepingNetwork } from '@orbweaver/istio/networks/stale'
import { meshes, pods as podResource } from '@orbweaver/kube/resources'
import { type Draft, type Planner, type PlannerOutcome, refuse } from '../../changes/draft.ts'
import { inFlight } from '../../changes/in-flight.ts'
import { viewOfMirror } from '../../kube/cluster-view.ts'
import { observe } from '../../reconciler/observe.ts'
import { meshDraft } from './mesh-draft.ts'
import { meshUpdate } from './mesh-items.ts'
import { withNetworks } from './network-edit.ts'
import { standing } from './standing.ts'
import type { Asking } from './asking.ts'

type Changed = Found & { title: Message; edit: (live: KubernetesObject) => KubernetesObject; notes: Message[] }

/** One change of what a Mesh says of its networks, with everything that follows from it in its clusters. */
async function networkDraft(asking: Asking, { title, mesh, object, edit, notes }: Changed): Promise<PlannerOutcome> {
  const after = readMesh(edit(object))
  if (!isMesh(after))
    return { ok: false, reasons: after.problems.map((each) => ({ ...each, code: `meshes.${each.code}` })) }
  const items = [meshUpdate(asking.fleet.hub.name, mesh.name, edit)]
  const draft: Draft = await meshDraft(asking, { title, items, mesh: after, creating: false })
  // What a network that moves asks of people is told here cluster by cluster.
  const others = draft.impact.notes.filter((each) => each.code !== 'check.namespace.moves-network')
  return { ok: true, draft: { ...draft, impact: { ...draft.impact, notes: [...notes, ...others] } } }
}

const planMove: Planner<IntentOf<'meshes.move-network'>> = async ({ viewer, fleet, intent }) => {
  const found = await managedMesh({ viewer, fleet }, intent.name)
  if ('ok' in found) return found
  const { mesh } = found
  const stranger = intent.clusters.find((each) => !clustersOf(mesh).includes(each))
  if (stranger !== undefined) return refuse('meshes.not_a_member', { name: mesh.name, cluster: stranger })
  const moved = new Set(intent.clusters)
  const edit = (live: KubernetesObject) =>
    onNetwork(live, { primary: mesh.controlPlane.cluster, moved, network: intent.network })
  const observed = observe(fleet, mesh)
  const before = new Map(clustersOf(mesh).map((each) => [each, networkOf(mesh, each, observed)]))
  const kept = new Map(
    await inFlight(
      intent.clusters,
      4,
      async (cluster) => [cluster, await keepingIn({ viewer, fleet }, cluster)] as const,
    ),
  )
  const notes = moveNotes({
    before,
    moved: intent.clusters,
    network: intent.network,
    keeping: (cluster) => kept.get(cluster),
  })
  const params = { name: mesh.name, clusters: intent.clusters.join(', '), network: intent.network }
  return networkDraft({ viewer, fleet }, { ...found, title: { code: 'meshes.move-network', params }, edit, notes })
}

type Moving = { primary: string; moved: ReadonlySet<string>; network: string }

function onNetwork(live: KubernetesObject, { primary, moved, network }: Moving): KubernetesObject {
  const members = listAt(live, 'spec', 'members').map((each) =>
    moved.has(textAt(each, 'cluster') ?? '') && isRecord(each) ? { ...each, network } : each,
  )
  const spec = { ...plainRecord(isRecord(live.spec) ? live.spec : {}), ...(members.length > 0 && { members }) }
  const next = { ...live, spec }
  return moved.has(primary) ? withNetworks(next, (networks) => ({ ...networks, controlPlane: network })) : next
}

/** Counted as far as the person may list all Pods there. */
async function keepingIn({ viewer, fleet }: Asking, cluster: string) {
  const door = fleet.get(cluster)
  if (door === undefined || !door.mirror.known(podResource) || !(await viewer.lists(cluster, podResource)))
    return undefined
  return keepingNetwork(viewOfMirror(door), await viewer.list(cluster, podResource))
}

const planGateway: Planner<IntentOf<'meshes.east-west-gateway'>> = async ({ viewer, fleet, intent }) => {
  const found = await managedMesh({ viewer, fleet }, intent.name)
  if ('ok' in found) return found
  const { mesh } = found
  const { cluster, ...settings } = intent.gateway
  if (!clustersOf(mesh).includes(cluster)) return refuse('meshes.not_a_member', { name: mesh.name, cluster })
  const said = Object.keys(plainRecord(settings)).length > 0
  const edit = (live: KubernetesObject) =>
    withNetworks(live, (networks) => ({
      ...networks,
      eastWestGateways: [
        ...listAt(networks, 'eastWestGateways').filter((each) => textAt(each, 'cluster') !== cluster),
        ...(said ? [plainRecord(intent.gateway)] : []),
      ],
    }))
  const title = { code: 'meshes.east-west-gateway', params: { name: mesh.name, cluster } }
  return networkDraft(
    { viewer, fleet },
    { ...found, title, edit, notes: gatewayNotes({ viewer, fleet }, mesh, intent.gateway) },
  )
}

type Gateway = IntentOf<'meshes.east-west-gateway'>['gateway']

function gatewayNotes({ fleet }: Asking, mesh: Mesh, gateway: Gateway): Message[] {
  if (!networksDiffer(mesh, observe(fleet, mesh))) return [{ code: 'network.gateway-unused', params: {} }]
  const { cluster } = gateway
  const was = mesh.networks.gateways.find((each) => each.cluster === cluster)
  const [will] = readNetworks({ eastWestGateways: [plainRecord(gateway)] }).gateways
  const differs = (field: 'resources' | 'addresses' | 'port', none: Json) =>
    !sameJson(was?.[field] ?? none, will?.[field] ?? none)
  const hosts = (will?.addresses ?? []).filter((each) => /[a-z]/i.test(each) && !each.includes(':'))
  return [
    ...(differs('resources', {}) ? [{ code: 'network.gateway-restarts', params: { cluster } }] : []),
    ...(differs('addresses', []) || differs('port', eastWestPort)
      ? [{ code: 'network.gateway-address', params: { cluster } }]
      : []),
    ...hosts.map((address) => ({ code: 'network.host-name-address', params: { address } })),
  ]
}

const planExpose: Planner<IntentOf<'meshes.expose-services'>> = async ({ viewer, fleet, intent }) => {
  const found = await managedMesh({ viewer, fleet }, intent.name)
  if ('ok' in found) return found
  const { mesh } = found
  const edit = (live: KubernetesObject) =>
    withNetworks(live, ({ exposeServices: _before, ...networks }) =>
      intent.expose ? networks : { ...networks, exposeServices: false },
    )
  const apart = networksDiffer(mesh, observe(fleet, mesh))
  const code = apart ? (intent.expose ? 'network.expose-on' : 'network.expose-off') : 'network.expose-unused'
  const title = { code: `meshes.expose-services.${intent.expose ? 'on' : 'off'}`, params: { name: mesh.name } }
  return networkDraft({ viewer, fleet }, { ...found, title, edit, notes: [{ code, params: {} }] })
}

/** Values that a person gave have the last word: what is said beside them would be of no effect. */
const planKeepLocal: Planner<IntentOf<'meshes.keep-local'>> = async ({ viewer, fleet, intent }) => {
  const found = await managedMesh({ viewer, fleet }, intent.name)
  if ('ok' in found) return found
  const { mesh } = found
  if (at(mesh.values, 'meshConfig', 'serviceSettings') !== undefined) {
    return refuse('meshes.service_settings_in_values', { name: mesh.name })
  }
  const hosts = new Set(intent.hosts)
  const edit = (live: KubernetesObject) =>
    withNetworks(live, (networks) => {
      const others = textsAt(networks, 'clusterLocal').filter((each) => !hosts.has(each))
      return { ...networks, clusterLocal: intent.local ? [...others, ...hosts].toSorted() : others }
    })
  const how = intent.local ? 'on' : 'off'
  const params = { count: hosts.size, host: intent.hosts[0] ?? '', name: mesh.name }
  const notes = [{ code: `network.local-${how}`, params: { hosts: intent.hosts.join(', ') } }]
  return networkDraft({ viewer, fleet }, { ...found, title: { code: `meshes.keep-local.${how}`, params }, edit, notes })
}

type Found = { mesh: Mesh; object: KubernetesObject }

/** The mesh as a person may see it, when it is one that has networks. */
async function managedMesh({ viewer, fleet }: Asking, name: string): Promise<Found | ReturnType<typeof refuse>> {
  const object = await viewer.get(fleet.hub.name, meshes, { name })
  const mesh = object === undefined ? undefined : readMesh(object)
  if (object === undefined || mesh === undefined || !isMesh(mesh)) return refuse('meshes.not_found', { name })
  return mesh.kind === 'Managed' ? { mesh, object } : refuse('meshes.has_no_members', { name, kind: mesh.kind })
}

export const networkPlanners = {
  'meshes.move-network': standing(planMove),
  'meshes.east-west-gateway': standing(planGateway),
  'meshes.expose-services': standing(planExpose),
  'meshes.keep-local': standing(planKeepLocal),
}
