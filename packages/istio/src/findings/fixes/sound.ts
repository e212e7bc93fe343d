import { type KubernetesObject, type ObjectRef, refKey } from '@orbweaver/contracts/kubernetes'
import { type Finding, findingKey, type Fix } from '@orbweaver/contracts/plan'
import { groupedBy } from '../../world/grouped.ts'
import { kindKey } from '../../world/kinds.ts'
import type { Engine, Laid } from '../engine.ts'
import { withoutUnserved } from '../schema/version.ts'
import type { Touched } from '../units.ts'
import { patchedIfFits } from './apply.ts'

/** A finding with those of its ways out alone that, carried out where it was found, make it go and bring no other. */
export function withSoundWays<Found extends Finding>(engine: Engine, finding: Found): Found {
  const fixes = finding.fixes.filter((each) => isSound(engine, finding, each))
  return fixes.length === finding.fixes.length ? finding : { ...finding, fixes }
}

function isSound(engine: Engine, finding: Finding, { patches }: Fix): boolean {
  const byRef = [...groupedBy(patches, ({ ref }) => refKey(ref)).values()]
  const laid = byRef.map((own) => laidBy(engine, own)).filter((each) => each !== undefined)
  if (laid.length < byRef.length) return false
  const { before, after } = engine.touched(laid)
  return isSolved(finding, { before: withoutUnserved(before), after: withoutUnserved(after) })
}

/** One object's patches, one after the other; undefined where they do not fit, or nobody knows the cluster. */
function laidBy(engine: Engine, patches: Fix['patches']): Laid | undefined {
  const [{ ref } = { ref: undefined }] = patches
  if (ref === undefined) return undefined
  const view = engine.ask(({ clusters }) => clusters.find(({ cluster }) => cluster === ref.cluster))
  if (view === undefined) return undefined
  const object = view.get(kindKey(ref), ref.name, ref.namespace) ?? unmade(ref)
  const after = patchedIfFits(
    object,
    patches.flatMap(({ operations }) => operations),
  )
  return after && { ref, after }
}

function unmade({ kind, name }: ObjectRef): KubernetesObject {
  return { apiVersion: 'v1', kind, metadata: { name } }
}

/** What moves up in a list takes its faults along, and may then stand where the entry before it had the same. */
function isSolved(finding: Finding, { before, after }: Touched): boolean {
  const was = new Set(before.map(findingKey))
  const [counts, newCounts] = [countsOf(before), countsOf(after)]
  const isFewer = (each: Finding) => (newCounts.get(saying(each)) ?? 0) < (counts.get(saying(each)) ?? 0)
  const isMore = (each: Finding) => (newCounts.get(saying(each)) ?? 0) > (counts.get(saying(each)) ?? 0)
  const isStill = after.some((each) => findingKey(each) === findingKey(finding)) && !isFewer(finding)
  const isNew = (each: Finding) => !was.has(findingKey(each)) && isMore(each) && !isRemark(each)
  return was.has(findingKey(finding)) && !isStill && !after.some(isNew)
}

/** What is said of istioctl, which looks at less, is no fault of the object: no way out brings one by it. */
export const isRemark = ({ code }: Pick<Finding, 'code'>): boolean => code === 'authorizationpolicy.workload-unseen'

/** How often the same is said of the same object. */
function countsOf(findings: readonly Finding[]): ReadonlyMap<string, number> {
  return new Map([...groupedBy(findings, saying)].map(([key, of]) => [key, of.length]))
}

function saying({ code, ref }: Finding): string {
  return `${code} ${refKey(ref)}`
}
