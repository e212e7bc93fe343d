import type { KnownFinding } from '@orbweaver/contracts/findings'
import { findingKey } from '@orbweaver/contracts/plan'
import { type Column, DataTable } from '@orbweaver/ui/data-table'
import { Empty } from '@orbweaver/ui/empty'
import { Status } from '@orbweaver/ui/status'
import { Tag } from '@orbweaver/ui/tag'
import { type ReactNode, useState } from 'react'
import { useFailureOf } from '../../../api/failure.ts'
import { severityHealth } from '../../../app/found-cell.tsx'
import type { SearchChange } from '../../../app/location.ts'
import { tablePlace, tableQuery } from '../../../app/table-search.ts'
import { unreadIn } from '../../../app/truths.tsx'
import { useFindingText } from '../../../app/wording.tsx'
import { FindingDetail } from './detail.tsx'
import { ObjectLink } from './object-link.tsx'
import { Opener } from './opener.tsx'
import { type FindingSearch, isNarrowed, noFilters } from './search.ts'
import { useFoundText } from './text.ts'
import type { FindingsQueryResult } from './use-findings.ts'

export type FindingTableProps = {
  mesh: string
  search: FindingSearch
  list: FindingsQueryResult
  filters: ReactNode
  onChange: (change: SearchChange<FindingSearch>) => void
}

/** Each finding with its object; a row opens to all that is known of it. */
export function FindingTable(props: FindingTableProps) {
  const t = useFoundText()
  const word = useFindingText()
  const { mesh, search, list, onChange } = props
  const [open, setOpen] = useState<string>()
  const toggle = (key: string) => setOpen(key === open ? undefined : key)
  return (
    <DataTable
      id="objects.findings"
      label={t('title')}
      columns={useFindingColumns({ mesh, open, onToggle: toggle })}
      rows={list.data?.items}
      total={list.data?.total ?? 0}
      rowKey={keyOf}
      rowName={(finding) => word(finding).title}
      renderDetail={(finding) =>
        keyOf(finding) === open ? <FindingDetail mesh={mesh} finding={finding} /> : undefined
      }
      query={tableQuery(search)}
      onQuery={(query) => onChange(tablePlace(query))}
      loading={list.isFetching}
      failure={useFailureOf(list.error)}
      onRetry={() => void list.refetch()}
      searchHint={t('search')}
      filters={props.filters}
      unread={unreadIn(list.data?.clusters)}
      filtered={isNarrowed(search)}
      onClearFilters={() => onChange(noFilters)}
      empty={<Empty title={t('none')} hint={t('noneHint')} />}
    />
  )
}

/** One object may have the same fault in the same place by several others. */
function keyOf(finding: KnownFinding): string {
  return `${findingKey(finding)} ${JSON.stringify(finding.params)}`
}

type Opening = { mesh: string; open: string | undefined; onToggle: (key: string) => void }

function useFindingColumns({ mesh, open, onToggle }: Opening): Column<KnownFinding>[] {
  const t = useFoundText()
  const word = useFindingText()
  return [
    {
      key: 'severity',
      title: t('bySeverity'),
      sort: 'severity',
      always: true,
      width: 132,
      render: (finding) => (
        <span className="ow-row">
          <Opener open={keyOf(finding) === open} name={word(finding).title} onToggle={() => onToggle(keyOf(finding))} />
          <Status health={severityHealth[finding.severity]} word={t(`severity.${finding.severity}`)} />
        </span>
      ),
    },
    {
      key: 'found',
      title: t('found'),
      always: true,
      width: '40%',
      render: (finding) => (
        <span className="ow-row">
          <button
            type="button"
            className="ow-link ow-found-title"
            title={word(finding).title}
            onClick={() => onToggle(keyOf(finding))}
          >
            {word(finding).title}
          </button>
          {finding.mute !== undefined && <Tag>{t('muted')}</Tag>}
        </span>
      ),
    },
    {
      key: 'object',
      title: t('object'),
      sort: 'name',
      width: '32%',
      render: ({ ref }) => <ObjectLink mesh={mesh} of={ref} hideCluster />,
    },
    {
      key: 'cluster',
      title: t('cluster'),
      sort: 'cluster',
      width: '12%',
      render: ({ ref }) => <span title={ref.cluster}>{ref.cluster}</span>,
    },
    {
      key: 'code',
      title: t('code'),
      sort: 'code',
      width: '16%',
      render: ({ code, aliases }) => <code title={[code, ...aliases].join(' · ')}>{code}</code>,
    },
  ]
}
