import type { ReactNode } from 'react'
import { useWords } from './kit.tsx'
import './status.css'
import { TimeAgo } from './time-ago.tsx'

export type Health = 'healthy' | 'working' | 'attention' | 'broken' | 'unknown'

/** State as shape, word and colour together, so that none of the three has to be seen. */
export function Status(props: {
  health: Health
  /** The word of the domain (`Ready`, `Joining`); the kit's own word for the health when absent. */
  word?: string | undefined
  /** Why, or what it waits for. */
  reason?: ReactNode
  since?: string | undefined
}) {
  const t = useWords()
  return (
    <span
      className={`ow-status ow-status-${props.health}`}
      title={typeof props.reason === 'string' && props.reason !== '' ? props.reason : undefined}
    >
      <StatusShape health={props.health} />
      <span className="ow-status-word">{props.word ?? t(props.health)}</span>
      {props.since !== undefined && (
        <span className="ow-muted">
          <TimeAgo at={props.since} since />
        </span>
      )}
      {props.reason !== undefined && props.reason !== '' && <span className="ow-status-reason">{props.reason}</span>}
    </span>
  )
}

/** The shape alone, where the word stands beside it anyway. */
export function StatusShape(props: { health: Health }) {
  return (
    <svg className={`ow-shape ow-ink-${props.health}`} viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      {shapes[props.health]}
    </svg>
  )
}

const shapes: Record<Health, ReactNode> = {
  healthy: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  working: (
    <>
      <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 1.5a4.5 4.5 0 0 0 0 9z" fill="currentColor" />
    </>
  ),
  attention: <path d="M6 1.2 11.3 10.6H.7z" fill="currentColor" />,
  broken: <rect x="1.7" y="1.7" width="8.6" height="8.6" fill="currentColor" />,
  unknown: <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.6" />,
}
