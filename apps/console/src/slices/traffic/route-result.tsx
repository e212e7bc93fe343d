import type { RouteAnswer, RouteExplanation, RouteOutcome, RoutePolicy } from '@orbweaver/contracts/explain'
import { isRecord, type Json } from '@orbweaver/contracts/json'
import type { Params } from '@orbweaver/contracts/message'
import { KeyValue } from '@orbweaver/ui/key-value'
import { type Health, Status } from '@orbweaver/ui/status'
import { useMessage } from '../../text/messages.ts'
import { Destinations } from './destinations.tsx'
import { PlaceLink } from './place-link.tsx'
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
      <KeyValue
        columns={1}
        facts={[
          {
            label: t('decidedBy'),
            value: decidedBy === null ? t('byDefault') : <PlaceLink mesh={props.mesh} of={decidedBy} />,
          },
        ]}
      />
      <Parts outcome={outcome} />
      {policies.length > 0 && <Policies mesh={props.mesh} policies={policies} />}
      <h3>{t('why')}</h3>
      <Trail mesh={props.mesh} of="route.step" steps={trail} />
    </div>
  )
}

const healths: Record<RouteOutcome['kind'], Health> = {
  routed: 'healthy',
  redirect: 'healthy',
  direct: 'healthy',
  passthrough: 'attention',
  blackhole: 'broken',
  'no-route': 'broken',
  fault: 'attention',
  unknown: 'unknown',
}

function Outcome(props: { outcome: RouteOutcome }) {
  const say = useMessage()
  const { outcome } = props
  return (
    <Status
      health={healthOf(outcome)}
      word={say({ code: `route.outcome.${outcome.kind}`, params: paramsOf(outcome) })}
    />
  )
}

/** What is sent where nothing answers is no success. */
function healthOf(outcome: RouteOutcome): Health {
  if (outcome.kind !== 'routed') return healths[outcome.kind]
  const failing = outcome.destinations.filter(({ fails }) => fails !== undefined)
  if (failing.length === 0) return 'healthy'
  return failing.length === outcome.destinations.length ? 'broken' : 'attention'
}

function paramsOf(outcome: RouteOutcome): Params {
  if (outcome.kind === 'redirect') return { location: outcome.location, status: outcome.status }
  return outcome.kind === 'direct' ? { status: outcome.status } : {}
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

/** In the words of the rule, one field a line. */
function Value(props: { of: Json }) {
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

function Policies(props: { mesh: string; policies: RoutePolicy[] }) {
  const t = useText()
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
                {t(`policyNames.${name}`)}
                {cluster !== undefined && <code className="ow-soft">{cluster}</code>}
              </td>
              <td>
                <Value of={value} />
              </td>
              <td>{by === null ? t('byDefault') : <PlaceLink mesh={props.mesh} of={by} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
