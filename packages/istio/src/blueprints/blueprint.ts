import type { Mesh } from '../meshes/mesh.ts'
import { dedicated } from './dedicated.ts'
import { external } from './external.ts'
import { managed } from './managed.ts'
import type { Observed, Stage } from './stage.ts'

/** What a mesh takes, in an order in which every stage comes after those it waits for. Pure: ask again to go on. */
export function blueprint(mesh: Mesh, observed: Observed): Stage[] {
  switch (mesh.kind) {
    case 'Dedicated':
      return dedicated(mesh, observed)
    case 'Managed':
      return managed(mesh, observed)
    case 'External':
      return external(mesh)
  }
}
