import type { ReactNode } from 'react'
import { measured, type Unit } from './chart/measure.ts'
import { useKit, useWords } from './kit.tsx'
import './ranked-bars.css'

export type RankedItem = {
  key: string
  /** What it is; a link where it has a page. */
  name: ReactNode
  value: number
  /** Said under the name, as what else is known of it. */
  note?: ReactNode
}

/** A few things by one number, most first. The bars say nothing that the numbers do not. */
export function RankedBars(props: {
  label: string
  unit: Unit
  items: readonly RankedItem[]
  /** Why there are none. */
  empty: ReactNode
}) {
  const t = useWords()
  const { locale } = useKit()
  const { label, items, unit } = props
  const most = Math.max(0, ...items.map((each) => each.value))
  return (
    <section className="ow-ranked" aria-label={label}>
      <h3>{label}</h3>
      {items.length === 0 && (
        <>
          <p>{t('noData')}</p>
          <p className="ow-soft">{props.empty}</p>
        </>
      )}
      <ol>
        {items.map(({ key, name, value, note }) => (
          <li key={key}>
            <span className="ow-ranked-line">
              <span className="ow-ranked-name">{name}</span>
              <span className="ow-number">{measured(value, unit, locale)}</span>
            </span>
            <span className="ow-ranked-bar" aria-hidden="true">
              <span style={{ width: `${most === 0 ? 0 : (value / most) * 100}%` }} />
            </span>
            {note !== undefined && <span className="ow-ranked-note ow-muted">{note}</span>}
          </li>
        ))}
      </ol>
    </section>
  )
}
