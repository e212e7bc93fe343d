import type { Plan } from '@orbweaver/contracts/plan'
import { useExplainText } from '../../explain/text.ts'
import type { PlanDraft } from '../use-plan.ts'
import { InjectionChanges } from './injection-changes.tsx'
import { ReachChanges } from './reach-changes.tsx'
import { Requests } from './requests.tsx'
import { touchedParts } from './touched-parts.ts'

/** What a plan makes of traffic, asked of the simulators: named requests, who may call whom, whose Pods get a sidecar. */
export function Comparison(props: { plan: Plan; draft: PlanDraft; onFollow?: (() => void) | undefined }) {
  const t = useExplainText()
  const { plan, draft, onFollow } = props
  const parts = touchedParts(plan.items)
  if (!parts.requests) return null
  return (
    <section>
      <h3>{t('title')}</h3>
      <Requests draft={draft} onFollow={onFollow} />
      {parts.reach && <ReachChanges draft={draft} onFollow={onFollow} />}
      {parts.injection && <InjectionChanges draft={draft} onFollow={onFollow} />}
    </section>
  )
}
