import { StatusShape } from '@orbweaver/ui/status'
import type { ReactNode } from 'react'
import '../objects.css'

/** One line above the editor about the edit as a whole, with what can be done about it. */
export function Note(props: { children: ReactNode; actions?: ReactNode; attention?: boolean }) {
  return (
    <output className="ow-note" data-tone={props.attention === true ? 'attention' : 'plain'}>
      <StatusShape health={props.attention === true ? 'attention' : 'unknown'} />
      <span>{props.children}</span>
      {props.actions}
    </output>
  )
}
