import type { Check, Cluster, Rights } from '@orbweaver/contracts/clusters'
import { forbidden, type MissingRight } from '@orbweaver/contracts/missing-right'
import { mentions, pageOf, sorted } from '@orbweaver/contracts/page'
import { discover } from '@orbweaver/istio/meshes/discover'
import { operatorFound } from '@orbweaver/istio/preflight/operator'
import { permissions } from '@orbweaver/istio/preflight/permissions'
import { reachability } from '@orbweaver/istio/preflight/reachability'
import { fleetClusters } from '@orbweaver/kube/resources'
import { inFlight } from '../../changes/in-flight.ts'
import { readerMs } from '../../fleet/ask-soon.ts'
import { factsOf } from '../../fleet/facts.ts'
import { allMeshes } from '../../fleet/mesh-of.ts'
import { seenIstio } from '../../fleet/told-istio.ts'
import { shownOf, staysOf } from '../../fleet/stays.ts'
import { seenCapabilities } from '../../fleet/capabilities.ts'
import type { Context } from '../../http/context.ts'
import { problem } from '../../http/problem.ts'
import { server } from '../../http/server.ts'
import { viewOfMirror } from '../../kube/cluster-view.ts'
import { heldBy } from '../../prometheus/source.ts'
import { choose, readOrigin } from './choose.ts'
import { registeredAs, replaced, testConnection } from './kubeconfig-test.ts'
import { leftIn } from './leftovers.ts'
import { manifestCommands, memberManifest, memberPermissions } from './manifest.ts'
import { ownRights } from './own-rights.ts'
import { checkPrometheus } from './prometheus-check.ts'
import { toldRights } from './rights.ts'
import { toldCluster } from './view.ts'

const { clusters } = server

export const clusterHandlers = {
  list: clusters.list.handler(async ({ context, input }) => {
    const shown = (await seen(context)).filter((row) =>
      mentions(input.search, [row.name, row.spec.displayName, row.spec.provider, row.spec.region, row.mesh]),
    )
    const ordered = sorted(shown, (row) => [column(row, input.sort), row.name], input.order)
    const page = pageOf(ordered, input)
    return { ...page, clusters: context.viewer.truths(shown.map((row) => row.name)) }
  }),
  get: clusters.get.handler(async ({ context, input, errors }) => {
    const cluster = (await seen(context)).find((row) => row.name === input.name)
    if (cluster === undefined) throw errors['clusters.not_found']({ data: { name: input.name } })
    const [checked, capabilities, may] = await Promise.all([
      checksOf(context, cluster),
      seenCapabilities(context, cluster),
      mayBe(context, 'update'),
    ])
    const editing = may === 'no' ? [forbidden(rightTo(context, 'update'))] : []
    const checks = [...checked.checks, await checkPrometheus(context, cluster, capabilities)]
    return { cluster, ...checked, checks, capabilities, editing, clusters: context.viewer.truths([input.name]) }
  }),
  leftovers: clusters.leftovers.handler(async ({ context, input, errors }) => {
    const { viewer, fleet } = context
    const record = await viewer.get(fleet.hub.name, fleetClusters, { name: input.name })
    if (record === undefined) throw errors['clusters.not_found']({ data: { name: input.name } })
    const left = await leftIn(fleet, input.name, viewer)
    return { stays: staysOf(await shownOf(viewer, left)), unread: left.unread, clusters: viewer.truths([input.name]) }
  }),
  test: clusters.test.handler(async ({ context, input, errors }) => {
    const { viewer, fleet } = context
    const records = fleet.hub.mirror.list(fleetClusters)
    const chosen = choose(input.source, fleet.offered())
    if (input.name === undefined) {
      await mayWrite(context, 'create')
      return testConnection({ chosen, registered: (uid) => registeredAs(records, uid) })
    }
    await mayWrite(context, 'update')
    const record = await viewer.get(fleet.hub.name, fleetClusters, { name: input.name })
    if (record === undefined) throw errors['clusters.not_found']({ data: { name: input.name } })
    return testConnection({ chosen, registered: (uid) => registeredAs(records, uid), replaces: replaced(record) })
  }),
  contexts: clusters.contexts.handler(async ({ context, input }) => {
    await mayWrite(context, 'create')
    const read = readOrigin(input.source, context.fleet.offered())
    if (!read.ok) return { refusal: read.refusal, contexts: [] }
    return {
      contexts: read.contexts.map((each) => {
        if (each.ok) return { context: each.context, server: each.connection.server }
        const { ok: _refused, ...told } = each
        return told
      }),
    }
  }),
  manifest: clusters.manifest.handler(({ input }) => ({
    manifest: memberManifest(),
    commands: manifestCommands(input.name ?? 'cluster'),
  })),
  offered: clusters.offered.handler(async ({ context }) => {
    await mayWrite(context, 'create')
    const taken = new Set(context.fleet.all().map((door) => door.server))
    const free = context.fleet.offered().filter((each) => !taken.has(each.server))
    return { contexts: free.map(({ context: name, server: address }) => ({ context: name, server: address })) }
  }),
}

