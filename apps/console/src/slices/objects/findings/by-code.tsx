import type { FindingsPage } from '@orbweaver/contracts/findings'
import { findingKey } from '@orbweaver/contracts/plan'
import type { Column } from '@orbweaver/ui/data-table'
import { AppLink } from '../../../app/link.tsx'
import { QueryView } from '../../../app/query-view.tsx'
import { tableQuery } from '../../../app/table-search.ts'
import { useCodeText, useFindingText } from '../../../app/wording.tsx'
import { paths } from '../../../paths.ts'
import { ObjectLink } from './object-link.tsx'
import { type FoundListProps, OpeningTable } from './opening-table.tsx'
import type { FindingSearch } from './search.ts'
import { useFoundText } from './text.ts'
import { useFindings } from './use-findings.ts'

type CodeRow = FindingsPage['counts']['codes'][number]

/** Of each kind of finding how many there are; a row opens to the first of them. */
export function CodeTable(props: FoundListProps) {
  const t = useFoundText()
  const word = useCodeText()
  const { mesh, search, list, onChange } = props
  const rows = list.data?.counts.codes
  return (
    <OpeningTable
      {...props}
      id="objects.finding-codes"
      label={t('byCode')}
      rows={rows}
      total={rows?.length ?? 0}
      keyOf={({ code }) => code}
      titleOf={({ code }) => word(code).title}
      severityOf={({ severity }) => severity}
      renderBelow={(row) => <FirstOfCode mesh={mesh} search={search} of={row} />}
      titleWidth="60%"
      columns={useCountColumns()}
      query={{ ...tableQuery(search), page: 1, size: 500, sort: undefined }}
      onQuery={(query) => onChange({ search: query.search, page: undefined })}
    />
  )
}

function useCountColumns(): Column<CodeRow>[] {
  const t = useFoundText()
  return [
    { key: 'count', title: t('count'), numeric: true, width: 90, render: ({ count }) => count },
    { key: 'code', title: t('code'), width: '40%', render: ({ code }) => <code title={code}>{code}</code> },
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
