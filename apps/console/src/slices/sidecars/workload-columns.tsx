import type { InjectedWorkload } from '@orbweaver/contracts/sidecars'
import type { Column } from '@orbweaver/ui/data-table'
import { Status } from '@orbweaver/ui/status'
import { Tag } from '@orbweaver/ui/tag'
import { AppLink } from '../../app/link.tsx'
import { paths } from '../../paths.ts'
import { Share, Why } from './cells.tsx'
import { workloadHealth } from './policy.ts'
import { useText } from './text.ts'
import { WorkloadMenu } from './workload-actions.tsx'

export function useWorkloadColumns(mesh: string): Column<InjectedWorkload>[] {
  const t = useText()
  return [
    {
      key: 'workload',
      title: t('workload'),
      sort: 'name',
      always: true,
      render: ({ ref }) => (
        <span className="ow-row">
          <strong className="ow-name">{ref.name}</strong>
          <span className="ow-muted">{ref.kind}</span>
        </span>
      ),
    },
    {
      key: 'namespace',
      title: t('namespace'),
      render: ({ ref }) => (
        <AppLink to={paths.sidecars(mesh, { search: ref.namespace ?? '', cluster: ref.cluster })}>
          {ref.namespace}
        </AppLink>
      ),
    },
    {
      key: 'cluster',
      title: t('cluster'),
      render: ({ ref }) => <AppLink to={paths.cluster(ref.cluster)}>{ref.cluster}</AppLink>,
    },
    {
      key: 'policy',
      title: t('ownPolicy'),
      render: ({ policy }) => <Status health={workloadHealth[policy]} word={t(`policy.${policy}`)} />,
    },
    ...countColumns(t),
    { key: 'why', title: t('why'), render: ({ why }) => <Why why={why} /> },
    { key: 'proxies', title: t('proxies'), render: ({ proxyVersions }) => <Versions of={proxyVersions} /> },
    { key: 'revisions', title: t('revisions'), render: ({ revisions }) => <Versions of={revisions} /> },
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
      width: 110,
      render: ({ pods: { injected, total } }) => (
        <Share part={injected} whole={total} sentence={t('injectedHint', { injected, total })} />
      ),
    },
    {
      key: 'ready',
      title: t('ready'),
      numeric: true,
      width: 80,
      render: ({ pods: { ready, total } }) => (
        <Share part={ready} whole={total} sentence={t('readyHint', { ready, total })} short={ready < total} />
      ),
    },
    {
      key: 'pending',
      title: t('pending'),
      sort: 'pendingRestart',
      numeric: true,
      width: 140,
      render: ({ pods: { pendingRestart: count } }) => (
        <span className={count === 0 ? 'ow-muted' : 'ow-short'} title={t('pendingHint', { count })}>
          {count}
        </span>
      ),
    },
  ]
}

/** More than one means that Pods of the workload differ: each is shown. */
function Versions(props: { of: string[] }) {
  if (props.of.length === 0) return <span className="ow-muted">–</span>
  return (
    <span className="ow-versions">
      {props.of.map((each) => (
        <Tag key={each} tone={props.of.length > 1 ? 'attention' : 'plain'}>
          {each}
        </Tag>
      ))}
    </span>
  )
}
