import type { InjectedNamespace } from '@orbweaver/contracts/sidecars'
import { DataTable } from '@orbweaver/ui/data-table'
import { Empty } from '@orbweaver/ui/empty'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useFailureOf } from '../../api/failure.ts'
import type { SearchChange } from '../../app/location.ts'
import { tablePlace, tableQuery } from '../../app/table-search.ts'
import { Truths, unreadIn } from '../../app/truths.tsx'
import { NamespaceFilters } from './filters.tsx'
import { NamespaceBulk } from './namespace-actions.tsx'
import { useNamespaceColumns } from './namespace-columns.tsx'
import { namespacesInput, type SidecarSearch } from './search.ts'
import { useText } from './text.ts'
import { useTicked } from './use-ticked.ts'

const keyOf = ({ cluster, namespace }: InjectedNamespace) => `${cluster}/${namespace}`

/** Injection by namespace: what is asked for, who answers, and what still has to restart. */
export function NamespacesTab(props: {
  mesh: string
  search: SidecarSearch
  onSearch: (change: SearchChange<SidecarSearch>) => void
}) {
  const t = useText()
  const { mesh, search, onSearch } = props
  const input = namespacesInput(mesh, search)
  const list = useQuery(api.sidecars.namespaces.queryOptions({ input, placeholderData: keepPreviousData }))
  const columns = useNamespaceColumns(mesh, (list.data?.clusters.length ?? 0) > 1)
  const ticked = useTicked(list.data?.items, keyOf)
  return (
    <>
      <Truths truths={list.data?.clusters} />
      <DataTable
        id="sidecars.namespaces"
        label={t('namespaces')}
        columns={columns}
        rows={list.data?.items}
        total={list.data?.total ?? 0}
        rowKey={keyOf}
        rowName={(row) => row.namespace}
        query={tableQuery(search)}
        onQuery={(query) => onSearch(tablePlace(query))}
        loading={list.isFetching}
        failure={useFailureOf(list.error)}
        onRetry={() => void list.refetch()}
        searchHint={t('searchNamespaces')}
        filters={<NamespaceFilters mesh={mesh} search={search} onChange={onSearch} />}
        unread={unreadIn(list.data?.clusters)}
        filtered={search.policy !== undefined || search.cluster !== undefined}
        onClearFilters={() => onSearch({ policy: undefined, cluster: undefined, search: undefined, page: undefined })}
        selection={{
          keys: ticked.keys,
          onKeys: ticked.onKeys,
          disabled: (row) => (row.system ? t('systemHeld') : undefined),
          actions: <NamespaceBulk mesh={mesh} rows={ticked.rows} onStarted={ticked.clear} />,
        }}
        empty={
          <Empty
            title={t('emptyNamespaces')}
            hint={t('emptyNamespacesHint')}
            action={
              <button type="button" className="ow-link" onClick={() => onSearch({ system: 'yes' })}>
                {t('emptyNamespacesAction')}
              </button>
            }
          />
        }
      />
    </>
  )
}
