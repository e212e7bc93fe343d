import { Section } from '@orbweaver/ui/page'
import { AppLink } from '../../../app/link.tsx'
import { LoadCharts } from '../../../app/metrics/load-charts.tsx'
import { Sources } from '../../../app/metrics/sources.tsx'
import { TopServices } from '../../../app/metrics/top-services.tsx'
import { type Load, useLoad } from '../../../app/metrics/use-load.ts'
import { QueryView } from '../../../app/query-view.tsx'
import { paths } from '../../../paths.ts'
import './load-short.css'
import { useOverviewText } from './text.ts'

const lastHour = 60

/** The load of a mesh over the last hour, and the services that stand out; the page of metrics has any other time. */
export function LoadShort(props: { mesh: string }) {
  const t = useOverviewText()
  const { mesh } = props
  const query = useLoad(mesh, lastHour)
  return (
    <Section title={t('load.title')} aside={<AppLink to={paths.metrics(mesh)}>{t('load.open')}</AppLink>}>
      <QueryView query={query} lines={3}>
        {(load) => <Shown mesh={mesh} load={load} />}
      </QueryView>
    </Section>
  )
}

function Shown(props: { mesh: string; load: Load }) {
  const t = useOverviewText()
  const { mesh, load } = props
  const told = load.sources.filter(({ state }) => state === 'answered' || state === 'partial')
  // Who is silent now may have said something a moment ago.
  const known = told.length > 0 || load.cpu.length + load.memory.length + load.bytes.length > 0
  if (load.sources.every(({ state }) => state === 'none')) return <p className="ow-soft">{t('load.none')}</p>
  return (
    <div className="mesh-load">
      {(told.length < load.sources.length || load.hidden) && <Sources load={load} />}
      {known && (
        <>
          <LoadCharts load={load} size="short" />
          <TopServices mesh={mesh} load={load} />
        </>
      )}
    </div>
  )
}
