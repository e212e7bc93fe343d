import type { ReactNode } from 'react'
import { useExplainText } from '../../app/explain/text.ts'

/** What a plan makes of an answer: the difference, the answer with the plan, and the one as it is now on demand. */
export function Beside(props: { difference: ReactNode; after: ReactNode; before: ReactNode }) {
  const t = useExplainText()
  return (
    <>
      {props.difference}
      <h2 className="ow-beside">{t('planned')}</h2>
      {props.after}
      <details className="ow-beside">
        <summary>{t('now')}</summary>
        {props.before}
      </details>
    </>
  )
}
