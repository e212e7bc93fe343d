import type { KubernetesObject, ObjectRef } from '@orbweaver/contracts/kubernetes'
import { refKey } from '@orbweaver/contracts/kubernetes'
import type { Finding, Plan, PlanItem, Severity } from '@orbweaver/contracts/plan'
import { sameJson } from '@orbweaver/contracts/json'
import { valueAt } from '@orbweaver/istio/diff/touched'
import type { Remark } from '@orbweaver/ui/yaml-editor'

const severities: Record<Severity, Remark['severity']> = {
  rejected: 'error',
  error: 'error',
  warning: 'warning',
  info: 'info',
}

type Word = (finding: Finding) => { title: string; detail: string }

export function findingRemarks(findings: readonly Finding[], word: Word): Remark[] {
  return findings.map((finding) => ({
    pointer: finding.pointer,
    severity: severities[finding.severity],
    message: `${word(finding).title}\n${word(finding).detail}`,
  }))
}

/** Findings of the object as it is in the cluster that still speak of this text: what they point at is untouched. */
export function stillMeant(findings: readonly Finding[], base: KubernetesObject, mine: KubernetesObject): Finding[] {
  return findings.filter(({ pointer }) => {
    const [before, after] = [valueAt(base, pointer), valueAt(mine, pointer)]
    return before === undefined || after === undefined ? before === after : sameJson(before, after)
  })
}

/** What a plan says about the object it was made for: findings of the object, and its API server's words. */
export function planRemarks(plan: Plan, ref: ObjectRef, word: Word): Remark[] {
  const { introduced, remaining } = plan.findings
  const own = [...introduced, ...remaining].filter((finding) => refKey(finding.ref) === refKey(ref))
  const items = plan.items.filter((item) => refKey(item.ref) === refKey(ref))
  return [...findingRemarks(own, word), ...items.flatMap(serverRemarks)]
}

function serverRemarks({ dryRun }: PlanItem): Remark[] {
  if (dryRun.state === 'accepted') {
    return dryRun.warnings.map((message) => ({ pointer: '', message, severity: 'warning' }))
  }
  if (dryRun.state !== 'refused') return []
  const { field, message } = dryRun
  return [{ pointer: field === undefined ? '' : pointerOfField(field), message, severity: 'error' }]
}

/** `spec.http[0].route[1].weight`, as API servers name fields (apimachinery field.Path), as a JSON pointer. */
export function pointerOfField(field: string): string {
  const steps = [...field.matchAll(/([^.[\]]+)|\[([^\]]*)\]/g)].map(([, name, key]) => name ?? key ?? '')
  return steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
