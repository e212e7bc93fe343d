import { refKey, refOf } from '@orbweaver/contracts/kubernetes'
import { mentions, pageOf, type PageQuery, sorted } from '@orbweaver/contracts/page'
import { namespaceState } from '@orbweaver/istio/injection/namespace-state'
import { isSystemNamespace } from '@orbweaver/istio/injection/policy'
import { workloadStates } from '@orbweaver/istio/injection/workload-state'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { injection } from '@orbweaver/istio/simulate/injection/explain'
import { namespaces as namespaceResource, pods as podResource } from '@orbweaver/kube/resources'
import { inFlight } from '../../changes/in-flight.ts'
import { findingsByRef, foundAbout } from '../../fleet/known-findings.ts'
import { asSeen, firstHidden, unreadAmong } from '../../fleet/as-seen.ts'
import { injectionIn } from '../../fleet/injection.ts'
import { meshFor } from '../../fleet/mesh-of.ts'
import { askMesh } from '../../fleet/mesh-world.ts'
import type { Context } from '../../http/context.ts'
import { server } from '../../http/server.ts'
import { comparedInjection, comparedPods } from './compare.ts'
import { injectableIn } from './injectable.ts'
import { type NamespaceRow, namespaceView, workloadView } from './rows.ts'

const { sidecars } = server

export const sidecarHandlers = {
  explain: sidecars.explain.handler(async ({ context, input, errors }) => {
    const mesh = await meshFor(context.viewer, context.fleet, input.mesh)
    if (mesh === undefined) throw errors['meshes.not_found']({ data: { name: input.mesh } })
    const { ref } = input
    const isHidden = (await firstHidden(context.viewer, [ref])) !== undefined
    const explanation = isHidden ? undefined : askMesh(context.fleet, mesh, (world) => injection(world, ref))
    if (explanation === undefined) {
      const unread = unreadAmong(context.viewer, clustersOf(mesh), [ref])
      if (unread !== undefined) throw errors['objects.unreadable']({ data: unread })
      throw errors['objects.not_found']({ data: { name: ref.name } })
    }
    return {
      explanation: await asSeen(context.viewer, explanation, [ref]),
      clusters: context.viewer.truths(clustersOf(mesh)),
    }
  }),
  compare: sidecars.compare.handler(async ({ context, input, errors }) => {
    const mesh = await meshFor(context.viewer, context.fleet, input.mesh)
    if (mesh === undefined) throw errors['meshes.not_found']({ data: { name: input.mesh } })
    const drafted = await context.changes.changeOf(context.viewer, input.intent)
    if (!drafted.ok) throw errors['plan.invalid']({ data: { reasons: drafted.reasons } })
    const told = await comparedInjection(context, { mesh, change: drafted.change })
    return { ...told, clusters: context.viewer.truths(clustersOf(mesh)) }
  }),
  comparePods: sidecars.comparePods.handler(async ({ context, input, errors }) => {
    const mesh = await meshFor(context.viewer, context.fleet, input.mesh)
    if (mesh === undefined) throw errors['meshes.not_found']({ data: { name: input.mesh } })
    const drafted = await context.changes.changeOf(context.viewer, input.intent)
    if (!drafted.ok) throw errors['plan.invalid']({ data: { reasons: drafted.reasons } })
    const answers = await comparedPods(context, { mesh, change: drafted.change }, input.refs)
    return { answers, clusters: context.viewer.truths(clustersOf(mesh)) }
  }),
  injectable: sidecars.injectable.handler(async ({ context: { viewer, fleet }, input: { cluster }, errors }) => {
    const items = await injectableIn({ viewer, hub: fleet.hub.name }, cluster)
    if (items === undefined) throw errors['clusters.not_found']({ data: { name: cluster } })
    return {
      items,
      clusters: viewer.truths([cluster]),
    }
  }),
  namespaces: sidecars.namespaces.handler(async ({ context, input, errors }) => {
    const mesh = await meshFor(context.viewer, context.fleet, input.mesh)
    if (mesh === undefined) throw errors['meshes.not_found']({ data: { name: input.mesh } })
    const clusters = clustersOf(mesh).filter((each) => input.cluster === undefined || each === input.cluster)
    const rows = (await inFlight(clusters, 4, (cluster) => namespacesIn(context, mesh, cluster))).flat()
    const shown = rows
      .map(namespaceView)
      .filter((row) => input.policy === undefined || row.policy === input.policy)
      .filter((row) => input.system === true || !row.system)
      .filter((row) => mentions(input.search, [row.namespace, row.cluster, row.revision]))
    const ordered = sorted(shown, (row) => [column(row, input.sort), row.cluster, row.namespace], input.order)
    return { ...pageOf(ordered, input), clusters: context.viewer.truths(clusters) }
  }),
  workloads: sidecars.workloads.handler(async ({ context, input, errors }) => {
    const mesh = await meshFor(context.viewer, context.fleet, input.mesh)
    if (mesh === undefined) throw errors['meshes.not_found']({ data: { name: input.mesh } })
    const clusters = clustersOf(mesh).filter((each) => input.cluster === undefined || each === input.cluster)
    const listed = (await inFlight(clusters, 4, (cluster) => workloadsIn(context, { mesh, cluster, input }))).flat()
    const shown = listed.filter((row) => mentions(input.search, [row.ref.name, row.ref.namespace, row.ref.cluster]))
    const ordered = sorted(
      shown,
      (row) => [workloadColumn(row, input.sort), row.ref.cluster, row.ref.namespace ?? '', row.ref.kind, row.ref.name],
      input.order,
    )
    return { ...pageOf(ordered, input), clusters: context.viewer.truths(clusters) }
  }),
}

