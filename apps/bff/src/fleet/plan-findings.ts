import { type ObjectRef, refKey } from '@orbweaver/contracts/kubernetes'
import { type Finding, findingKey, type Plan } from '@orbweaver/contracts/plan'
import { compareFindings } from '@orbweaver/istio/findings/judge'
import { muteOf } from '@orbweaver/istio/findings/muting'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import type { Fleet } from '../kube/doors.ts'
import { muteIn } from './known-findings.ts'
import { meshOfCluster } from './mesh-of.ts'
import { judgeChange, type WorldChange } from './mesh-world.ts'

/**
 * What a change introduces and solves in the meshes whose clusters it touches, whatever it changes there; of what stays,
 * what is about the changed objects. What an object mutes before and after is left out.
 */
export async function findingsOfChange(fleet: Fleet, change: WorldChange, now = new Date()): Promise<Plan['findings']> {
  const found = await Promise.all(meshesOf(fleet, change).map((mesh) => findingsInMesh(fleet, mesh, { change, now })))
  return {
    introduced: found.flatMap(({ introduced }) => introduced),
    solved: found.flatMap(({ solved }) => solved),
    remaining: found.flatMap(({ remaining }) => remaining),
  }
}

function meshesOf(fleet: Fleet, change: WorldChange): Mesh[] {
  const clusters = [...new Set(change.map(({ ref }) => ref.cluster))]
  const meshes = clusters.map((cluster) => meshOfCluster(fleet, cluster)).filter((mesh) => mesh !== undefined)
  return [...new Map(meshes.map((mesh) => [mesh.name, mesh])).values()]
}

async function findingsInMesh(
  fleet: Fleet,
  mesh: Mesh,
  { change, now }: { change: WorldChange; now: Date },
): Promise<Plan['findings']> {
  const changed = new Map(change.map((each) => [refKey(each.ref), each]))
  const { before, after } = await judgeChange(fleet, mesh, change)
  const isMuted = (finding: Finding, side: 'before' | 'after') => {
    const own = changed.get(refKey(finding.ref))
    if (own === undefined) return muteIn(fleet, finding, now) !== undefined
    const object = own[side]
    return object !== undefined && muteOf(object, finding, now) !== undefined
  }
  const muted = new Set(after.filter((each) => isMuted(each, 'after')).map(findingKey))
  const open = after.filter((each) => !muted.has(findingKey(each)))
  const still = new Set(open.map(findingKey))
  const was = before.filter((each) => {
    const key = findingKey(each)
    return !muted.has(key) && (still.has(key) || !isMuted(each, 'before'))
  })
  const { introduced, solved, remaining } = compareFindings(was, open)
  const concerns = (ref: ObjectRef) => changed.has(refKey(ref))
  return { introduced, solved, remaining: remaining.filter(({ ref, evidence }) => [ref, ...evidence].some(concerns)) }
}
