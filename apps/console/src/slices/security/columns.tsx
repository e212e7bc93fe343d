import { refKey } from '@orbweaver/contracts/kubernetes'
import type { TlsSecret } from '@orbweaver/contracts/security'
import type { Column } from '@orbweaver/ui/data-table'
import { Icon } from '@orbweaver/ui/icon'
import { MenuButton } from '@orbweaver/ui/menu-button'
import { Status } from '@orbweaver/ui/status'
import { Tag } from '@orbweaver/ui/tag'
import { TimeAgo } from '@orbweaver/ui/time-ago'
import { AppLink } from '../../app/link.tsx'
import { paths } from '../../paths.ts'
import { RuleLink } from './rule-link.tsx'
import { placeText, type SecretPlace } from './search.ts'
import { stateHealth } from './states.ts'
import { useText } from './text.ts'
import { useDeleteSecret } from './use-delete-secret.ts'

export type RowActions = { mesh: string; onOpen: (place: SecretPlace) => void; onApply: (row: TlsSecret) => void }

function placeOf({ ref }: TlsSecret): SecretPlace {
  return { cluster: ref.cluster, namespace: ref.namespace ?? '', name: ref.name }
}

export function useSecretColumns(actions: RowActions): Column<TlsSecret>[] {
  const t = useText()
  const { mesh } = actions
  return [
    {
      key: 'name',
      title: t('name'),
      sort: 'name',
      always: true,
      width: '20%',
      render: (row) => <NameCell row={row} mesh={mesh} />,
    },
    {
      key: 'state',
      title: t('state'),
      sort: 'state',
      render: ({ state }) => <Status health={stateHealth[state]} word={t(`states.${state}`)} />,
    },
    { key: 'endsAt', title: t('expires'), sort: 'endsAt', render: ({ endsAt }) => <TimeAgo at={endsAt} /> },
    {
      key: 'names',
      title: t('names'),
      width: '13%',
      render: ({ certificate }) => {
        const names = certificate?.names.join(', ') ?? ''
        return names === '' ? <span className="ow-muted">–</span> : <code title={names}>{names}</code>
      },
    },
    { key: 'usedBy', title: t('usedBy'), width: '26%', render: (row) => <UsedBy row={row} mesh={mesh} /> },
    {
      key: 'namespace',
      title: t('namespace'),
      sort: 'namespace',
      width: '12%',
      render: ({ ref }) => <span title={ref.namespace}>{ref.namespace}</span>,
    },
    {
      key: 'cluster',
      title: t('cluster'),
      sort: 'cluster',
      render: ({ ref }) => <AppLink to={paths.cluster(ref.cluster)}>{ref.cluster}</AppLink>,
    },
    {
      key: 'createdAt',
      title: t('created'),
      sort: 'createdAt',
      optional: true,
      render: ({ createdAt }) => <TimeAgo at={createdAt} />,
    },
    {
      key: 'actions',
      title: t('actionsTitle'),
      width: 64,
      always: true,
      render: (row) => <SecretMenu row={row} {...actions} />,
    },
  ]
}

function NameCell(props: { row: TlsSecret; mesh: string }) {
  const t = useText()
  const { ref, managedBy, state } = props.row
  if (state === 'missing') return <span title={ref.name}>{ref.name}</span>
  return (
    <span className="ow-row">
      <AppLink to={paths.tlsSecrets(props.mesh, { secret: placeText(placeOf(props.row)) })} title={ref.name}>
        {ref.name}
      </AppLink>
      {managedBy !== undefined && (
        <span title={t('managedBy', managedBy)}>
          <Tag tone="attention">{managedBy.tool}</Tag>
        </span>
      )}
    </span>
  )
}

function UsedBy(props: { row: TlsSecret; mesh: string }) {
  const t = useText()
  const { usedBy, usedHidden } = props.row
  const rules = [...new Map(usedBy.map(({ by }) => [refKey(by), by])).values()]
  const [first] = rules
  if (first === undefined) return <span className="ow-muted">{t(usedHidden ? 'hiddenRules' : 'nobody')}</span>
  return (
    <span className="ow-row">
      <RuleLink mesh={props.mesh} of={first} />
      {rules.length > 1 && <span className="ow-muted">{t('more', { count: rules.length - 1 })}</span>}
    </span>
  )
}

function SecretMenu(props: { row: TlsSecret } & RowActions) {
  const t = useText()
  const { row, mesh, onApply, onOpen } = props
  const remove = useDeleteSecret(mesh)
  const entries =
    row.state === 'missing'
      ? [{ key: 'create', label: t('createMissing'), onSelect: () => onApply(row) }]
      : [
          { key: 'open', label: t('open'), onSelect: () => onOpen(placeOf(row)) },
          { key: 'replace', label: t('replace'), onSelect: () => onApply(row) },
          {
            key: 'delete',
            label: t('delete'),
            danger: true,
            disabled: row.usedBy.length > 0 || row.usedHidden ? t('inUse') : undefined,
            onSelect: () => remove(row),
          },
        ]
  return <MenuButton label={t('actions', { name: row.ref.name })} trigger={<Icon name="more" />} entries={entries} />
}
