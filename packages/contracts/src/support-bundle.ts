import { z } from 'zod'
import { notFound, operation } from './errors.ts'
import { MeshName } from './names.ts'

/**
 * One gzipped tar archive for whoever helps with a mesh: what the mesh, its clusters and the console say, with the rights
 * of the person who asks; README.txt in it says what is there and what could not be read. Never a secret. At most 16 MiB
 * before it is compressed; after 20 seconds nothing more is asked.
 */
export const supportBundle = operation
  .route({
    method: 'GET',
    path: '/meshes/{name}/support-bundle',
    summary: 'What helps to find out what is wrong with a mesh, as one archive',
    tags: ['meshes'],
  })
  .input(z.object({ name: MeshName }))
  .output(z.file().mime('application/gzip'))
  .errors({ 'meshes.not_found': notFound })
