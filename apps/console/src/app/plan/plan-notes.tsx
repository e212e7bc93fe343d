import type { Message } from '@orbweaver/contracts/message'
import { useMessage } from '../../text/messages.ts'
import { MissingRights, withoutRights } from '../rights/missing-rights.tsx'

export function Reasons(props: { title: string; reasons: Message[]; tone?: 'blocked' | 'calm' }) {
  const say = useMessage()
  const others = withoutRights(props.reasons)
  return (
    <div className={props.tone === undefined ? 'ow-plan-note' : `ow-plan-note ow-plan-${props.tone}`} role="alert">
      <strong>{props.title}</strong>
      {others.length > 0 && (
        <ul>
          {others.map((reason) => (
            <li key={JSON.stringify(reason)}>{say(reason)}</li>
          ))}
        </ul>
      )}
      <MissingRights reasons={props.reasons} />
    </div>
  )
}
