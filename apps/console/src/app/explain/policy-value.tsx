import { isRecord, type Json, type JsonRecord } from '@orbweaver/contracts/json'
import type { RoutePolicy } from '@orbweaver/contracts/explain'
import { useMessage } from '../../text/messages.ts'
import { Breaking } from './breaking.tsx'
import { useExplainText } from './text.ts'

/** In the words of the rule, one field a line. A timeout of `0s` is none (Istio's HTTPRoute.timeout: disabled). */
export function PolicyValue(props: { name: RoutePolicy['name']; of: Json }) {
  const t = useExplainText()
  const { name, of } = props
  if (name === 'timeout' && of === '0s') return <>{t('noTimeout')}</>
  if (!isRecord(of)) return <code>{plain(of)}</code>
  return name === 'tls' ? <Tls of={of} /> : <Fields of={of} />
}

function Fields(props: { of: JsonRecord }) {
  return (
    <ul>
      {Object.entries(props.of).map(([key, value]) => (
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

/** Fields of a rule, or what was found without one, which is said in the reader's language. */
function Tls(props: { of: JsonRecord }) {
  const say = useMessage()
  const { auto, hbone, plaintext, why, ...fields } = props.of
  const counts = Object.entries({ hbone, plaintext }).flatMap(([key, count]) =>
    typeof count === 'number' ? [say({ code: `route.tls.${key}`, params: { count } })] : [],
  )
  const reason = typeof why === 'string' ? [say({ code: `route.tls.why.${why}`, params: {} })] : []
  const found = auto === true && reason.length === 0 ? [say({ code: 'route.tls.auto', params: {} })] : reason
  return (
    <>
      <Fields of={fields} />
      {[...found, ...counts].map((each) => (
        <div key={each}>{each}</div>
      ))}
    </>
  )
}

function plain(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
