import type { IntentOf } from '@orbweaver/contracts/intent'
import { refKey } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { adoptAll } from '@orbweaver/istio/drift/adopt'
import { differences, placeOf } from '@orbweaver/istio/drift/differences'
import { isMesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { meshes as meshResource } from '@orbweaver/kube/resources'
import { type Planner, refuse } from '../../changes/draft.ts'
import { groundOf } from './drift.ts'
import { meshDraft } from './mesh-draft.ts'
import { meshUpdate } from './mesh-items.ts'
import { settingsImpact } from './setting-effects.ts'

/**
 * The Mesh comes to say what its clusters have in these places. Written is the Mesh alone; the reconciler then finds
 * nothing to do there, and writes back what else differs.
 */
export const planAdoptDrift: Planner<IntentOf<'meshes.adopt-drift'>> = async ({ viewer, fleet, intent }) => {
  const { name, places } = intent
  const object = await viewer.get(fleet.hub.name, meshResource, { name })
  const mesh = object === undefined ? undefined : readMesh(object)
  if (object === undefined || mesh === undefined || !isMesh(mesh)) return refuse('meshes.not_found', { name })
  const ground = groundOf(fleet, mesh)
  const seen = await viewer.seesWhich(places.map(({ ref }) => ref))
  const asked = new Set(places.filter(({ ref }) => seen.has(refKey(ref))).map(placeOf))
  const all = differences(mesh, ground)
  const wanted = all.filter((each) => asked.has(placeOf(each)))
  const adopted = adoptAll(object, wanted, ground)
  const after = readMesh(adopted)
  if (!isMesh(after)) return refuse('meshes.no_such_drift', { name })
  const left = differences(after, ground)
  const still = new Set(left.map(placeOf))
  // What is repaired meanwhile, or cannot be said, would be a plan of something else than was asked for.
  if (asked.size < places.length || wanted.length < places.length || wanted.some((each) => still.has(placeOf(each)))) {
    return refuse('meshes.no_such_drift', { name })
  }
  const items = [meshUpdate(fleet.hub.name, name, (live) => adoptAll(live, wanted, ground))]
  const title = { code: 'meshes.adopt-drift', params: { name } }
  const asking = { viewer, fleet }
  const [draft, impact] = await Promise.all([
    meshDraft(asking, { title, items, mesh: after, creating: false }),
    settingsImpact(asking, mesh, after),
  ])
  const rest: Message[] =
    left.length === 0 ? [] : [{ code: 'meshes.adopt_repairs_rest', params: { count: left.length } }]
  const notes = [...draft.impact.notes, ...impact.notes, ...rest]
  return { ok: true, draft: { ...draft, impact: { ...impact, notes } } }
}
