import type { Message } from '@orbweaver/contracts/message'
import { StatusShape } from '@orbweaver/ui/status'
import { MissingRights } from './missing-rights.tsx'

/** On the page of something that somebody may not do: what they lack, and what they can do all the same. */
export function NotPermitted(props: { title: string; hint?: string; reasons: readonly Message[] }) {
  return (
    <section className="ow-not-permitted" aria-label={props.title}>
      <strong>
        <StatusShape health="attention" /> {props.title}
      </strong>
      {props.hint !== undefined && <p>{props.hint}</p>}
      <MissingRights reasons={props.reasons} />
    </section>
  )
}
