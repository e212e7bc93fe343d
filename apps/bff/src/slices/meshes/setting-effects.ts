import type { Message } from '@orbweaver/contracts/message'
import type { Impact } from '@orbweaver/contracts/plan'
import { type WorkloadState, workloadStates } from '@orbweaver/istio/injection/workload-state'
import { settingEffects } from '@orbweaver/istio/meshes/effects'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { kinds } from '@orbweaver/istio/world/kinds'
import { noImpact } from '../../changes/draft.ts'
import { injectionIn } from '../../fleet/injection.ts'
import type { Asking } from './asking.ts'
import { toldWorkloads } from './told-workloads.ts'

/**
 * When the changes of a mesh's settings take effect, and which workloads keep what they have until they restart: those
 * with a sidecar, by name as far as the person may see them.
 */
export async function settingsImpact(asking: Asking, before: Mesh, after: Mesh): Promise<Impact> {
  const effects = settingEffects(before, after)
  const clusters = new Set(
    effects
      .filter(({ effect }) => effect === 'new-pods')
      .flatMap(({ settings }) => settings.map((each) => each.cluster)),
  )
  // Sidecars of members are made from what the control plane says.
  const concerned = clusters.has(after.controlPlane.cluster) ? clustersOf(after) : [...clusters]
  const all = concerned.flatMap((cluster) => injectedIn(asking, after, cluster))
  const { seen, listed, notes: others } = await toldWorkloads(asking.viewer, all)
  const pods = seen.reduce((sum, each) => sum + each.pods.injected, 0)
  const notes: Message[] = [
    ...(seen.length === 0 ? [] : [{ code: 'meshes.settings_wait_for_restart', params: { count: seen.length, pods } }]),
    ...others,
  ]
  const workloads = listed.map((each) => ({ ref: each.ref, pods: each.pods.injected, restarts: false }))
  return { ...noImpact, ...(effects.length > 0 && { effects }), workloads, notes }
}

function injectedIn({ fleet }: Asking, mesh: Mesh, cluster: string): WorkloadState[] {
  const world = injectionIn(fleet, mesh, cluster)
  if (world === undefined) return []
  const namespaces = world.view.list(kinds.namespace).map((each) => each.metadata.name)
  return namespaces.flatMap((name) => workloadStates(world, name)).filter((each) => each.pods.injected > 0)
}
