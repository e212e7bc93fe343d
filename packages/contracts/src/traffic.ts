import { z } from 'zod'
import { Truths } from './envelope.ts'
import { notFound, operation } from './errors.ts'
import { RouteExplanation, RouteRequest } from './explain.ts'
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
    .errors({ 'meshes.not_found': notFound, 'objects.not_found': notFound }),
}
