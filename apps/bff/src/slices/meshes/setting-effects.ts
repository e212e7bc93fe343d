import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import type { Impact } from '@orbweaver/contracts/plan'
import { batchWorkloads, isBatch } from '@orbweaver/istio/injection/batch'
import { isInjected } from '@orbweaver/istio/injection/pod-state'
import { readProxy } from '@orbweaver/istio/injection/proxy'
import { simulate } from '@orbweaver/istio/injection/simulate'
import { workloadStates } from '@orbweaver/istio/injection/workload-state'
import { type InjectionWorld, namespaceLabels } from '@orbweaver/istio/injection/world'
import { settingEffects } from '@orbweaver/istio/meshes/effects'
import { clustersOf, type Mesh } from '@orbweaver/istio/meshes/mesh'
import { kinds } from '@orbweaver/istio/world/kinds'
import { podOf } from '@orbweaver/istio/world/pod-of'
import { noImpact } from '../../changes/draft.ts'
import { injectionIn } from '../../fleet/injection.ts'
import type { Asking } from './asking.ts'
import { batchNotes, lastingOf, toldWorkloads } from './told-workloads.ts'

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
  const lasting = lastingOf(seen)
  const pods = lasting.reduce((sum, each) => sum + each.pods, 0)
  const waiting = { code: 'meshes.settings_wait_for_restart', params: { count: lasting.length, pods } }
  const notes: Message[] = [...(lasting.length === 0 ? [] : [waiting]), ...batchNotes(seen), ...others]
  const workloads = listed.map((each) => ({ ...each, restarts: false }))
  return { ...noImpact, ...(effects.length > 0 && { effects }), workloads, notes }
}

type Injected = { ref: ObjectRef; pods: number }

function injectedIn({ fleet }: Asking, mesh: Mesh, cluster: string): Injected[] {
  const world = injectionIn(fleet, mesh, cluster)
  if (world === undefined) return []
  const namespaces = world.view.list(kinds.namespace).map((each) => each.metadata.name)
  return namespaces.flatMap((name) => [...lastingIn(world, name), ...batchIn(world, name)])
}

/** Jobs are told with the others where they were not read: by their Pods alone. */
function lastingIn(world: InjectionWorld, namespace: string): Injected[] {
  return workloadStates(world, namespace)
    .filter(({ ref, pods }) => pods.injected > 0 && !(isBatch(ref) && world.view.get(kinds.job, ref.name, namespace)))
    .map(({ ref, pods }) => ({ ref, pods: pods.injected }))
}

/** A CronJob without a run now is concerned as well, if its next has sidecars. */
function batchIn(world: InjectionWorld, namespace: string): Injected[] {
  return batchWorkloads(world.view, namespace)
    .map(({ ref, object, pods }) => ({ ref, object, pods: pods.filter((pod) => isInjected(readProxy(pod))).length }))
    .filter(({ object, pods }) => {
      const next = simulate(world, podOf(object), namespaceLabels(world.view, namespace))
      return pods > 0 || next.by !== undefined
    })
    .map(({ ref, pods }) => ({ ref, pods }))
}
