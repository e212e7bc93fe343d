import type { Intent } from '@orbweaver/contracts/intent'
import type { Plan } from '@orbweaver/contracts/plan'
import { Failure } from '@orbweaver/ui/failure'
import { Section } from '@orbweaver/ui/page'
import { Skeleton } from '@orbweaver/ui/skeleton'
import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { api } from '../../../api/api.ts'
import { codeOf, useFailureOf } from '../../../api/failure.ts'
import { Reasons } from '../../../app/plan/plan-notes.tsx'
import { useParam } from '../../../app/location.ts'
import { PlanView } from '../../../app/plan/plan-view.tsx'
import '../../../app/plan/plan.css'
import { useText } from '../text.ts'
import { reasonsOf } from './reasons.ts'

export type Check = {
  run: (intent: Intent, text: string) => void
  pending: boolean
  plan: Plan | undefined
  error: Error | null
  /** The text that was checked: what is said holds for no other. */
  text: string | undefined
}

/** Asks what a write would do and what istiod says to it, by the plan that applying would show; nothing is written. */
export function useCheck(): Check {
  const plan = useMutation(api.history.plan.mutationOptions())
  const [text, setText] = useState<string>()
  return {
    run: (intent, checked) => {
      setText(checked)
      plan.mutate({ intent })
    },
    pending: plan.isPending,
    plan: plan.data,
    error: plan.error,
    text,
  }
}

export function CheckSection(props: { check: Check; text: string; held: string | undefined; onRun: () => void }) {
  const t = useText()
  const { check, held } = props
  const stale = check.text !== undefined && check.text !== props.text
  return (
    <Section
      title={t('check.title')}
      aside={
        <Button size="small" loading={check.pending} disabled={held !== undefined} title={held} onClick={props.onRun}>
          {t('check.run')}
        </Button>
      }
    >
      {check.text === undefined && <p className="ow-soft">{t('check.hint')}</p>}
      {stale && !check.pending && <p className="ow-note">{t('check.stale')}</p>}
      <CheckResult check={check} />
    </Section>
  )
}

function CheckResult(props: { check: Check }) {
  const t = useText()
  const { check } = props
  const mesh = useParam('mesh')
  const failure = useFailureOf(check.error)
  const reasons = reasonsOf(check)
  if (check.pending) return <Skeleton lines={3} />
  return (
    <div className="ow-plan" aria-live="polite">
      {failure !== undefined && codeOf(check.error) !== 'plan.invalid' && <Failure failure={failure} />}
      {reasons.length > 0 && <Reasons title={t('check.blocked')} reasons={reasons} tone="blocked" />}
      {check.plan !== undefined && <PlanView plan={check.plan} compact mesh={mesh} />}
    </div>
  )
}
