import { isRecord, type Json } from '@orbweaver/contracts/json'
import { Fragment } from 'react'
import type { RoutePolicy } from '@orbweaver/contracts/explain'
import { useExplainText } from './text.ts'

/** In the words of the rule, one field a line. A timeout of `0s` is none (Istio's HTTPRoute.timeout: disabled). */
export function PolicyValue(props: { name: RoutePolicy['name']; of: Json }) {
  const t = useExplainText()
  const { name, of } = props
  if (name === 'timeout' && of === '0s') return <>{t('noTimeout')}</>
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
