import type { Message } from '@orbweaver/contracts/message'
import { useMessage } from '../../text/messages.ts'
import { MissingRights, withoutRights } from '../rights/missing-rights.tsx'

export function Reasons(props: { title: string; reasons: Message[]; tone?: 'blocked' | 'calm' }) {
  const say = useMessage()
  return (
    <div className={props.tone === undefined ? 'ow-plan-note' : `ow-plan-note ow-plan-${props.tone}`} role="alert">
      <strong>{props.title}</strong>
      <ul>
        {withoutRights(props.reasons).map((reason) => (
          <li key={JSON.stringify(reason)}>{say(reason)}</li>
        ))}
      </ul>
      <MissingRights reasons={props.reasons} />
    </div>
  )
}
