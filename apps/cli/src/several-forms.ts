import { type KubernetesObject, type ObjectRef, refKey } from '@orbweaver/contracts/kubernetes'
import { type Finding, findingKey, grave } from '@orbweaver/contracts/plan'
import type { Engine } from '@orbweaver/istio/findings/engine'
import type { Position } from './read/documents.ts'

/** An object that files say several things of: the form that counts, where it stands, and the others. */
export type SeveralForms = {
  ref: ObjectRef
  counts: Position
  others: readonly { object: KubernetesObject; position: Position }[]
}

/**
 * Only the last form of an object counts, for kubectl and istioctl too; who applies another one has another mesh. What is
 * grave and does not hold with each form of the objects it rests on is no more than a warning.
 */
export function lessSure(engine: Engine, findings: readonly Finding[], several: readonly SeveralForms[]): Finding[] {
  const byRef = new Map(several.map((each) => [refKey(each.ref), each]))
  const known = new Map<KubernetesObject, ReadonlySet<string>>()
  const foundWith = (ref: ObjectRef, object: KubernetesObject) => {
    const keys = known.get(object) ?? new Set(engine.with([{ ref, after: object }]).map(findingKey))
    known.set(object, keys)
    return keys
  }
  const isSure = (finding: Finding) =>
    finding.evidence.every((each) => {
      const { ref, others = [] } = byRef.get(refKey(each)) ?? { ref: each }
      return (
        refKey(ref) === refKey(finding.ref) ||
        others.every(({ object }) => foundWith(ref, object).has(findingKey(finding)))
      )
    })
  const unsure = new Set(grave(findings).filter((each) => !isSure(each)))
  return findings.map((each) => (unsure.has(each) ? { ...each, severity: 'warning' } : each))
}
