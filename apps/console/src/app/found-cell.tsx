import type { Found } from '@orbweaver/contracts/findings'
import type { Severity } from '@orbweaver/contracts/plan'
import { type Health, Status } from '@orbweaver/ui/status'
import { AppLink } from './link.tsx'
import { usePlanText } from './plan/text.ts'
import './found-cell.css'

/** How bad a finding looks. What Istio refuses cannot be there; what it accepts may still break. */
export const severityHealth: Record<Severity, Health> = {
  rejected: 'broken',
  error: 'broken',
  warning: 'attention',
  info: 'unknown',
}

/** What is wrong with a row's object: the worst and how much, and the way to read it. */
export function FoundCell(props: { found: Found; to: string; short?: boolean }) {
  const t = usePlanText()
  const { worst, count } = props.found
  if (worst === undefined) return <span className="ow-muted">{t('found.none')}</span>
  const [word, much] = [t(`severity.${worst}`), t('found.count', { count })]
  if (props.short === true) {
    return (
      <AppLink to={props.to} className="ow-plain-link" label={`${word}: ${much}`} title={`${word}: ${much}`}>
        <Status health={severityHealth[worst]} word={String(count)} />
      </AppLink>
    )
  }
  return (
    <AppLink to={props.to} className="ow-plain-link">
      <Status health={severityHealth[worst]} word={word} reason={much} />
    </AppLink>
  )
}