async function namespacesIn(context: Context, mesh: Mesh, cluster: string): Promise<NamespaceRow[]> {
  const world = injectionIn(context.fleet, mesh, cluster)
  if (world === undefined) return []
  const findings = await findingsByRef(context.fleet, mesh)
  const listed = await context.viewer.list(cluster, namespaceResource)
  return inFlight(listed, 10, async (object): Promise<NamespaceRow> => {
    const { name } = object.metadata
    const countsVisible = await context.viewer.lists(cluster, podResource, name)
    const found = foundAbout(findings, refOf(cluster, object))
    return { cluster, mesh, state: namespaceState(world, name), countsVisible, findings: found }
  })
}

type WorkloadQuery = {
  mesh: Mesh
  cluster: string
  input: PageQuery & { namespace?: string | undefined; system?: boolean | undefined }
}

async function workloadsIn(context: Context, { mesh, cluster, input }: WorkloadQuery) {
  const world = injectionIn(context.fleet, mesh, cluster)
  if (world === undefined) return []
  const findings = await findingsByRef(context.fleet, mesh)
  const listed = context.fleet.get(cluster)?.mirror.list(namespaceResource) ?? []
  const names = listed.map((each) => each.metadata.name)
  const isSystem = (name: string) => isSystemNamespace(name, [mesh.controlPlane.namespace])
  const wanted = names.filter((name) =>
    input.namespace === undefined ? input.system === true || !isSystem(name) : name === input.namespace,
  )
  const rows = await inFlight(wanted, 10, async (namespace) => {
    if (!(await context.viewer.lists(cluster, podResource, namespace))) return []
    const states = workloadStates(world, namespace)
    const seen = await context.viewer.seesWhich(states.map((state) => state.ref))
    return states
      .filter((state) => seen.has(refKey(state.ref)))
      .map((state) => workloadView(state, foundAbout(findings, state.ref)))
  })
  return rows.flat()
}

function workloadColumn(row: ReturnType<typeof workloadView>, sort: string | undefined): string | number {
  if (sort === 'findings') return row.findings.count
  return sort === 'pendingRestart' ? row.pods.pendingRestart : row.ref.name
}

function column(row: ReturnType<typeof namespaceView>, sort: string | undefined): string | number {
  switch (sort) {
    case 'findings':
      return row.findings.count
    case 'cluster':
      return row.cluster
    case 'policy':
      return row.policy
    case 'injected':
      return row.pods?.injected ?? 0
    case 'pendingRestart':
      return row.pods?.pendingRestart ?? 0
    default:
      return row.namespace
  }
}
