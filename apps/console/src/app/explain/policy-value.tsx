import { isRecord, type Json } from '@orbweaver/contracts/json'

/** In the words of the rule, one field a line. */
export function PolicyValue(props: { of: Json }) {
  const { of } = props
  if (!isRecord(of)) return <code>{plain(of)}</code>
  return (
    <ul>
      {Object.entries(of).map(([key, value]) => (
        <li key={key}>
          <code>{`${key}: ${plain(value)}`}</code>
        </li>
      ))}
    </ul>
  )
}

function plain(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
