import type { FindingsPage } from '@orbweaver/contracts/findings'
import { findingKey } from '@orbweaver/contracts/plan'
import { type Column, DataTable } from '@orbweaver/ui/data-table'
import { Empty } from '@orbweaver/ui/empty'
import { Status } from '@orbweaver/ui/status'
import { useState } from 'react'
import { useFailureOf } from '../../../api/failure.ts'
import { severityHealth } from '../../../app/found-cell.tsx'
import { AppLink } from '../../../app/link.tsx'
import { QueryView } from '../../../app/query-view.tsx'
import { tableQuery } from '../../../app/table-search.ts'
import { unreadIn } from '../../../app/truths.tsx'
import { useCodeText, useFindingText } from '../../../app/wording.tsx'
import { paths } from '../../../paths.ts'
import { ObjectLink } from './object-link.tsx'
import type { FindingTableProps } from './one-by-one.tsx'
import { Opener } from './opener.tsx'
import { type FindingSearch, isNarrowed, noFilters } from './search.ts'
import { useFoundText } from './text.ts'
import { useFindings } from './use-findings.ts'

type CodeRow = FindingsPage['counts']['codes'][number]

/** Of each kind of finding how many there are; a row opens to the first of them. */
export function CodeTable(props: FindingTableProps) {
  const t = useFoundText()
  const { mesh, search, list, onChange } = props
  const [open, setOpen] = useState<string>()
  const rows = list.data?.counts.codes
  return (
    <DataTable
      id="objects.finding-codes"
      label={t('byCode')}
      columns={useCodeColumns(open, (code) => setOpen(code === open ? undefined : code))}
      rows={rows}
      total={rows?.length ?? 0}
      rowKey={({ code }) => code}
      rowName={({ code }) => code}
      renderDetail={(row) => (row.code === open ? <FirstOfCode mesh={mesh} search={search} of={row} /> : undefined)}
      query={{ ...tableQuery(search), page: 1, size: 500, sort: undefined }}
      onQuery={(query) => onChange({ search: query.search, page: undefined })}
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

function useCodeColumns(open: string | undefined, onToggle: (code: string) => void): Column<CodeRow>[] {
  const t = useFoundText()
  const word = useCodeText()
  return [
    {
      key: 'severity',
      title: t('bySeverity'),
      always: true,
      width: 132,
      render: ({ code, severity }) => (
        <span className="ow-row">
          <Opener open={code === open} name={word(code).title} onToggle={() => onToggle(code)} />
          <Status health={severityHealth[severity]} word={t(`severity.${severity}`)} />
        </span>
      ),
    },
    {
      key: 'found',
      title: t('found'),
      width: '52%',
      always: true,
      render: ({ code }) => (
        <button
          type="button"
          className="ow-link ow-found-title"
          title={word(code).title}
          onClick={() => onToggle(code)}
        >
          {word(code).title}
        </button>
      ),
    },
    { key: 'count', title: t('count'), numeric: true, width: 90, render: ({ count }) => count },
    { key: 'code', title: t('code'), width: '28%', render: ({ code }) => <code title={code}>{code}</code> },
  ]
}

const first = 10

function FirstOfCode(props: { mesh: string; search: FindingSearch; of: CodeRow }) {
  const t = useFoundText()
  const word = useFindingText()
  const { mesh, search, of: row } = props
  const { view: _view, page: _page, size: _size, sort: _sort, order: _order, ...kept } = search
  const query = useFindings(mesh, { ...kept, codes: row.code, size: first })
  const detail = useCodeText()(row.code)
  return (
    <div className="ow-finding-detail">
      <p>{detail.detail}</p>
      <QueryView query={query} lines={3}>
        {({ items }) => (
          <ul className="ow-evidence">
            {items.map((finding) => (
              <li key={findingKey(finding)}>
                <ObjectLink mesh={mesh} of={finding.ref} />
                <span className="ow-soft">{word(finding).title}</span>
              </li>
            ))}
          </ul>
        )}
      </QueryView>
      <span className="ow-row">
        <AppLink to={paths.findings(mesh, { ...kept, codes: row.code })}>{t('all', { count: row.count })}</AppLink>
        <AppLink to={paths.findingCodes(row.code)}>{t('catalogue')}</AppLink>
      </span>
    </div>
  )
}
