import type { InjectedWorkload } from '@orbweaver/contracts/sidecars'
import { refKey } from '@orbweaver/contracts/kubernetes'
import { DataTable } from '@orbweaver/ui/data-table'
import { Empty } from '@orbweaver/ui/empty'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useFailureOf } from '../../api/failure.ts'
import { AppLink } from '../../app/link.tsx'
import type { SearchChange } from '../../app/location.ts'
import { tablePlace, tableQuery } from '../../app/table-search.ts'
import { Truths, unreadIn } from '../../app/truths.tsx'
import { paths } from '../../paths.ts'
import { WorkloadFilters } from './filters.tsx'
import { type SidecarSearch, workloadsInput } from './search.ts'
import { useText } from './text.ts'
import { useTicked } from './use-ticked.ts'
import { switchable, WorkloadBulk } from './workload-actions.tsx'
import { useWorkloadColumns } from './workload-columns.tsx'

const keyOf = (row: InjectedWorkload) => refKey(row.ref)

/** Injection by workload: what its Pods have, and which of them a restart would change. */
export function WorkloadsTab(props: {
  mesh: string
  search: SidecarSearch
  onSearch: (change: SearchChange<SidecarSearch>) => void
}) {
  const t = useText()
  const { mesh, search, onSearch } = props
  const input = workloadsInput(mesh, search)
  const list = useQuery(api.sidecars.workloads.queryOptions({ input, placeholderData: keepPreviousData }))
  const columns = useWorkloadColumns(mesh, (list.data?.clusters.length ?? 0) > 1)
  const ticked = useTicked(list.data?.items, keyOf)
  return (
    <>
      <Truths truths={list.data?.clusters} />
      <DataTable
        id="sidecars.workloads"
        label={t('workloads')}
        columns={columns}
        rows={list.data?.items}
        total={list.data?.total ?? 0}
        rowKey={keyOf}
        rowName={({ ref }) => ref.name}
        query={tableQuery(search)}
        onQuery={(query) => onSearch(tablePlace(query))}
        loading={list.isFetching}
        failure={useFailureOf(list.error)}
        onRetry={() => void list.refetch()}
        searchHint={t('searchWorkloads')}
        filters={<WorkloadFilters mesh={mesh} search={search} onChange={onSearch} />}
        unread={unreadIn(list.data?.clusters)}
        filtered={search.namespace !== undefined || search.cluster !== undefined}
        onClearFilters={() =>
          onSearch({ namespace: undefined, cluster: undefined, search: undefined, page: undefined })
        }
        selection={{
          keys: ticked.keys,
          onKeys: ticked.onKeys,
          disabled: (row) => (switchable(row) ? undefined : t('noSwitch')),
          actions: <WorkloadBulk mesh={mesh} rows={ticked.rows} onStarted={ticked.clear} />,
        }}
        empty={
          <Empty
            title={t('emptyWorkloads')}
            hint={t('emptyWorkloadsHint')}
            action={<AppLink to={paths.sidecars(mesh)}>{t('emptyWorkloadsAction')}</AppLink>}
          />
        }
      />
    </>
  )
}
