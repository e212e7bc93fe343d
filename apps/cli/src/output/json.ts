import type { Placed } from '../lint.ts'
import { detailOf, type Language, titleOf } from '../sentences.ts'

/** For programs: an array, one entry a finding; without a file where the object came from a cluster. */
export function asJson(found: readonly Placed[], language: Language): string {
  return JSON.stringify(
    found.map(({ finding, position }) => ({
      code: finding.code,
      severity: finding.severity,
      aliases: finding.aliases,
      object: finding.ref,
      path: finding.pointer,
      line: position?.line,
      column: position?.column,
      file: position?.file,
      message: messageOf(finding, language),
      evidence: finding.evidence,
      fixes: finding.fixes,
    })),
    undefined,
    2,
  )
}

export function messageOf(finding: Placed['finding'], language: Language): string {
  const separator = language === 'zh' ? '。' : '. '
  return [titleOf(finding, language), detailOf(finding, language)].filter((each) => each !== '').join(separator)
}
