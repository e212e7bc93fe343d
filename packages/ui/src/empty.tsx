import type { ReactNode } from 'react'
import './states.css'

/** Nothing here yet: what would be here, and the one action that brings it. */
export function Empty(props: { title: string; hint?: ReactNode; action?: ReactNode }) {
  return (
    <div className="ow-state">
      <svg viewBox="0 0 64 40" className="ow-state-art" aria-hidden="true" focusable="false">
        <circle cx="12" cy="28" r="5" />
        <circle cx="32" cy="10" r="5" />
        <circle cx="52" cy="28" r="5" />
        <path d="M15.5 24.5 28.5 13.5M35.5 13.5 48.5 24.5M17 28h30" />
      </svg>
      <p className="ow-state-title">{props.title}</p>
      {props.hint !== undefined && <p className="ow-state-hint">{props.hint}</p>}
      {props.action !== undefined && <div className="ow-state-action">{props.action}</div>}
    </div>
  )
}
