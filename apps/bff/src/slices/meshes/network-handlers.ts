import { mentions, pageOf, sorted } from '@orbweaver/contracts/page'
import { clustersOf } from '@orbweaver/istio/meshes/mesh'
import { meshFor } from '../../fleet/mesh-of.ts'
import { server } from '../../http/server.ts'
import { networksOf } from './networks.ts'
import { sharedServicesOf } from './same-services.ts'

const { meshes } = server

export const networkHandlers = {
  networks: meshes.networks.handler(async ({ context, input, errors }) => {
    const mesh = await meshFor(context.viewer, context.fleet, input.name)
    if (mesh === undefined) throw errors['meshes.not_found']({ data: { name: input.name } })
    return { ...(await networksOf(context, mesh)), clusters: context.viewer.truths(clustersOf(mesh)) }
  }),
  sameServices: meshes.sameServices.handler(async ({ context, input, errors }) => {
    const mesh = await meshFor(context.viewer, context.fleet, input.name)
    if (mesh === undefined) throw errors['meshes.not_found']({ data: { name: input.name } })
    const all = await sharedServicesOf(context, mesh)
    const shown = all
      .filter((each) => input.show !== 'problems' || each.inconsistent)
      .filter((each) => input.show !== 'local' || each.local !== undefined)
      .filter((each) => mentions(input.search, [each.namespace, each.name, each.host]))
    const ordered = sorted(
      shown,
      (each) => [input.sort === 'name' ? 0 : Number(!each.inconsistent), each.name, each.namespace],
      input.sort === 'name' ? 'asc' : input.order,
    )
    const inconsistent = all.filter((each) => each.inconsistent).length
    return { ...pageOf(ordered, input), inconsistent, clusters: context.viewer.truths(clustersOf(mesh)) }
  }),
}
