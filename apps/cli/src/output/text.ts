import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import type { Placed } from '../lint.ts'
import { detailOf, fixTextOf, type Language, titleOf } from '../sentences.ts'

/** For people: a finding is some lines, with its place first, as compilers write it. */
export function asText(found: readonly Placed[], language: Language): string {
  if (found.length === 0) return language === 'zh' ? '没有发现问题。' : 'Nothing found.'
  return found.map((each) => told(each, language)).join('\n\n')
}

function told({ finding, position }: Placed, language: Language): string {
  const codes = [finding.code, ...finding.aliases].join(' ')
  const detail = detailOf(finding, language)
  return [
    `${placeOf(position)}${finding.severity} ${subjectOf(finding.ref)}: ${titleOf(finding, language)} [${codes}]`,
    ...(detail === '' ? [] : [`  ${detail}`]),
    ...finding.evidence.map((each) => `  ${language === 'zh' ? '参见' : 'see'} ${subjectOf(each)}`),
    ...finding.fixes.map((each) => `  ${language === 'zh' ? '修复' : 'fix'}: ${fixTextOf(finding, each, language)}`),
  ].join('\n')
}

function placeOf(position: Placed['position']): string {
  return position === undefined ? '' : `${position.file}:${position.line}:${position.column}: `
}

export function subjectOf({ cluster, kind, namespace, name }: ObjectRef): string {
  const where = namespace === undefined ? name : `${namespace}/${name}`
  return cluster === 'default' ? `${kind} ${where}` : `${kind} ${where} (${cluster})`
}
