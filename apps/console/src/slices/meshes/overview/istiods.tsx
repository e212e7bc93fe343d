import type {
  ControlPlaneNumbers,
  IstiodNumbers,
  IstiodReplica,
  Quantile,
  Use,
} from '@orbweaver/contracts/control-plane-numbers'
import { bytesText } from '@orbweaver/istio/quantity'
import { type Fact, KeyValue } from '@orbweaver/ui/key-value'
import { Section } from '@orbweaver/ui/page'
import { Status } from '@orbweaver/ui/status'
import { Tag } from '@orbweaver/ui/tag'
import { TimeAgo } from '@orbweaver/ui/time-ago'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../api/api.ts'
import { useMessage } from '../../../text/messages.ts'
import { useListed } from '../../../text/use-language.ts'
import { useOverviewText } from './text.ts'

/** What the istiods of a mesh count: how they get on with proxies and rules, and what they use. Asked while somebody looks. */
export function Istiods(props: { mesh: string }) {
  const words = useOverviewText()
  const say = useMessage()
  const { data } = useQuery(
    api.meshes.controlPlane.queryOptions({
      input: { name: props.mesh },
      refetchInterval: 30_000,
      refetchOnWindowFocus: 'always',
    }),
  )
  if (data === undefined) return null
  const { why, all, asOf, replicas } = data
  const aside = asOf !== undefined && (
    <span className="ow-muted">
      {words('istiods.asOf')} <TimeAgo at={asOf} />
    </span>
  )
  return (
    <Section title={words('istiods.title')} aside={aside}>
      {why !== undefined && <p className="ow-muted">{say(why)}</p>}
      {all !== undefined && <Together numbers={all} />}
      <Replicas replicas={replicas} />
    </Section>
  )
}

function Together(props: { numbers: IstiodNumbers }) {
  const words = useOverviewText()
  const { numbers } = props
  const { since, services, pushes, troubles, conflicts } = numbers
  const calm = troubles.length + conflicts.length === 0
  const facts: Fact[] = [
    { label: words('istiods.proxies'), value: <Proxies of={numbers} /> },
    { label: words('istiods.pushTime'), value: <PushTime of={numbers} /> },
    { label: words('istiods.pushes'), value: <span className="ow-number">{pushes}</span> },
    { label: words('istiods.services'), value: services },
    {
      label: words('istiods.since'),
      value: (
        <>
          {since.start && words('istiods.sinceStart')} <TimeAgo at={since.at} />
        </>
      ),
    },
  ]
  return (
    <>
      <KeyValue columns={3} facts={facts} />
      {calm ? <p className="ow-soft">{words('istiods.noTroubles')}</p> : <Troubles of={numbers} />}
    </>
  )
}

/** What it refused, could not do, or found at odds. */
function Troubles(props: { of: IstiodNumbers }) {
  const words = useOverviewText()
  const { since, troubles, conflicts } = props.of
  return (
    <ul className="mesh-lines">
      {troubles.map(({ key, count, total }) => (
        <li key={key}>
          <Status
            health={count > 0 ? 'attention' : 'unknown'}
            word={words(`istiods.trouble.${key}`, { count })}
            reason={since.start ? undefined : words('istiods.total', { count: total })}
          />
        </li>
      ))}
      {conflicts.map(({ key, count }) => (
        <li key={key}>
          <Status health="attention" word={words(`istiods.conflict.${key}`, { count })} />
        </li>
      ))}
    </ul>
  )
}

function Proxies(props: { of: IstiodNumbers }) {
  const listed = useListed()
  const { proxies } = props.of
  const total = proxies.reduce((sum, { count }) => sum + count, 0)
  const versions = proxies.map(({ version, count }) => (proxies.length > 1 ? `${version} × ${count}` : version))
  return (
    <span className="ow-number">
      {total} {total > 0 && <span className="ow-muted">{listed(versions)}</span>}
    </span>
  )
}

function PushTime(props: { of: IstiodNumbers }) {
  const words = useOverviewText()
  const { convergence } = props.of
  if (convergence === undefined) return <span className="ow-muted">{words('istiods.nothingPushed')}</span>
  const time = ({ seconds, over }: Quantile) => {
    const text =
      seconds < 1
        ? words('istiods.ms', { value: Math.round(seconds * 1_000) })
        : words('istiods.s', { value: Math.round(seconds * 10) / 10 })
    return over ? words('istiods.over', { time: text }) : text
  }
  return (
    <span className="ow-number">
      {time(convergence.p50)} · {time(convergence.p99)}
    </span>
  )
}

function Replicas(props: { replicas: ControlPlaneNumbers['replicas'] }) {
  const words = useOverviewText()
  const say = useMessage()
  return (
    <ul className="mesh-lines" aria-label={words('istiods.replica')}>
      {props.replicas.map((replica) => (
        <li key={replica.ref.name}>
          <span className="mesh-line-name">
            <code>{replica.ref.name}</code> <Tag>{replica.revision}</Tag>
          </span>
          <span className="ow-spring" />
          {replica.why === undefined ? <Used by={replica} /> : <span className="ow-muted">{say(replica.why)}</span>}
        </li>
      ))}
    </ul>
  )
}

function Used(props: { by: IstiodReplica }) {
  const words = useOverviewText()
  const { cpu, memory, goroutines, numbers } = props.by
  const cores = (count: number) => String(Math.round(count * 1_000) / 1_000)
  return (
    <span className="ow-row">
      {numbers !== undefined && (
        <span>
          {words('istiods.proxies')} <Proxies of={numbers} />
        </span>
      )}
      <Amount label={words('istiods.memory')} use={memory} text={bytesText} />
      <Amount label={words('istiods.cpu')} use={cpu} text={cores} />
      {goroutines !== undefined && (
        <span>
          {words('istiods.goroutines')} <span className="ow-number">{goroutines}</span>
        </span>
      )}
    </span>
  )
}

/** Share of a limit from which little is left. */
const near = 0.9

/** Used, of what it may use at most, beside what it asked for. */
function Amount(props: { label: string; use: Use; text: (amount: number) => string }) {
  const words = useOverviewText()
  const { label, use, text } = props
  const { used, request, limit } = use
  const shown = used === undefined ? '–' : text(used)
  return (
    <span>
      {label}{' '}
      <span className="ow-number">
        {limit === undefined
          ? words('istiods.noLimit', { used: shown })
          : words('istiods.used', { used: shown, limit: text(limit) })}
      </span>
      {request !== undefined && (
        <span className="ow-muted"> ({words('istiods.asked', { request: text(request) })})</span>
      )}
      {used !== undefined && limit !== undefined && used >= limit * near && (
        <>
          {' '}
          <Status health="attention" word={words('istiods.nearLimit')} />
        </>
      )}
    </span>
  )
}
