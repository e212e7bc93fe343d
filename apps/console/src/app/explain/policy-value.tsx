import { isRecord, type Json } from '@orbweaver/contracts/json'
import { Fragment } from 'react'

/** In the words of the rule, one field a line. */
export function PolicyValue(props: { of: Json }) {
  const { of } = props
  if (!isRecord(of)) return <code>{plain(of)}</code>
  return (
    <ul>
      {Object.entries(of).map(([key, value]) => (
        <li key={key}>
          <code>
            {`${key}: `}
            <Breaking text={plain(value)} />
          </code>
        </li>
      ))}
    </ul>
  )
}

/** A list without spaces goes on after a comma, not inside a word. */
function Breaking(props: { text: string }) {
  return props.text.split(/(?<=,)/).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ))
}

function plain(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
