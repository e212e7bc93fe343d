import type { MeshDetail } from '@orbweaver/contracts/meshes'
import type { ClusterTruth } from '@orbweaver/contracts/envelope'
import { Columns, Page, Section } from '@orbweaver/ui/page'
import { Skeleton } from '@orbweaver/ui/skeleton'
import { Status } from '@orbweaver/ui/status'
import { Tag } from '@orbweaver/ui/tag'
import { TimeAgo } from '@orbweaver/ui/time-ago'
import { lazy, Suspense, useState } from 'react'
import { codeOf } from '../../api/failure.ts'
import { useParam } from '../../app/location.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { QueryView } from '../../app/query-view.tsx'
import { Truths } from '../../app/truths.tsx'
import { CertificatesShort } from './certificates/short.tsx'
import { ExportDialog } from './export-dialog.tsx'
import { phaseHealth } from './health.ts'
import { MeshGone } from './mesh-gone.tsx'
import './meshes.css'
import { JoinDrawer } from './members/join-drawer.tsx'
import { Unserved } from './members/sync.tsx'
import { FindingsShort } from './overview/findings-short.tsx'
import { FleetPicture } from './overview/fleet-picture.tsx'
import { Istiods } from './overview/istiods.tsx'
import { MeshFacts } from './overview/mesh-facts.tsx'
import { Components, Leftovers, MeshAttention, Revisions } from './overview/parts.tsx'
import { Running } from './overview/running.tsx'
import { Stages } from './overview/stages.tsx'
import { useMeshActions } from './overview/use-actions.ts'
import { RemoveDialog } from './removal/remove-dialog.tsx'
import { useRemovalText } from './removal/text.ts'
import { useText } from './text.ts'
import { useMesh } from './use-mesh.ts'
import { plainVersion } from './version.ts'

const Drift = lazy(async () => ({ default: (await import('./overview/drift.tsx')).Drift }))
const LoadShort = lazy(async () => ({ default: (await import('./overview/load-short.tsx')).LoadShort }))
const SupportDialog = lazy(async () => ({ default: (await import('./support/support-dialog.tsx')).SupportDialog }))

/** One mesh, in any state it may be in: how far it is, of what it consists, and what can be done about it. */
export function MeshOverviewPage() {
  const name = useParam('mesh')
  usePageTitle(name)
  const query = useMesh(name)
  if (codeOf(query.error) === 'meshes.not_found') return <MeshGone mesh={name} />
  if (query.data === undefined) {
    return (
      <Page title={name}>
        <QueryView query={query}>{() => null}</QueryView>
      </Page>
    )
  }
  return <Overview detail={query.data} truths={query.data.clusters} />
}

function Overview(props: { detail: MeshDetail; truths: ClusterTruth[] }) {
  const t = useText()
  const removalText = useRemovalText()
  const { detail } = props
  const { mesh } = detail
  const [asking, setAsking] = useState<'join' | 'export' | 'support' | 'remove' | undefined>()
  const { primary, menu } = useMeshActions(mesh, {
    join: () => setAsking('join'),
    takeAway: () => setAsking('export'),
    support: () => setAsking('support'),
    remove: () => setAsking('remove'),
  })
  const close = () => setAsking(undefined)
  return (
    <Page
      title={mesh.displayName ?? mesh.name}
      state={<Status health={phaseHealth[mesh.phase]} word={t(`phase.${mesh.phase}`)} since={mesh.since} />}
      facts={[
        mesh.displayName !== undefined && <code key="name">{mesh.name}</code>,
        <Tag key="kind">{t(`kind.${mesh.kind}`)}</Tag>,
        mesh.protected === true && <Tag key="protected">{removalText('isProtected')}</Tag>,
        mesh.version !== undefined && `Istio ${plainVersion(mesh.version)}`,
        mesh.controlPlaneCluster,
        t('clustersFact', mesh.clusters),
        <span key="age">
          {t('createdAgo')} <TimeAgo at={mesh.createdAt} />
        </span>,
      ]}
      primary={primary}
      menu={menu}
      notice={<Truths truths={props.truths} />}
    >
      <Columns main={<State detail={detail} />} side={<Side detail={detail} />} label={t('overview.facts')} />
      <Suspense fallback={<Skeleton lines={3} />}>
        <LoadShort key={mesh.name} mesh={mesh.name} />
      </Suspense>
      <Columns
        label={t('overview.runs')}
        main={<Inside detail={detail} />}
        side={
          <>
            <CertificatesShort mesh={mesh.name} />
            <Running running={detail.running} cluster={mesh.controlPlaneCluster} />
          </>
        }
      />
      <JoinDrawer mesh={mesh} spec={detail.spec} members={detail.members} open={asking === 'join'} onClose={close} />
      {asking === 'export' && <ExportDialog mesh={mesh.name} onClose={close} />}
      <Suspense fallback={null}>{asking === 'support' && <SupportDialog mesh={mesh.name} onClose={close} />}</Suspense>
      {asking === 'remove' && <RemoveDialog mesh={mesh} onClose={close} />}
    </Page>
  )
}

/** How it is, where it is, and what is wrong in it. */
function State(props: { detail: MeshDetail }) {
  const t = useText()
  const { detail } = props
  const { mesh, stages, generation, observedGeneration } = detail
  const behind = observedGeneration < generation && mesh.phase === 'ready'
  return (
    <>
      {behind && <Status health="working" word={t('overview.generation')} />}
      <MeshAttention mesh={mesh.name} notes={detail.attention} />
      <Unserved mesh={mesh.name} members={detail.members} />
      <Stages mesh={mesh} stages={stages} />
      <Section title={t('overview.clusters')}>
        <FleetPicture members={detail.members} />
      </Section>
      <FindingsShort mesh={mesh.name} />
    </>
  )
}

/** What it consists of. */
function Inside(props: { detail: MeshDetail }) {
  const { detail } = props
  const { mesh } = detail
  return (
    <>
      <Components components={detail.components} />
      <Istiods mesh={mesh.name} />
      <Revisions mesh={mesh} revisions={detail.revisions} stays={detail.defaultStays} />
      <Suspense fallback={<Skeleton lines={3} />}>
        {detail.drift.length > 0 && <Drift mesh={mesh.name} drift={detail.drift} />}
      </Suspense>
      <Leftovers leftovers={detail.leftovers} />
    </>
  )
}

function Side(props: { detail: MeshDetail }) {
  const t = useText()
  return (
    <Section title={t('overview.facts')}>
      <MeshFacts detail={props.detail} />
    </Section>
  )
}
