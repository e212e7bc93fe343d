import type { ReactNode } from 'react'
import './key-value.css'

export type Fact = {
  label: string
  value: ReactNode
  /** Takes the whole line: what is long and must not be broken, as an address. */
  wide?: boolean
}

/** Facts about one thing, label above value. A fact without a value says so by a dash: absence is information. */
export function KeyValue(props: { facts: Fact[]; columns?: 1 | 2 | 3 }) {
  return (
    <dl className="ow-facts" data-columns={props.columns ?? 2}>
      {props.facts.map((fact) => (
        <div key={fact.label} data-wide={fact.wide}>
          <dt>{fact.label}</dt>
          <dd>{fact.value === undefined || fact.value === '' ? <span className="ow-muted">–</span> : fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
