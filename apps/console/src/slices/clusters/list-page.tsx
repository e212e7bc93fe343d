import { DataTable } from '@orbweaver/ui/data-table'
import { Empty } from '@orbweaver/ui/empty'
import { Page } from '@orbweaver/ui/page'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { codeOf, useFailureOf } from '../../api/failure.ts'
import { AppLink } from '../../app/link.tsx'
import { useGo, useSearchOf } from '../../app/location.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { pageInput, readTable, tablePlace, tableQuery } from '../../app/table-search.ts'
import { Truths } from '../../app/truths.tsx'
import { paths } from '../../paths.ts'
import './clusters.css'
import { useClusterColumns } from './columns.tsx'
import { useText } from './text.ts'

/** Every registered cluster: how it is, what it can do, and which mesh has it. */
export function ClustersPage() {
  const t = useText()
  const go = useGo()
  usePageTitle(t('title'))
  const [search, setSearch] = useSearchOf(readTable)
  const list = useQuery(api.clusters.list.queryOptions({ input: pageInput(search), placeholderData: keepPreviousData }))
  const columns = useClusterColumns(list.data?.clusters, list.dataUpdatedAt)
  const { contexts, refused } = useOffered()
  return (
    <Page
      title={t('title')}
      primary={{ label: t('register'), disabled: refused, onSelect: () => go(paths.clusterRegister()) }}
      notice={<Truths truths={list.data?.clusters} />}
    >
      <DataTable
        id="clusters"
        label={t('title')}
        columns={columns}
        rows={list.data?.items}
        total={list.data?.total ?? 0}
        rowKey={(cluster) => cluster.name}
        rowName={(cluster) => cluster.name}
        query={tableQuery(search)}
        onQuery={(query) => setSearch(tablePlace(query))}
        loading={list.isFetching}
        failure={useFailureOf(list.error)}
        onRetry={() => void list.refetch()}
        searchHint={t('search')}
        empty={
          <Empty
            title={t('empty')}
            hint={t('emptyHint')}
            action={refused ?? <AppLink to={paths.clusterRegister()}>{t('register')}</AppLink>}
          />
        }
      />
      {contexts.length > 0 && <Offered contexts={contexts} />}
    </Page>
  )
}

/** Only who may register clusters is told; the others are told why not. */
function useOffered() {
  const offered = useQuery(api.clusters.offered.queryOptions({ retry: false, refetchInterval: false }))
  const failure = useFailureOf(offered.error)
  const refused = codeOf(offered.error) === 'access.forbidden' ? failure?.what : undefined
  return { contexts: offered.data?.contexts ?? [], refused }
}

function Offered(props: { contexts: { context: string; server: string }[] }) {
  const t = useText()
  const { contexts } = props
  return (
    <section className="ow-offered">
      <h2>{t('offered', { count: contexts.length })}</h2>
      <ul>
        {contexts.map(({ context, server }) => (
          <li key={context}>
            <AppLink to={paths.clusterRegister(context)}>{t('registerContext', { context })}</AppLink>
            <code className="ow-muted">{server}</code>
          </li>
        ))}
      </ul>
    </section>
  )
}
