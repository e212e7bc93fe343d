import type { InjectedNamespace } from '@orbweaver/contracts/sidecars'
import type { Column } from '@orbweaver/ui/data-table'
import { Status } from '@orbweaver/ui/status'
import { Tag } from '@orbweaver/ui/tag'
import { FoundCell } from '../../app/found-cell.tsx'
import { AppLink } from '../../app/link.tsx'
import { paths } from '../../paths.ts'
import { HiddenCounts, Name, Sentence, Share, Why } from './cells.tsx'
import { NamespaceMenu } from './namespace-actions.tsx'
import { namespaceHealth } from './policy.ts'
import { useText } from './text.ts'

export function useNamespaceColumns(mesh: string, several: boolean): Column<InjectedNamespace>[] {
  const t = useText()
  const workloads = ({ cluster, namespace }: InjectedNamespace) =>
    paths.sidecars(mesh, { tab: 'workloads', cluster, namespace })
  const cluster: Column<InjectedNamespace> = {
    key: 'cluster',
    title: t('cluster'),
    sort: 'cluster',
    width: '18%',
    render: (row) => <Name to={paths.cluster(row.cluster)} name={row.cluster} />,
  }
  return [
    {
      key: 'namespace',
      title: t('namespace'),
      sort: 'namespace',
      always: true,
      width: '20%',
      render: (row) => (
        <span className="ow-row">
          <Name to={workloads(row)} name={row.namespace} />
          {row.system && <Tag>{t('system')}</Tag>}
        </span>
      ),
    },
    ...(several ? [cluster] : []),
    { key: 'policy', title: t('policyTitle'), sort: 'policy', render: (row) => <PolicyCell row={row} /> },
    {
      key: 'servedBy',
      title: t('servedBy'),
      width: '19%',
      render: ({ servedBy }) =>
        servedBy === undefined ? (
          <span className="ow-muted">{t('servedByNobody')}</span>
        ) : (
          <code title={servedBy}>{servedBy}</code>
        ),
    },
    {
      key: 'injected',
      title: t('injected'),
      sort: 'injected',
      numeric: true,
      width: 84,
      render: ({ pods }) => {
        if (pods === undefined) return <HiddenCounts />
        const { injected, total } = pods
        return <Share part={injected} whole={total} sentence={t('injectedHint', { injected, total })} />
      },
    },
    {
      key: 'pending',
      title: t('pending'),
      sort: 'pendingRestart',
      numeric: true,
      width: 84,
      render: (row) => <Pending row={row} to={workloads(row)} />,
    },
    {
      key: 'findings',
      title: t('findings'),
      sort: 'findings',
      width: 84,
      render: ({ cluster: of, namespace, findings }) => (
        <FoundCell
          short
          found={findings}
          to={paths.findings(mesh, { kinds: 'Namespace', cluster: of, name: namespace })}
        />
      ),
    },
    {
      key: 'why',
      title: t('why'),
      width: '28%',
      render: (row) => (row.policy === 'conflict' ? <Sentence of={t('conflict')} /> : <Why why={row.why} />),
    },
    {
      key: 'actions',
      title: t('actionsTitle'),
      width: 64,
      always: true,
      render: (row) => <NamespaceMenu mesh={mesh} row={row} />,
    },
  ]
}

function PolicyCell(props: { row: InjectedNamespace }) {
  const t = useText()
  const { policy, revision, servedBy } = props.row
  const asks = policy === 'enabled' || policy === 'revision'
  const unserved = asks && servedBy === undefined ? t('unserved') : undefined
  return (
    <span className="ow-row">
      <Status health={namespaceHealth(props.row)} word={t(`policy.${policy}`)} reason={unserved} />
      {revision !== undefined && (
        <span title={t('asksFor', { revision })}>
          <Tag>{revision}</Tag>
        </span>
      )}
    </span>
  )
}

/** Counts are links: to the workloads that wait. */
function Pending(props: { row: InjectedNamespace; to: string }) {
  const t = useText()
  const { pods } = props.row
  if (pods === undefined) return <HiddenCounts />
  const { pendingRestart: count } = pods
  if (count === 0) return <span className="ow-muted">0</span>
  return (
    <AppLink to={props.to} className="ow-short" title={t('pendingHint', { count })}>
      {String(count)}
    </AppLink>
  )
}
