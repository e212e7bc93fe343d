import type { MeshSummary } from '@orbweaver/contracts/meshes'
import type { Column } from '@orbweaver/ui/data-table'
import { Status } from '@orbweaver/ui/status'
import { Tag } from '@orbweaver/ui/tag'
import { TimeAgo } from '@orbweaver/ui/time-ago'
import { AppLink } from '../../app/link.tsx'
import { paths } from '../../paths.ts'
import { useMessage } from '../../text/messages.ts'
import { phaseHealth } from './health.ts'
import { useText } from './text.ts'
import { plainVersion } from './version.ts'

export function useMeshColumns(): Column<MeshSummary>[] {
  const t = useText()
  return [
    {
      key: 'name',
      title: t('column.name'),
      sort: 'name',
      always: true,
      width: '20%',
      render: (mesh) => <MeshName of={mesh} />,
    },
    { key: 'kind', title: t('column.kind'), sort: 'kind', render: ({ kind }) => <Tag>{t(`kind.${kind}`)}</Tag> },
    { key: 'phase', title: t('column.phase'), width: '34%', render: (mesh) => <MeshStatus of={mesh} /> },
    {
      key: 'version',
      title: t('column.version'),
      sort: 'version',
      render: (mesh) => <MeshVersion of={mesh} />,
    },
    {
      key: 'controlPlane',
      title: t('column.controlPlane'),
      width: '15%',
      render: ({ controlPlaneCluster }) => (
        <AppLink to={paths.cluster(controlPlaneCluster)} title={controlPlaneCluster}>
          {controlPlaneCluster}
        </AppLink>
      ),
    },
    { key: 'clusters', title: t('column.clusters'), numeric: true, render: (mesh) => <ClusterCount of={mesh} /> },
    { key: 'pods', title: t('column.pods'), numeric: true, render: (mesh) => <PodCount of={mesh} /> },
    {
      key: 'proxies',
      title: t('column.proxies'),
      optional: true,
      render: ({ proxies }) => <ProxyVersions of={proxies} />,
    },
    {
      key: 'created',
      optional: true,
      title: t('column.created'),
      sort: 'createdAt',
      render: ({ createdAt }) => <TimeAgo at={createdAt} />,
    },
  ]
}

export function MeshName(props: { of: Pick<MeshSummary, 'name' | 'displayName'> }) {
  const { name, displayName } = props.of
  return (
    <span className="ow-row">
      <AppLink to={paths.mesh(name)} title={name}>
        {name}
      </AppLink>
      {displayName !== undefined && displayName !== name && (
        <span className="ow-muted" title={displayName}>
          {displayName}
        </span>
      )}
    </span>
  )
}

/** The phase with why and since when, where there is a why. */
export function MeshStatus(props: { of: Pick<MeshSummary, 'phase' | 'reason' | 'since'> }) {
  const t = useText()
  const say = useMessage()
  const { phase, reason, since } = props.of
  return (
    <Status
      health={phaseHealth[phase]}
      word={t(`phase.${phase}`)}
      reason={reason === undefined ? undefined : say(reason)}
      since={since}
    />
  )
}

/** The version, whether it is at its end, and where it can go next. */
export function MeshVersion(props: { of: Pick<MeshSummary, 'version' | 'upgrade' | 'endOfLife' | 'name'> }) {
  const t = useText()
  const { name, version, upgrade, endOfLife } = props.of
  return (
    <span className="ow-row">
      <span className="ow-number">{plainVersion(version ?? '–')}</span>
      {endOfLife !== undefined && (
        <span title={t('endOfLife', { day: endOfLife })}>
          <Tag tone="attention">{t('endOfLifeShort')}</Tag>
        </span>
      )}
      {upgrade !== undefined && (
        <AppLink
          to={paths.meshSettings(name)}
          label={t('upgradeTo', { version: plainVersion(upgrade) })}
          title={t('upgradeTo', { version: plainVersion(upgrade) })}
        >
          ↑ {plainVersion(upgrade)}
        </AppLink>
      )}
    </span>
  )
}

/** One version, or from the oldest to the newest. */
export function ProxyVersions(props: { of: MeshSummary['proxies'] }) {
  const { of } = props
  if (of === undefined) return <span className="ow-muted">–</span>
  return <span className="ow-number">{of.oldest === of.newest ? of.newest : `${of.oldest} – ${of.newest}`}</span>
}

export function ClusterCount(props: { of: Pick<MeshSummary, 'name' | 'clusters'>; words?: boolean }) {
  const t = useText()
  const { name, clusters } = props.of
  const { healthy, total } = clusters
  return (
    <AppLink to={paths.meshClusters(name)} className="ow-number" label={t('clustersHealthy', { healthy, total })}>
      {props.words === true ? t('clustersHealthy', { healthy, total }) : `${healthy}/${total}`}
    </AppLink>
  )
}

export function PodCount(props: { of: Pick<MeshSummary, 'name' | 'pods'>; words?: boolean }) {
  const t = useText()
  const { name, pods } = props.of
  const { injected, total } = pods
  if (total === 0) return <Unseen words={props.words === true} />
  return (
    <AppLink to={paths.sidecars(name)} className="ow-number" label={t('podsInjected', { injected, total })}>
      {props.words === true ? t('podsInjected', { injected, total }) : `${injected}/${total}`}
    </AppLink>
  )
}

/** None at all, or none for these eyes: the server does not tell which. */
export function Unseen(props: { words?: boolean }) {
  const t = useText()
  return (
    <span className="ow-muted" title={t('podsUnseenHint')}>
      {props.words === true ? t('podsUnseen') : '–'}
    </span>
  )
}
