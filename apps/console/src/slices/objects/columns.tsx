import type { RuleRow } from '@orbweaver/contracts/objects'
import type { Column } from '@orbweaver/ui/data-table'
import { Icon } from '@orbweaver/ui/icon'
import { MenuButton } from '@orbweaver/ui/menu-button'
import { Tag } from '@orbweaver/ui/tag'
import { TimeAgo } from '@orbweaver/ui/time-ago'
import { explainPlaces } from '../../app/explain/places.ts'
import { useExplainEntries } from '../../app/explain/use-places.ts'
import { FoundCell } from '../../app/found-cell.tsx'
import { AppLink } from '../../app/link.tsx'
import { useGo } from '../../app/location.ts'
import { paths } from '../../paths.ts'
import './objects.css'
import { useText } from './text.ts'
import { useDeleteRule } from './use-delete-rule.ts'

export function useRuleColumns(mesh: string): Column<RuleRow>[] {
  const t = useText()
  return [
    {
      key: 'name',
      title: t('name'),
      sort: 'name',
      always: true,
      width: '26%',
      render: ({ ref, managedBy }) => (
        <span className="ow-row">
          <AppLink to={paths.object(mesh, ref)} title={ref.name}>
            {ref.name}
          </AppLink>
          {managedBy !== undefined && (
            <span title={t('managedByHint', managedBy)}>
              <Tag tone="attention">{managedBy.tool}</Tag>
            </span>
          )}
        </span>
      ),
    },
    { key: 'kind', title: t('kind'), sort: 'kind', render: ({ ref }) => ref.kind },
    {
      key: 'namespace',
      title: t('namespace'),
      sort: 'namespace',
      width: '17%',
      render: ({ ref }) => <span title={ref.namespace}>{ref.namespace}</span>,
    },
    {
      key: 'summary',
      title: t('summary'),
      width: '26%',
      render: ({ summary }) =>
        summary === '' ? <span className="ow-muted">{t('noSummary')}</span> : <code title={summary}>{summary}</code>,
    },
    {
      key: 'findings',
      title: t('findings'),
      sort: 'findings',
      render: ({ ref, findings, worst }) => (
        <FoundCell found={{ count: findings, ...(worst !== undefined && { worst }) }} to={paths.object(mesh, ref)} />
      ),
    },
    {
      key: 'cluster',
      title: t('cluster'),
      optional: true,
      render: ({ ref }) => <AppLink to={paths.cluster(ref.cluster)}>{ref.cluster}</AppLink>,
    },
    {
      key: 'createdAt',
      title: t('created'),
      sort: 'createdAt',
      render: ({ createdAt }) => <TimeAgo at={createdAt} />,
    },
    {
      key: 'actions',
      title: t('actionsTitle'),
      width: 64,
      always: true,
      render: (row) => <RuleMenu mesh={mesh} row={row} />,
    },
  ]
}

function RuleMenu(props: { mesh: string; row: RuleRow }) {
  const t = useText()
  const go = useGo()
  const { mesh, row } = props
  const remove = useDeleteRule(mesh)
  const explained = useExplainEntries()
  return (
    <MenuButton
      label={t('actions', { name: row.ref.name })}
      trigger={<Icon name="more" />}
      entries={[
        { key: 'edit', label: t('edit'), onSelect: () => go(paths.object(mesh, row.ref)) },
        ...explained(explainPlaces(mesh, [row.ref], row.subject)),
        { key: 'delete', label: t('delete'), danger: true, onSelect: () => remove(row) },
      ]}
    />
  )
}
