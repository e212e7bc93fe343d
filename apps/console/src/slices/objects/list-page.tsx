import { refKey } from '@orbweaver/contracts/kubernetes'
import { DataTable } from '@orbweaver/ui/data-table'
import { Empty } from '@orbweaver/ui/empty'
import { Page } from '@orbweaver/ui/page'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useFailureOf } from '../../api/failure.ts'
import { AppLink } from '../../app/link.tsx'
import { useGo, useParam, useSearchOf } from '../../app/location.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { tablePlace, tableQuery } from '../../app/table-search.ts'
import { Truths, unreadIn } from '../../app/truths.tsx'
import { paths } from '../../paths.ts'
import { useRuleColumns } from './columns.tsx'
import { RuleFilters } from './filters.tsx'
import type { RuleView } from './kinds.ts'
import { chosenKinds, readRules, rulesInput } from './search.ts'
import { useText } from './text.ts'

export function TrafficPage() {
  return <RulesPage view="traffic" />
}

export function SecurityPage() {
  return <RulesPage view="security" />
}

export function ObjectsPage() {
  return <RulesPage view="objects" />
}

/** Rules of a mesh, with what is wrong with them; the three pages differ in the kinds they are about. */
function RulesPage(props: { view: RuleView }) {
  const t = useText()
  const { view } = props
  const mesh = useParam('mesh')
  const go = useGo()
  const title = t(`view.${view}.title`)
  usePageTitle(title)
  const [search, setSearch] = useSearchOf(readRules)
  const input = rulesInput(mesh, view, search)
  const list = useQuery(api.objects.list.queryOptions({ input, placeholderData: keepPreviousData }))
  const columns = useRuleColumns(mesh)
  const [kind, ...more] = chosenKinds(view, search)
  const create = paths.objectCreate(mesh, more.length === 0 ? kind : undefined)
  return (
    <Page
      title={title}
      facts={[t(`view.${view}.about`)]}
      primary={{ label: t('create'), onSelect: () => go(create) }}
      notice={<Truths truths={list.data?.clusters} />}
    >
      <DataTable
        id={`objects.${view}`}
        label={title}
        columns={columns}
        rows={list.data?.items}
        total={list.data?.total ?? 0}
        rowKey={({ ref }) => refKey(ref)}
        rowName={({ ref }) => ref.name}
        query={tableQuery(search)}
        onQuery={(query) => setSearch(tablePlace(query))}
        loading={list.isFetching}
        failure={useFailureOf(list.error)}
        onRetry={() => void list.refetch()}
        searchHint={t('search')}
        filters={<RuleFilters mesh={mesh} view={view} search={search} onChange={setSearch} />}
        unread={unreadIn(list.data?.clusters)}
        filtered={kind !== undefined || search.namespace !== undefined}
        onClearFilters={() => setSearch({ kinds: undefined, namespace: undefined, search: undefined, page: undefined })}
        empty={
          <Empty
            title={t(`view.${view}.empty`)}
            hint={t(`view.${view}.emptyHint`)}
            action={<AppLink to={create}>{t('create')}</AppLink>}
          />
        }
      />
    </Page>
  )
}
