import { z } from 'zod'
import { mostCompared, RouteComparison } from './compare.ts'
import { Truths } from './envelope.ts'
import { clusterFault, notFound, operation, writing } from './errors.ts'
import { RouteExplanation, RouteRequest } from './explain.ts'
import { Intent } from './intent.ts'
import { MeshName } from './names.ts'

export const traffic = {
  explain: operation
    .route({
      method: 'POST',
      path: '/meshes/{mesh}/traffic/explain',
      summary: 'What becomes of a request, and why',
      tags: ['traffic'],
    })
    .input(z.object({ mesh: MeshName, request: RouteRequest }))
    .output(z.object({ explanation: RouteExplanation, clusters: Truths }))
    .errors({ 'meshes.not_found': notFound, 'objects.not_found': notFound, 'objects.unreadable': clusterFault }),
  /** Nothing is written, and no dry run asked for. */
  compare: operation
    .route({
      method: 'POST',
      path: '/meshes/{mesh}/traffic/compare',
      summary: 'What a plan makes of requests',
      tags: ['traffic'],
    })
    .input(z.object({ mesh: MeshName, intent: Intent, requests: z.array(RouteRequest).min(1).max(mostCompared) }))
    .output(
      z.object({
        /** In the order of the requests; null where who asks is not there for the viewer. */
        answers: z.array(RouteComparison.nullable()),
        clusters: Truths,
      }),
    )
    .errors({ 'meshes.not_found': notFound, 'plan.invalid': writing['plan.invalid'] }),
}
