import { Empty } from '@orbweaver/ui/empty'
import { Page, Section } from '@orbweaver/ui/page'
import { Segmented } from 'antd'
import { AppLink } from '../../app/link.tsx'
import { useParam, useSearchOf } from '../../app/location.ts'
import { LoadCharts } from '../../app/metrics/load-charts.tsx'
import { Sources } from '../../app/metrics/sources.tsx'
import { useMetricText } from '../../app/metrics/text.ts'
import { TopServices } from '../../app/metrics/top-services.tsx'
import { type Load, useLoad } from '../../app/metrics/use-load.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { QueryView } from '../../app/query-view.tsx'
import { Truths } from '../../app/truths.tsx'
import { paths } from '../../paths.ts'
import './metrics-page.css'
import { type MetricsMinutes, ranges, readMetrics, usualMinutes } from './search.ts'
import { useText } from './text.ts'

/** What the sidecars of a mesh use and pass on, and which services stand out, over a time of one's choice. */
export function MetricsPage() {
  const t = useText()
  const mesh = useParam('mesh')
  usePageTitle(t('title'))
  return <Metrics key={mesh} mesh={mesh} />
}

function Metrics(props: { mesh: string }) {
  const t = useText()
  const { mesh } = props
  const [{ minutes }, setSearch] = useSearchOf(readMetrics)
  const query = useLoad(mesh, minutes)
  const choose = (next: MetricsMinutes) => setSearch({ minutes: next === usualMinutes ? undefined : next })
  return (
    <Page title={t('title')} notice={<Truths truths={query.data?.clusters} />}>
      <div className="metrics-bar">
        <Segmented<MetricsMinutes>
          aria-label={t('range')}
          value={minutes}
          options={ranges.map((value) => ({ value, label: t(`ranges.${value}`) }))}
          onChange={choose}
        />
        <output className="ow-muted">{query.isPlaceholderData && t('reading')}</output>
      </div>
      <QueryView query={query} lines={10}>
        {(load) => <Shown mesh={mesh} load={load} busy={query.isPlaceholderData} />}
      </QueryView>
    </Page>
  )
}

function Shown(props: { mesh: string; load: Load; busy: boolean }) {
  const t = useText()
  const words = useMetricText()
  const { mesh, load } = props
  if (load.sources.every(({ state }) => state === 'none')) {
    const links = load.sources.map(({ cluster }) => (
      <AppLink key={cluster} to={paths.clusterEdit(cluster)}>
        {t('none.action', { cluster })}
      </AppLink>
    ))
    return <Empty title={t('none.title')} hint={t('none.hint')} action={<div className="metrics-ways">{links}</div>} />
  }
  return (
    <div aria-busy={props.busy}>
      <Sources load={load} />
      <Section title={words('charts')}>
        <LoadCharts load={load} />
      </Section>
      <Section title={words('top.title')}>
        <TopServices mesh={mesh} load={load} />
      </Section>
    </div>
  )
}
