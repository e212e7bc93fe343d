import { DataTable } from '@orbweaver/ui/data-table'
import { Empty } from '@orbweaver/ui/empty'
import { Page } from '@orbweaver/ui/page'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useFailureOf } from '../../api/failure.ts'
import { AppLink } from '../../app/link.tsx'
import { useParam, useSearchOf } from '../../app/location.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { tablePlace, tableQuery } from '../../app/table-search.ts'
import { Truths } from '../../app/truths.tsx'
import { paths } from '../../paths.ts'
import { HistoryFilters } from './filters.tsx'
import { useHistoryColumns } from './columns.tsx'
import { historyInput, readHistory } from './search.ts'
import { useText } from './text.ts'

/** Every change, of the fleet or of one mesh. */
export function HistoryPage() {
  const t = useText()
  const mesh = useParam('mesh')
  const title = mesh === '' ? t('title') : t('meshTitle', { mesh })
  usePageTitle(t('title'))
  const [search, setSearch] = useSearchOf(readHistory)
  const input = historyInput(mesh === '' ? search : { ...search, mesh })
  const list = useQuery(api.history.list.queryOptions({ input, placeholderData: keepPreviousData }))
  const columns = useHistoryColumns(mesh === '')
  return (
    <Page title={title} notice={<Truths truths={list.data?.clusters} />}>
      <DataTable
        id="history"
        label={title}
        columns={columns}
        rows={list.data?.items}
        total={list.data?.total ?? 0}
        rowKey={(change) => change.name}
        rowName={(change) => change.name}
        query={tableQuery(search)}
        onQuery={(query) => setSearch(tablePlace(query))}
        loading={list.isFetching}
        failure={useFailureOf(list.error)}
        onRetry={() => void list.refetch()}
        searchHint={t('search')}
        filters={<HistoryFilters search={search} onChange={setSearch} fleet={mesh === ''} />}
        filtered={search.phase !== undefined || search.mesh !== undefined}
        onClearFilters={() => setSearch({ phase: undefined, mesh: undefined, search: undefined, page: undefined })}
        empty={
          <Empty
            title={t('empty')}
            hint={t('emptyHint')}
            action={<AppLink to={paths.start()}>{t('emptyAction')}</AppLink>}
          />
        }
      />
    </Page>
  )
}