type Write = 'create' | 'update'

/** Testing dials whatever address is pasted: only who could save the cluster may make the console do that. */
async function mayWrite(context: Context, verb: Write): Promise<void> {
  if ((await mayBe(context, verb)) !== 'yes') throw problem('access.forbidden', rightTo(context, verb))
}

function mayBe({ viewer, fleet }: Context, verb: Write): Promise<'yes' | 'no' | 'unknown'> {
  return fleet.hub.mayBe(viewer.identity, { verb, group: fleetClusters.group, resource: fleetClusters.plural })
}

function rightTo({ viewer, fleet: { hub } }: Context, verb: Write): MissingRight {
  const { group, plural: resource } = fleetClusters
  return { cluster: hub.name, verb, group, resource, user: hub.nameOf(viewer.identity) }
}

async function seen({ viewer, fleet }: Context): Promise<Cluster[]> {
  const records = await viewer.list(fleet.hub.name, fleetClusters)
  const meshes = allMeshes(fleet)
  const now = new Date()
  return inFlight(records, 8, async (record) => {
    const door = fleet.get(record.metadata.name)
    const all = door === undefined ? [] : discover(viewOfMirror(door))
    const shown = await seenIstio(viewer, all)
    const held = heldBy(fleet, record)
    return toldCluster({ record, door, istio: { seen: shown, hidden: shown.length < all.length }, meshes, held, now })
  })
}

/** The same questions as before registering, asked again of the cluster as it is now. */
async function checksOf({ fleet }: Context, { name, spec }: Cluster): Promise<{ checks: Check[]; rights?: Rights }> {
  const door = fleet.get(name)
  if (door === undefined) return { checks: [] }
  const [facts, rights] = await Promise.all([
    factsOf({
      cluster: name,
      client: door.own,
      view: viewOfMirror(door),
      network: spec.network,
      server: spec.peerAddress ?? door.server,
      serverStated: spec.peerAddress !== undefined,
      patienceMs: readerMs,
      needed: [],
      namespaces: [],
      personMay: () => Promise.resolve('yes'),
    }),
    // One that is known to be out of reach is not asked so much.
    door.mirror.truth().state === 'unreachable' ? undefined : ownRights(door.own, memberPermissions(), readerMs),
  ])
  if (facts.unreachable !== undefined) return { checks: reachability(facts) }
  const checks = [...reachability(facts), permissions({ ...facts, permissions: rights }), operatorFound(facts)]
  return { checks, ...(rights !== undefined && { rights: toldRights(rights) }) }
}

function column(row: Cluster, sort: string | undefined): string | number {
  switch (sort) {
    case 'provider':
      return row.spec.provider ?? ''
    case 'region':
      return row.spec.region ?? ''
    case 'mesh':
      return row.mesh ?? ''
    case 'pods':
      return row.pods ?? 0
    default:
      return row.name
  }
}
