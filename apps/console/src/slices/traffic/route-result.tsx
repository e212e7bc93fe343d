import type { RouteAnswer, RouteExplanation, RouteOutcome, RoutePolicy } from '@orbweaver/contracts/explain'
import { KeyValue } from '@orbweaver/ui/key-value'
import { useMessage } from '../../text/messages.ts'
import { Destinations } from './destinations.tsx'
import { Breaking } from '../../app/explain/breaking.tsx'
import { Outcome } from '../../app/explain/outcome.tsx'
import { PolicyValue } from '../../app/explain/policy-value.tsx'
import { useExplainText } from '../../app/explain/text.ts'
import { PlaceLink } from '../../app/explain/place-link.tsx'
import { useText } from './text.ts'
import { Trail } from './trail.tsx'

/** The answer in one line, where it goes, what is done to it on the way, and why. */
export function RouteResult(props: { mesh: string; explanation: RouteExplanation }) {
  const t = useText()
  const { outcome, decidedBy, policies, trail } = props.explanation
  return (
    <div className="ow-answer">
      <h2>
        <Outcome outcome={outcome} />
      </h2>
      {(decidedBy !== null || outcome.kind !== 'unknown') && (
        <KeyValue
          columns={1}
          facts={[
            {
              label: t('decidedBy'),
              value: decidedBy === null ? t('byDefault') : <PlaceLink mesh={props.mesh} of={decidedBy} />,
            },
          ]}
        />
      )}
      <Parts outcome={outcome} />
      {policies.length > 0 && <Policies mesh={props.mesh} policies={policies} />}
      <h3>{t('why')}</h3>
      <Trail mesh={props.mesh} of="route.step" steps={trail} />
    </div>
  )
}

function Parts(props: { outcome: RouteOutcome }) {
  const t = useText()
  const { outcome } = props
  if (outcome.kind !== 'fault') return <Going answer={outcome} />
  const { abort, delay, otherwise } = outcome
  return (
    <>
      <ul>
        {delay !== undefined && <li>{t('faultDelay', delay)}</li>}
        {abort !== undefined && (
          <li>{t('faultAbort', { percentage: abort.percentage, status: abort.status ?? abort.grpcStatus ?? '' })}</li>
        )}
      </ul>
      <h3>{t('otherwise')}</h3>
      <p>
        <Outcome outcome={otherwise} />
      </p>
      <Going answer={otherwise} />
    </>
  )
}

function Going(props: { answer: RouteAnswer }) {
  const { answer } = props
  const say = useMessage()
  if (answer.kind === 'routed') return <Destinations destinations={answer.destinations} />
  if (answer.kind === 'direct' && answer.body !== undefined) return <pre className="ow-code">{answer.body}</pre>
  if (answer.kind !== 'unknown') return null
  return <p>{say({ ...answer.reason, code: `route.step.${answer.reason.code}` })}</p>
}

function Policies(props: { mesh: string; policies: RoutePolicy[] }) {
  const t = useText()
  const tExplain = useExplainText()
  // Where all is about one destination its name says nothing.
  const several = new Set(props.policies.flatMap((each) => each.cluster ?? [])).size > 1
  return (
    <>
      <h3>{t('policies')}</h3>
      <table className="ow-plain-table">
        <thead>
          <tr>
            <th>{t('policy')}</th>
            <th>{t('value')}</th>
            <th>{t('setBy')}</th>
          </tr>
        </thead>
        <tbody>
          {props.policies.map(({ name, value, by, cluster }) => (
            <tr key={`${name} ${cluster ?? ''}`}>
              <td>
                <span className="ow-policy-name">{tExplain(`policyNames.${name}`)}</span>
                {several && cluster !== undefined && (
                  <code className="ow-soft">
                    <Breaking text={cluster} />
                  </code>
                )}
              </td>
              <td>
                <PolicyValue name={name} of={value} />
              </td>
              <td>
                {by === null ? (
                  <span className="ow-whole">{t('byDefault')}</span>
                ) : (
                  <PlaceLink mesh={props.mesh} of={by} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
