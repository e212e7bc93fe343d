import { textAt } from '@orbweaver/contracts/json'
import { type ObjectRef, refKey } from '@orbweaver/contracts/kubernetes'
import { type Finding, findingKey, type Plan } from '@orbweaver/contracts/plan'
import { compareFindings, ranked } from '@orbweaver/istio/findings/judge'
import { judgedBy } from '@orbweaver/istio/findings/judged-by'
import { muteOf } from '@orbweaver/istio/findings/muting'
import { upgradeJudges } from '@orbweaver/istio/findings/upgrade/judges'
import { isMesh, type Mesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { meshes as meshResource } from '@orbweaver/kube/resources'
import type { Fleet } from '../kube/doors.ts'
import { muteIn } from './known-findings.ts'
import { meshOfCluster } from './mesh-of.ts'
import { askMesh, judgeChange, type WorldChange } from './mesh-world.ts'

/**
 * What a change introduces and solves in the meshes whose clusters it touches, whatever it changes there; of what stays,
 * what is about the changed objects. What an object mutes before and after is left out.
 */
export async function findingsOfChange(fleet: Fleet, change: WorldChange, now = new Date()): Promise<Plan['findings']> {
  const found = await Promise.all(meshesOf(fleet, change).map((mesh) => findingsInMesh(fleet, mesh, { change, now })))
  return {
    introduced: [...found.flatMap(({ introduced }) => introduced), ...findingsOfSteps(fleet, change, now)],
    solved: found.flatMap(({ solved }) => solved),
    remaining: found.flatMap(({ remaining }) => remaining),
  }
}

/** What becomes different in the rules of a mesh that goes to another version of Istio. */
function findingsOfSteps(fleet: Fleet, change: WorldChange, now: Date): Finding[] {
  return change.flatMap(({ ref, before, after }) => {
    if (ref.cluster !== fleet.hub.name || ref.kind !== meshResource.kind || before === undefined) return []
    const [from, to] = [before, after].map((each) => textAt(each, 'spec', 'version'))
    const mesh = readMesh(before)
    if (from === undefined || to === undefined || from === to || !isMesh(mesh)) return []
    const found = askMesh(fleet, mesh, (world) => judgedBy(upgradeJudges({ from, to }), world)) ?? []
    return ranked(found.filter((each) => muteIn(fleet, each, now) === undefined))
  })
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
