import type { Ranked } from '@orbweaver/contracts/metrics'
import { type Unit, useMeasured } from '@orbweaver/ui/chart/use-measured'
import { RankedBars } from '@orbweaver/ui/ranked-bars'
import { AppLink } from '../link.tsx'
import { paths } from '../../paths.ts'
import { useMetricText } from './text.ts'
import type { Load } from './use-load.ts'
import { whyEmpty } from './why-empty.ts'

type Measure = keyof Load['top']

const measures: Record<Measure, { unit: Unit; of: (ranked: Ranked) => number | undefined }> = {
  requests: { unit: 'perMinute', of: ({ requests }) => requests * 60 },
  errors: { unit: 'share', of: ({ errors }) => errors },
  latency: { unit: 'milliseconds', of: ({ latency }) => latency },
}
/** What it means that requests were counted and none of them is listed. */
const quietOf = { requests: 'requests', errors: 'failures', latency: 'durations' } as const
const order: Measure[] = ['requests', 'errors', 'latency']

/** Services by what stands out of their requests; each line says the other two measures too. */
export function TopServices(props: { mesh: string; load: Load }) {
  return (
    <div className="ow-charts">
      {order.map((by) => (
        <Top key={by} by={by} {...props} />
      ))}
    </div>
  )
}

function Top(props: { by: Measure; mesh: string; load: Load }) {
  const t = useMetricText()
  const measured = useMeasured()
  const { by, mesh, load } = props
  const { unit } = measures[by]
  const say = (measure: Measure, ranked: Ranked): string => {
    const value = measures[measure].of(ranked)
    if (value === undefined) return t('top.noLatency')
    const text = measured(value, measures[measure].unit)
    return measure === 'errors' ? t('top.failed', { share: text }) : text
  }
  const reason = whyEmpty(load.sources)
  const quiet = load.top.requests.length > 0 ? quietOf[by] : 'requests'
  return (
    <RankedBars
      label={t(`top.${by}`)}
      unit={unit}
      items={load.top[by].map((ranked) => ({
        key: ranked.host,
        name: <ServiceName mesh={mesh} of={ranked} />,
        value: measures[by].of(ranked) ?? 0,
        note: order
          .filter((each) => each !== by)
          .map((each) => say(each, ranked))
          .join(' · '),
      }))}
      empty={t(`empty.${reason === 'series' ? quiet : reason}`)}
    />
  )
}

/** A service that the viewer sees somewhere leads to its page there; others are a name. */
function ServiceName(props: { mesh: string; of: Ranked }) {
  const { host, namespace, name, refs } = props.of
  const [ref] = refs
  const words = <code>{namespace === '' ? host : `${namespace}/${name}`}</code>
  if (ref === undefined) return <span title={host}>{words}</span>
  return (
    <AppLink to={paths.object(props.mesh, ref)} title={host}>
      {words}
    </AppLink>
  )
}
