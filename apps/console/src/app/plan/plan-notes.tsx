import type { Message } from '@orbweaver/contracts/message'
import { useMessage } from '../../text/messages.ts'

export function Reasons(props: { title: string; reasons: Message[]; blocked?: boolean }) {
  const say = useMessage()
  return (
    <div className={props.blocked === true ? 'ow-plan-note ow-plan-blocked' : 'ow-plan-note'} role="alert">
      <strong>{props.title}</strong>
      <ul>
        {props.reasons.map((reason) => (
          <li key={JSON.stringify(reason)}>{say(reason)}</li>
        ))}
      </ul>
    </div>
  )
}
