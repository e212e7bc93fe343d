import { labelsOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../world/kinds.ts'
import type { MeshWorld } from './world.ts'

/** Whether istiod was seen: what is installed beside it is not told by who does not tell of it, as files of rules alone. */
export function isInstallationSeen({ mesh, clusters }: Pick<MeshWorld, 'mesh' | 'clusters'>): boolean {
  const beside = clusters.flatMap((each) => each.list(kinds.service, mesh.rootNamespace))
  return beside.some((each) => labelsOf(each).app === 'istiod')
}

/** Whether it is known who injects: a webhook was seen, or a control plane that has none. Files seldom have either. */
export function areInjectorsKnown(world: MeshWorld, { hooks }: { hooks: readonly unknown[] }): boolean {
  return hooks.length > 0 || world.version !== undefined || isInstallationSeen(world)
}
