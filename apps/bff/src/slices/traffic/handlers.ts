import { clustersOf } from '@orbweaver/istio/meshes/mesh'
import { explainRoute } from '@orbweaver/istio/simulate/route/explain'
import { asSeen, firstHidden } from '../../fleet/as-seen.ts'
import { meshFor } from '../../fleet/mesh-of.ts'
import { askMesh } from '../../fleet/mesh-world.ts'
import { server } from '../../http/server.ts'
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
    if (explanation === undefined) throw errors['objects.not_found']({ data: { name: from.ref.name } })
    const seen = await asSeen(context.viewer, explanation, [from.ref])
    return {
      explanation: await withoutHiddenPods(context.viewer, seen),
      clusters: context.viewer.truths(clustersOf(mesh)),
    }
  }),
}
