import { refKey } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import type { ViewerDoor } from '../kube/doors.ts'

/** How a name reads that the viewer may not know. */
const hiddenName = '⟨hidden⟩'

/** Findings about objects the viewer may see; what they say of objects that are hidden is masked, names in params too. */
export async function visibleFindings(viewer: ViewerDoor, findings: readonly Finding[]): Promise<Finding[]> {
  const seen = await viewer.seesWhich(findings.flatMap(({ ref, evidence }) => [ref, ...evidence]))
  return findings.filter(({ ref }) => seen.has(refKey(ref))).map((each) => masked(each, seen))
}

function masked(finding: Finding, seen: ReadonlySet<string>): Finding {
  const hidden = finding.evidence.filter((ref) => !seen.has(refKey(ref)))
  if (hidden.length === 0) return finding
  const own = new Set([finding.ref.name, finding.ref.namespace])
  const secret = hidden.flatMap(({ name, namespace }) => [name, namespace]).filter((each) => each !== undefined)
  const unspeakable = secret.filter((each) => !own.has(each))
  const params = Object.fromEntries(
    Object.entries(finding.params).map(([key, value]) => [
      key,
      typeof value === 'string' && unspeakable.some((each) => value.includes(each)) ? hiddenName : value,
    ]),
  )
  return { ...finding, params, evidence: finding.evidence.filter((ref) => seen.has(refKey(ref))) }
}
