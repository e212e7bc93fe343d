import type { Finding } from '@orbweaver/contracts/plan'
import { inFlight } from '../changes/in-flight.ts'
import type { ViewerDoor } from '../kube/doors.ts'

/** How a name reads that the viewer may not know. */
const hiddenName = '⟨hidden⟩'

/** Findings about objects the viewer may see; what they say of objects that are hidden is masked, names in params too. */
export async function visibleFindings(viewer: ViewerDoor, findings: readonly Finding[]): Promise<Finding[]> {
  const shown = await inFlight(findings, 10, (each) => visible(viewer, each))
  return shown.filter((each) => each !== undefined)
}

async function visible(viewer: ViewerDoor, finding: Finding): Promise<Finding | undefined> {
  if (!(await viewer.sees(finding.ref))) return undefined
  const seen = await inFlight(finding.evidence, 10, (ref) => viewer.sees(ref))
  const hidden = finding.evidence.filter((_, index) => seen[index] !== true)
  if (hidden.length === 0) return finding
  const secret = hidden.flatMap((ref) => [ref.name, ...(ref.namespace === undefined ? [] : [ref.namespace])])
  const own = new Set([finding.ref.name, finding.ref.namespace])
  const masked = secret.filter((text) => !own.has(text))
  const params = Object.fromEntries(
    Object.entries(finding.params).map(([key, value]) => [
      key,
      typeof value === 'string' && masked.some((text) => value.includes(text)) ? hiddenName : value,
    ]),
  )
  return { ...finding, params, evidence: finding.evidence.filter((_, index) => seen[index] === true) }
}
