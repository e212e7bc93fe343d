import type { KnownFinding } from '@orbweaver/contracts/findings'
import { findingKey } from '@orbweaver/contracts/plan'
import type { Column } from '@orbweaver/ui/data-table'
import { Tag } from '@orbweaver/ui/tag'
import { tablePlace, tableQuery } from '../../../app/table-search.ts'
import { useFindingText } from '../../../app/wording.tsx'
import { FindingDetail } from './detail.tsx'
import { ObjectLink } from './object-link.tsx'
import { type FoundListProps, OpeningTable } from './opening-table.tsx'
import { useFoundText } from './text.ts'

/** Each finding with its object; a row opens to all that is known of it. */
export function FindingTable(props: FoundListProps) {
  const t = useFoundText()
  const word = useFindingText()
  const { mesh, search, list, onChange } = props
  return (
    <OpeningTable
      {...props}
      id="objects.findings"
      label={t('title')}
      rows={list.data?.items}
      total={list.data?.total ?? 0}
      keyOf={keyOf}
      titleOf={(finding) => word(finding).title}
      severityOf={({ severity }) => severity}
      severitySort="severity"
      renderTag={({ mute }) => mute !== undefined && <Tag>{t('muted')}</Tag>}
      renderBelow={(finding) => <FindingDetail mesh={mesh} finding={finding} />}
      titleWidth="52%"
      columns={useObjectColumns(mesh, (list.data?.clusters.length ?? 0) > 1)}
      query={tableQuery(search)}
      onQuery={(query) => onChange(tablePlace(query))}
    />
  )
}

/** One object may have the same fault in the same place by several others. */
function keyOf(finding: KnownFinding): string {
  return `${findingKey(finding)} ${JSON.stringify(finding.params)}`
}

/** Codes are told by the row that is open, and by the other view. */
function useObjectColumns(mesh: string, several: boolean): Column<KnownFinding>[] {
  const t = useFoundText()
  const cluster: Column<KnownFinding> = {
    key: 'cluster',
    title: t('cluster'),
    sort: 'cluster',
    width: 140,
    render: ({ ref }) => <span title={ref.cluster}>{ref.cluster}</span>,
  }
  return [
    {
      key: 'object',
      title: t('object'),
      sort: 'name',
      width: '48%',
      render: ({ ref }) => <ObjectLink mesh={mesh} of={ref} hideCluster />,
    },
    ...(several ? [cluster] : []),
    {
      key: 'code',
      title: t('code'),
      sort: 'code',
      optional: true,
      width: '28%',
      render: ({ code, aliases }) => <code title={[code, ...aliases].join(' · ')}>{code}</code>,
    },
  ]
}
