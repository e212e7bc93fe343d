import type { ReactNode } from 'react'
import './status.css'

/** A short word about a thing (its kind, its role), never its state: states are `Status`. */
export function Tag(props: {
  children: ReactNode
  tone?: 'plain' | 'accent' | 'attention' | 'broken' | 'healthy' | 'working'
}) {
  const tone = props.tone ?? 'plain'
  return <span className={tone === 'plain' ? 'ow-tag' : `ow-tag ow-tag-${tone}`}>{props.children}</span>
}
