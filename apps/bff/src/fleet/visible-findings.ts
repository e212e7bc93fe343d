import { hiddenName } from '@orbweaver/contracts/hidden-name'
import { refKey } from '@orbweaver/contracts/kubernetes'
import type { Finding, Fix } from '@orbweaver/contracts/plan'
import type { ViewerDoor } from '../kube/doors.ts'
import { secretNames } from './secret-names.ts'

type Patch = Fix['patches'][number]

/** Findings about objects the viewer may see; what they say of objects that are hidden is masked, names in params too. */
export async function visibleFindings<Found extends Finding>(
  viewer: ViewerDoor,
  findings: readonly Found[],
): Promise<Found[]> {
  const fixed = (finding: Finding) => finding.fixes.flatMap(({ patches }) => patches.map(({ ref }) => ref))
  const seen = await viewer.seesWhich(findings.flatMap((each) => [each.ref, ...each.evidence, ...fixed(each)]))
  return findings.filter(({ ref }) => seen.has(refKey(ref))).map((each) => masked(each, seen))
}

function masked<Found extends Finding>(whole: Found, seen: ReadonlySet<string>): Found {
  const finding = withoutHiddenFixes(whole, seen)
  const hidden = finding.evidence.filter((ref) => !seen.has(refKey(ref)))
  if (hidden.length === 0) return finding
  const isSecret = secretNames(hidden, [finding.ref, ...finding.evidence.filter((ref) => seen.has(refKey(ref)))])
  const params = Object.fromEntries(
    Object.entries(finding.params).map(([key, value]) => [
      key,
      typeof value === 'string' && isSecret(value) ? hiddenName : value,
    ]),
  )
  return {
    ...finding,
    params,
    evidence: finding.evidence.filter((ref) => seen.has(refKey(ref))),
    fixes: finding.fixes.filter((fix) => !isSecret(JSON.stringify(fix))),
  }
}

/** A way out by changing an object that the viewer may not know of is none for them. */
function withoutHiddenFixes<Found extends Finding>(finding: Found, seen: ReadonlySet<string>): Found {
  const isOpen = ({ ref, operations }: Patch) => seen.has(refKey(ref)) || operations.some(({ path }) => path === '')
  const fixes = finding.fixes.filter(({ patches }) => patches.every(isOpen))
  return fixes.length === finding.fixes.length ? finding : { ...finding, fixes }
}
