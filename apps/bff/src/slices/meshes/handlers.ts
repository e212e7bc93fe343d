import { mentions, pageOf, sorted } from '@orbweaver/contracts/page'
import type { MeshSummary } from '@orbweaver/contracts/meshes'
import { blueprint } from '@orbweaver/istio/blueprints/blueprint'
import { clustersOf, isMesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { learningPath } from '@orbweaver/istio/start/learning-path'
import { meshes as meshResource } from '@orbweaver/kube/resources'
import { inFlight } from '../../changes/in-flight.ts'
import { missingParts } from '../../fleet/hub-parts.ts'
import { allMeshes } from '../../fleet/mesh-of.ts'
import type { Context } from '../../http/context.ts'
import { server } from '../../http/server.ts'
import { observe } from '../../reconciler/observe.ts'
import { certificatesOf } from './certificates.ts'
import { choicesOf } from './choices.ts'
import { controlPlaneHandlers } from './control-plane.ts'
import { derivedOf } from './derived.ts'
import { detailOf } from './detail.ts'
import { draftMesh } from './draft-mesh.ts'
import { driftFields } from './drift.ts'
import { exportLimitBytes, exportOf } from './export.ts'
import { stageEvidence } from './stage-evidence.ts'
import { preflightOf, preflightOnly } from './preflight.ts'
import { networkHandlers } from './network-handlers.ts'
import { removalOf } from './removal.ts'
import { fleetSummary } from './start.ts'
import { straysOf } from './strays.ts'
import { type MeshRow, meshRow, summaryOf } from './summary.ts'
import { supportBundle } from './support/support-bundle.ts'
import { syncsOf } from './sync.ts'

const { meshes } = server

export const meshHandlers = {
  list: meshes.list.handler(async ({ context, input }) => {
    const rows = await seen(context)
    // Many meshes, and their control planes may be slow: a list shows what istiods said last.
    const summaries = await inFlight(rows, 4, async (row) =>
      summaryOf(context, row, await syncsOf(context, row.mesh, 0)),
    )
    const shown = summaries
      .filter((row) => input.kind === undefined || row.kind === input.kind)
      .filter((row) => mentions(input.search, [row.name, row.displayName, row.controlPlaneCluster, row.version]))
    const ordered = sorted(shown, (row) => [column(row, input.sort), row.name], input.order)
    const clusters = [...new Set(rows.flatMap(({ mesh }) => clustersOf(mesh)))]
    return { ...pageOf(ordered, input), clusters: context.viewer.truths(clusters) }
  }),
  get: meshes.get.handler(async ({ context, input, errors }) => {
    const row = await rowNamed(context, input.name)
    if (row === undefined) throw errors['meshes.not_found']({ data: { name: input.name } })
    return { ...(await detailOf(context, row)), clusters: context.viewer.truths(clustersOf(row.mesh)) }
  }),
  stage: meshes.stage.handler(async ({ context, input, errors }) => {
    const row = await rowNamed(context, input.name)
    if (row === undefined) throw errors['meshes.not_found']({ data: { name: input.name } })
    return stageEvidence(context, row, input)
  }),
  ...controlPlaneHandlers,
  ...networkHandlers,
  removal: meshes.removal.handler(async ({ context, input, errors }) => {
    const row = await rowNamed(context, input.name)
    if (row === undefined) throw errors['meshes.not_found']({ data: { name: input.name } })
    const leaving = input.leaving?.split(',').filter((each) => each !== '')
    const removal = await removalOf(context, row.mesh, leaving)
    return { ...removal, clusters: context.viewer.truths(leaving ?? clustersOf(row.mesh)) }
  }),
  strays: meshes.strays.handler(async ({ context, input, errors }) => {
    const row = await rowNamed(context, input.name)
    if (row === undefined) throw errors['meshes.not_found']({ data: { name: input.name } })
    return { ...(await straysOf(context, row.mesh)), clusters: context.viewer.truths(clustersOf(row.mesh)) }
  }),
  export: meshes.export.handler(async ({ context, input, errors }) => {
    const row = await rowNamed(context, input.name)
    if (row === undefined) throw errors['meshes.not_found']({ data: { name: input.name } })
    const files = await exportOf(context, row)
    if (files === undefined) throw errors['meshes.export_too_large']({ data: { limitBytes: exportLimitBytes } })
    return { files, clusters: context.viewer.truths(clustersOf(row.mesh)) }
  }),
  drift: meshes.drift.handler(async ({ context, input, errors }) => {
    const row = await rowNamed(context, input.name)
    if (row === undefined) throw errors['meshes.not_found']({ data: { name: input.name } })
    return { ...(await driftFields(context, row)), clusters: context.viewer.truths(clustersOf(row.mesh)) }
  }),
  supportBundle: meshes.supportBundle.handler(async ({ context, input, errors }) => {
    const row = await rowNamed(context, input.name)
    if (row === undefined) throw errors['meshes.not_found']({ data: { name: input.name } })
    return supportBundle(context, row)
  }),
  certificates: meshes.certificates.handler(async ({ context, input, errors }) => {
    const row = await rowNamed(context, input.name)
    if (row === undefined) throw errors['meshes.not_found']({ data: { name: input.name } })
    const { mesh } = row
    const told = await certificatesOf(context, mesh, new Date())
    return { ...told, clusters: context.viewer.truths(clustersOf(mesh)) }
  }),
  preflight: meshes.preflight.handler(async ({ context, input }) => {
    const drafted = draftMesh(input.name, input.spec)
    if ('reasons' in drafted) {
      const checks = drafted.reasons.map((each) => ({
        id: each.code,
        severity: 'blocking' as const,
        params: each.params,
      }))
      return { checks, objects: [], clusters: [] }
    }
    const { mesh } = drafted
    const creating = !allMeshes(context.fleet).some((each) => each.name === mesh.name)
    const { only, roots } = input
    const truths = context.viewer.truths(clustersOf(mesh))
    if (only !== undefined) {
      return { checks: await preflightOnly(context, mesh, { ...only, creating, roots }), objects: [], clusters: truths }
    }
    const [checks, objects] = await Promise.all([
      preflightOf(context, mesh, { creating, roots }),
      derivedOf(context, blueprint(mesh, observe(context.fleet, mesh))),
    ])
    return { checks, objects, clusters: truths }
  }),
  choices: meshes.choices.handler(async ({ context, input }) => {
    const clusters = await choicesOf(context, input.kind)
    return { clusters, truths: context.viewer.truths(clusters.map((each) => each.name)) }
  }),
  path: meshes.path.handler(async ({ context }) => {
    const rows = await seen(context)
    const summary = await fleetSummary(
      context,
      rows.map(({ mesh }) => mesh),
    )
    const missing = missingParts(context.fleet.hub).map(({ name }) => name)
    return {
      steps: learningPath(summary),
      hub: { name: context.fleet.hub.name, prepared: missing.length === 0, missing },
      clusters: context.viewer.truths(),
    }
  }),
}

async function seen({ viewer, fleet }: Context): Promise<MeshRow[]> {
  const objects = await viewer.list(fleet.hub.name, meshResource)
  return objects.flatMap((object) => {
    const mesh = readMesh(object)
    return isMesh(mesh) ? [meshRow(object, mesh)] : []
  })
}

async function rowNamed(context: Context, name: string): Promise<MeshRow | undefined> {
  return (await seen(context)).find(({ mesh }) => mesh.name === name)
}

/** Problems first where nothing else was asked for. */
const urgency = ['failed', 'degraded', 'suspended', 'terminating', 'pending', 'progressing', 'ready']

function column(row: MeshSummary, sort: string | undefined): string | number {
  switch (sort) {
    case 'name':
      return row.name
    case 'kind':
      return row.kind
    case 'version':
      return row.version ?? ''
    case 'createdAt':
      return row.createdAt ?? ''
    default:
      return urgency.indexOf(row.phase)
  }
}
