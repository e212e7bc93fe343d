import { Columns, Page, PrimaryButton, Section } from '@orbweaver/ui/page'
import { Status } from '@orbweaver/ui/status'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { api } from '../../api/api.ts'
import { AppLink } from '../../app/link.tsx'
import { useSearchOf } from '../../app/location.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { usePlan } from '../../app/plan/use-plan.ts'
import { QueryView } from '../../app/query-view.tsx'
import { Truths } from '../../app/truths.tsx'
import { paths } from '../../paths.ts'
import { useMessage } from '../../text/messages.ts'
import { phaseHealth } from './health.ts'
import './meshes.css'
import { readStart } from './search.ts'
import { type Concern, concerns } from './start/attention.ts'
import { LearningPath } from './start/learning-path.tsx'
import { useText } from './text.ts'
import './start/start.css'

/** The first page: what can be done, in which order, and what needs somebody's eye. */
export function StartPage() {
  const t = useText()
  usePageTitle(t('start.title'))
  const [search, setSearch] = useSearchOf(readStart)
  const path = useQuery(api.meshes.path.queryOptions())
  const prepared = path.data?.hub.prepared === true
  const fleet = useFleet(prepared)
  return (
    <Page title={t('start.title')} facts={useFacts(fleet.counts)} notice={<Truths truths={path.data?.clusters} />}>
      <QueryView query={path} lines={8}>
        {({ steps, hub }) => (
          <>
            {!hub.prepared && <Unprepared missing={hub.missing} />}
            {hub.prepared && fleet.noClusters && <FirstCluster />}
            <Columns
              main={
                <LearningPath
                  steps={steps}
                  meshes={fleet.meshes}
                  mesh={search.mesh}
                  onMesh={(mesh) => setSearch({ mesh })}
                />
              }
              side={hub.prepared && <Attention of={fleet} />}
            />
          </>
        )}
      </QueryView>
    </Page>
  )
}

/** What there is, as far as the hub can be asked: a hub without the types refuses every list. */
function useFleet(prepared: boolean) {
  const input = { size: 100 }
  const lists = {
    meshes: useQuery(api.meshes.list.queryOptions({ input, enabled: prepared })),
    clusters: useQuery(api.clusters.list.queryOptions({ input, enabled: prepared })),
  }
  const meshes = lists.meshes.data
  const clusters = lists.clusters.data
  const items = meshes?.items ?? []
  return {
    counts:
      meshes !== undefined && clusters !== undefined ? { meshes: meshes.total, clusters: clusters.total } : undefined,
    noClusters: clusters?.total === 0,
    meshes: items,
    concerns: concerns(items, clusters?.clusters ?? []),
    lists,
  }
}

function useFacts(counts: { meshes: number; clusters: number } | undefined): ReactNode[] {
  const t = useText()
  const input = { phase: 'running' as const, size: 1 }
  const running = useQuery(api.history.list.queryOptions({ input, enabled: counts !== undefined }))
  if (counts === undefined) return [t('start.lead')]
  return [
    <AppLink key="clusters" to={paths.clusters()}>
      {t('start.clusters', { count: counts.clusters })}
    </AppLink>,
    <AppLink key="meshes" to={paths.meshes()}>
      {t('start.meshes', { count: counts.meshes })}
    </AppLink>,
    <AppLink key="running" to={paths.history({ phase: 'running' })}>
      {t('start.running', { count: running.data?.total ?? 0 })}
    </AppLink>,
  ]
}

function Unprepared(props: { missing: string[] }) {
  const t = useText()
  const plan = usePlan()
  return (
    <section className="ow-card start-notice" aria-label={t('start.unprepared')}>
      <Status health="attention" word={t('start.unprepared')} />
      <p className="ow-soft">{t('start.unpreparedHint', { missing: props.missing })}</p>
      <PrimaryButton
        action={{ label: t('start.prepare'), onSelect: () => plan.open({ type: 'clusters.prepare-hub' }) }}
      />
    </section>
  )
}

function FirstCluster() {
  const t = useText()
  return (
    <section className="ow-card start-notice" aria-label={t('start.registerFirst')}>
      <p>{t('start.registerFirst')}</p>
      <AppLink to={paths.clusterRegister()}>{t('start.register')}</AppLink>
    </section>
  )
}

const nothing = () => null

function Attention(props: { of: ReturnType<typeof useFleet> }) {
  const t = useText()
  const { concerns: found, lists, counts } = props.of
  return (
    <Section title={t('start.attention')}>
      {found.length === 0 && counts !== undefined && <Status health="healthy" word={t('start.calm')} />}
      {lists.meshes.data === undefined && <QueryView query={lists.meshes}>{nothing}</QueryView>}
      {lists.clusters.data === undefined && <QueryView query={lists.clusters}>{nothing}</QueryView>}
      <ul className="start-attention">
        {found.map((concern) => (
          <li key={`${concern.about}/${concern.name}`}>
            <ConcernLine of={concern} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function ConcernLine(props: { of: Concern }) {
  const t = useText()
  const say = useMessage()
  const concern = props.of
  const link = <AppLink to={concern.to}>{concern.name}</AppLink>
  if (concern.about === 'restart') {
    return (
      <>
        {link}
        <Status health="attention" word={t('pendingRestart', { count: concern.pods })} />
      </>
    )
  }
  if (concern.about === 'cluster') {
    const reason = concern.reason === undefined ? undefined : say({ code: concern.reason, params: {} })
    return (
      <>
        {link}
        <Status
          health={concern.state === 'unreachable' || concern.state === 'unauthorized' ? 'broken' : 'attention'}
          word={t('start.clusterState')}
          reason={reason}
          since={concern.since}
        />
      </>
    )
  }
  const reason = concern.reason === undefined ? undefined : say(concern.reason)
  return (
    <>
      {link}
      <Status
        health={phaseHealth[concern.phase]}
        word={t(`phase.${concern.phase}`)}
        reason={reason}
        since={concern.since}
      />
    </>
  )
}
