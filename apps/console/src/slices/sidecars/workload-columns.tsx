import type { InjectedWorkload } from '@orbweaver/contracts/sidecars'
import type { Column } from '@orbweaver/ui/data-table'
import { Status } from '@orbweaver/ui/status'
import { Tag } from '@orbweaver/ui/tag'
import { FoundCell } from '../../app/found-cell.tsx'
import { paths } from '../../paths.ts'
import { Name, Share, Why } from './cells.tsx'
import { workloadHealth } from './policy.ts'
import { useText } from './text.ts'
import { WorkloadMenu } from './workload-actions.tsx'

export function useWorkloadColumns(mesh: string, several: boolean): Column<InjectedWorkload>[] {
  const t = useText()
  const cluster: Column<InjectedWorkload> = {
    key: 'cluster',
    title: t('cluster'),
    width: '21%',
    render: ({ ref }) => <Name to={paths.cluster(ref.cluster)} name={ref.cluster} />,
  }
  return [
    {
      key: 'workload',
      title: t('workload'),
      sort: 'name',
      always: true,
      width: '25%',
      render: ({ ref }) => (
        <span className="ow-row">
          <strong title={ref.name}>{ref.name}</strong>
          {ref.kind !== 'Deployment' && <span className="ow-muted">{ref.kind}</span>}
        </span>
      ),
    },
    {
      key: 'namespace',
      title: t('namespace'),
      width: '14%',
      render: ({ ref }) => (
        <Name
          to={paths.sidecars(mesh, { search: ref.namespace ?? '', cluster: ref.cluster })}
          name={ref.namespace ?? ''}
        />
      ),
    },
    ...(several ? [cluster] : []),
    {
      key: 'policy',
      title: t('ownPolicy'),
      render: ({ policy }) => <Status health={workloadHealth[policy]} word={t(`policy.${policy}`)} />,
    },
    ...countColumns(t),
    {
      key: 'findings',
      title: t('findings'),
      sort: 'findings',
      width: 84,
      render: ({ ref: { cluster: of, kind, namespace, name }, findings }) => (
        <FoundCell
          short
          found={findings}
          to={paths.findings(mesh, { kinds: kind, cluster: of, name, ...(namespace !== undefined && { namespace }) })}
        />
      ),
    },
    { key: 'why', title: t('why'), width: '15%', render: ({ why }) => <Why why={why} /> },
    { key: 'proxies', title: t('proxies'), render: (row) => <Proxies row={row} /> },
    {
      key: 'restartable',
      title: t('restartable'),
      optional: true,
      render: ({ restartable }) =>
        restartable ? t('canRestart') : <span className="ow-soft">{t('cannotRestart')}</span>,
    },
    {
      key: 'actions',
      title: t('actionsTitle'),
      width: 64,
      always: true,
      render: (row) => <WorkloadMenu mesh={mesh} row={row} />,
    },
  ]
}

function countColumns(t: ReturnType<typeof useText>): Column<InjectedWorkload>[] {
  return [
    {
      key: 'injected',
      title: t('injected'),
      numeric: true,
      width: 64,
      render: ({ pods: { injected, total } }) => (
        <Share part={injected} whole={total} sentence={t('injectedHint', { injected, total })} />
      ),
    },
    {
      key: 'ready',
      title: t('ready'),
      numeric: true,
      width: 60,
      render: ({ pods: { ready, total } }) => (
        <Share part={ready} whole={total} sentence={t('readyHint', { ready, total })} short={ready < total} />
      ),
    },
    {
      key: 'pending',
      title: t('pending'),
      sort: 'pendingRestart',
      numeric: true,
      width: 64,
      render: ({ pods: { pendingRestart: count } }) => (
        <span className={count === 0 ? 'ow-muted' : 'ow-short'} title={t('pendingHint', { count })}>
          {count}
        </span>
      ),
    },
  ]
}

/** What its sidecars are. More than one version or revision means that its Pods differ. */
function Proxies(props: { row: InjectedWorkload }) {
  const { proxyVersions, revisions } = props.row
  if (proxyVersions.length + revisions.length === 0) return <span className="ow-muted">–</span>
  const differ = proxyVersions.length > 1 || revisions.length > 1
  return (
    <span className="ow-row" title={revisions.join(', ')}>
      {proxyVersions.map((version) => (
        <Tag key={version} tone={differ ? 'attention' : 'plain'}>
          {version}
        </Tag>
      ))}
      <span className="ow-muted ow-side-revision">{revisions.join(', ')}</span>
    </span>
  )
}
