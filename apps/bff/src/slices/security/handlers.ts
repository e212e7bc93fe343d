import { targetOf } from '@orbweaver/contracts/kubernetes'
import { clustersOf } from '@orbweaver/istio/meshes/mesh'
import { access } from '@orbweaver/istio/simulate/access/explain'
import { calleesOf, callersOf } from '@orbweaver/istio/simulate/access/matrix'
import { asSeen, firstHidden, unreadAmong } from '../../fleet/as-seen.ts'
import { meshFor } from '../../fleet/mesh-of.ts'
import { askMesh } from '../../fleet/mesh-world.ts'
import { server } from '../../http/server.ts'
import { comparedCalls, comparedReach, endsOf } from './compare.ts'
import { istiodCertificates } from './istiod-certificates.ts'
import { secretOf } from './one.ts'
import { secretsPage } from './page.ts'
import { seenCells } from './seen-cells.ts'
import { proxyCertificates } from './proxy-certificates.ts'
import { secretsOf } from './rows.ts'

const { security } = server

export const securityHandlers = {
  explain: security.explain.handler(async ({ context, input, errors }) => {
    const mesh = await meshFor(context.viewer, context.fleet, input.mesh)
    if (mesh === undefined) throw errors['meshes.not_found']({ data: { name: input.mesh } })
    const { call } = input
    const ends = endsOf(call)
    const hidden = await firstHidden(context.viewer, ends)
    if (hidden !== undefined) {
      const unread = unreadAmong(context.viewer, clustersOf(mesh), [hidden])
      if (unread !== undefined) throw errors['objects.unreadable']({ data: unread })
      throw errors['objects.not_found']({ data: { name: hidden.name } })
    }
    const explanation = askMesh(context.fleet, mesh, (world) => access(world, call))
    if (explanation === undefined) throw errors['objects.not_found']({ data: { name: call.to.ref.name } })
    return {
      explanation: await asSeen(context.viewer, explanation, ends),
      clusters: context.viewer.truths(clustersOf(mesh)),
    }
  }),
  reach: security.reach.handler(async ({ context, input, errors }) => {
    const mesh = await meshFor(context.viewer, context.fleet, input.mesh)
    if (mesh === undefined) throw errors['meshes.not_found']({ data: { name: input.mesh } })
    const { ref, direction } = input
    if ((await firstHidden(context.viewer, [ref])) !== undefined) {
      const unread = unreadAmong(context.viewer, clustersOf(mesh), [ref])
      if (unread !== undefined) throw errors['objects.unreadable']({ data: unread })
      throw errors['objects.not_found']({ data: { name: ref.name } })
    }
    const cells = askMesh(context.fleet, mesh, (world) =>
      direction === 'callers' ? callersOf(world, { ref }) : calleesOf(world, ref),
    )
    const seen = await seenCells(context.viewer, cells ?? [])
    return {
      cells: await asSeen(context.viewer, seen, [ref]),
      clusters: context.viewer.truths(clustersOf(mesh)),
    }
  }),
  compare: security.compare.handler(async ({ context, input, errors }) => {
    const mesh = await meshFor(context.viewer, context.fleet, input.mesh)
    if (mesh === undefined) throw errors['meshes.not_found']({ data: { name: input.mesh } })
    const drafted = await context.changes.changeOf(context.viewer, input.intent)
    if (!drafted.ok) throw errors['plan.invalid']({ data: { reasons: drafted.reasons } })
    const answers = await comparedCalls(context, { mesh, change: drafted.change }, input.calls)
    return { answers, clusters: context.viewer.truths(clustersOf(mesh)) }
  }),
  compareReach: security.compareReach.handler(async ({ context, input, errors }) => {
    const mesh = await meshFor(context.viewer, context.fleet, input.mesh)
    if (mesh === undefined) throw errors['meshes.not_found']({ data: { name: input.mesh } })
    const drafted = await context.changes.changeOf(context.viewer, input.intent)
    if (!drafted.ok) throw errors['plan.invalid']({ data: { reasons: drafted.reasons } })
    const told = await comparedReach(context, { mesh, change: drafted.change })
    return { ...told, clusters: context.viewer.truths(clustersOf(mesh)) }
  }),
  secrets: security.secrets.handler(async ({ context, input, errors }) => {
    const mesh = await meshFor(context.viewer, context.fleet, input.mesh)
    if (mesh === undefined) throw errors['meshes.not_found']({ data: { name: input.mesh } })
    const { rows, withheld } = await secretsOf(context, mesh, new Date())
    return {
      ...secretsPage(rows, input),
      withheld,
      clusters: context.viewer.truths(clustersOf(mesh)),
    }
  }),
  secret: security.secret.handler(async ({ context, input, errors }) => {
    const mesh = await meshFor(context.viewer, context.fleet, input.mesh)
    if (mesh === undefined) throw errors['meshes.not_found']({ data: { name: input.mesh } })
    const ref = {
      cluster: input.cluster,
      group: '',
      version: 'v1',
      kind: 'Secret',
      ...targetOf(input),
    }
    const read = await secretOf(context, mesh, ref)
    if (read === undefined) throw errors['security.secret_not_found']({ data: { name: input.name } })
    if ('reason' in read) throw errors['security.secret_unreadable']({ data: read })
    return { ...read, clusters: context.viewer.truths([input.cluster]) }
  }),
  istiodCertificates: security.istiodCertificates.handler(async ({ context, input, errors }) => {
    const mesh = await meshFor(context.viewer, context.fleet, input.mesh)
    if (mesh === undefined) throw errors['meshes.not_found']({ data: { name: input.mesh } })
    const told = await istiodCertificates(context, mesh, new Date())
    return { ...told, clusters: context.viewer.truths([mesh.controlPlane.cluster]) }
  }),
  proxyCertificates: security.proxyCertificates.handler(async ({ context, input, errors }) => {
    const mesh = await meshFor(context.viewer, context.fleet, input.mesh)
    if (mesh === undefined) throw errors['meshes.not_found']({ data: { name: input.mesh } })
    const told = await proxyCertificates(context, { mesh, wish: input, now: new Date() })
    const clusters = clustersOf(mesh).filter((each) => input.cluster === undefined || each === input.cluster)
    return { ...told, clusters: context.viewer.truths(clusters) }
  }),
}
