import type { RouteComparison } from '@orbweaver/contracts/compare'
import { type ObjectRef, refKey } from '@orbweaver/contracts/kubernetes'
import { clustersOf } from '@orbweaver/istio/meshes/mesh'
import { explainRoute } from '@orbweaver/istio/simulate/route/explain'
import { routeDifference } from '@orbweaver/istio/simulate/route/difference'
import { inFlight } from '../../changes/in-flight.ts'
import { asSeen, firstHidden, unreadAmong } from '../../fleet/as-seen.ts'
import { meshFor } from '../../fleet/mesh-of.ts'
import { askChange, askMesh } from '../../fleet/mesh-world.ts'
import { server } from '../../http/server.ts'
import type { ViewerDoor } from '../../kube/doors.ts'
import { withoutHiddenPods } from './seen-endpoints.ts'

const { traffic } = server

export const trafficHandlers = {
  explain: traffic.explain.handler(async ({ context, input, errors }) => {
    const mesh = await meshFor(context.viewer, context.fleet, input.mesh)
    if (mesh === undefined) throw errors['meshes.not_found']({ data: { name: input.mesh } })
    const { from } = input.request
    const isHidden = (await firstHidden(context.viewer, [from.ref])) !== undefined
    const explanation = isHidden
      ? undefined
      : askMesh(context.fleet, mesh, (world) => explainRoute(world, input.request))
    if (explanation === undefined) {
      const unread = unreadAmong(context.viewer, clustersOf(mesh), [from.ref])
      if (unread !== undefined) throw errors['objects.unreadable']({ data: unread })
      throw errors['objects.not_found']({ data: { name: from.ref.name } })
    }
    const seen = await asSeen(context.viewer, explanation, [from.ref])
    return {
      explanation: await withoutHiddenPods(context.viewer, seen),
      clusters: context.viewer.truths(clustersOf(mesh)),
    }
  }),
  compare: traffic.compare.handler(async ({ context, input, errors }) => {
    const { viewer, fleet } = context
    const mesh = await meshFor(viewer, fleet, input.mesh)
    if (mesh === undefined) throw errors['meshes.not_found']({ data: { name: input.mesh } })
    const drafted = await context.changes.changeOf(viewer, input.intent)
    if (!drafted.ok) throw errors['plan.invalid']({ data: { reasons: drafted.reasons } })
    const seen = await viewer.seesWhich(input.requests.map(({ from }) => from.ref))
    const asked = input.requests.map((each) => (seen.has(refKey(each.from.ref)) ? each : undefined))
    const told = askChange(fleet, { mesh, change: drafted.change }, (world) =>
      asked.map((each) => each && explainRoute(world, each)),
    )
    const answers = await inFlight(asked, 4, async (request, index) => {
      const [before, after] = [told?.before[index], told?.after[index]]
      if (request === undefined || before === undefined || after === undefined) return null
      return seenComparison(viewer, routeDifference(before, after), request.from.ref)
    })
    return { answers, clusters: viewer.truths(clustersOf(mesh)) }
  }),
}

async function seenComparison(
  viewer: ViewerDoor,
  compared: RouteComparison,
  open: ObjectRef,
): Promise<RouteComparison> {
  const seen = await asSeen(viewer, compared, [open])
  const [before, after] = await Promise.all([seen.before, seen.after].map((each) => withoutHiddenPods(viewer, each)))
  return { ...seen, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }
}
