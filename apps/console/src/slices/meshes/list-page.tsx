import { DataTable } from '@orbweaver/ui/data-table'
import { Empty } from '@orbweaver/ui/empty'
import { Failure } from '@orbweaver/ui/failure'
import { Page } from '@orbweaver/ui/page'
import { Skeleton } from '@orbweaver/ui/skeleton'
import { Pager } from '@orbweaver/ui/table/pager'
import { SearchBox } from '@orbweaver/ui/table/toolbar'
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { FilterSelect } from '@orbweaver/ui/filter-select'
import { Segmented } from 'antd'
import { api } from '../../api/api.ts'
import { useFailureOf } from '../../api/failure.ts'
import { AppLink } from '../../app/link.tsx'
import { type SearchChange, useGo, useSearchOf } from '../../app/location.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { tablePlace, tableQuery } from '../../app/table-search.ts'
import { Truths } from '../../app/truths.tsx'
import { paths } from '../../paths.ts'
import { MeshCards } from './cards.tsx'
import { useMeshColumns } from './columns.tsx'
import { useImportText } from './import/text.ts'
import './meshes.css'
import { kinds, type MeshesSearch, meshesInput, readMeshes } from './search.ts'
import { useText } from './text.ts'

type Place = { search: MeshesSearch; setSearch: (change: SearchChange<MeshesSearch>) => void }

/** Every mesh, problems first, as cards or as a table. */
export function MeshesPage() {
  const t = useText()
  const go = useGo()
  const importText = useImportText()
  usePageTitle(t('title'))
  const [search, setSearch] = useSearchOf(readMeshes)
  const list = useQuery(api.meshes.list.queryOptions({ input: meshesInput(search), placeholderData: keepPreviousData }))
  const Look = search.looks === 'table' ? Rows : Cards
  return (
    <Page
      title={t('title')}
      primary={{ label: t('create'), onSelect: () => go(paths.meshCreate()) }}
      menu={[{ key: 'import', label: importText('title'), onSelect: () => go(paths.meshImport()) }]}
      notice={<Truths truths={list.data?.clusters} />}
    >
      <Look list={list} search={search} setSearch={setSearch} />
    </Page>
  )
}

type List = UseQueryResult<Awaited<ReturnType<typeof api.meshes.list.call>>, Error>

function Rows(props: Place & { list: List }) {
  const t = useText()
  const { list, search, setSearch } = props
  return (
    <DataTable
      id="meshes"
      label={t('title')}
      columns={useMeshColumns()}
      rows={list.data?.items}
      total={list.data?.total ?? 0}
      rowKey={(mesh) => mesh.name}
      rowName={(mesh) => mesh.name}
      query={tableQuery(search)}
      onQuery={(query) => setSearch(tablePlace(query))}
      loading={list.isFetching}
      failure={useFailureOf(list.error)}
      onRetry={() => void list.refetch()}
      searchHint={t('search')}
      filters={<Filters {...props} />}
      filtered={search.kind !== undefined}
      onClearFilters={() => setSearch({ kind: undefined, search: undefined, page: undefined })}
      empty={<NoMesh />}
    />
  )
}

function Cards(props: Place & { list: List }) {
  const t = useText()
  const { list, search, setSearch } = props
  return (
    <div className="ow-table-frame">
      <search className="ow-toolbar">
        <SearchBox
          value={search.search ?? ''}
          hint={t('search')}
          onChange={(text) => setSearch({ search: text === '' ? undefined : text, page: undefined })}
        />
        <Filters {...props} />
      </search>
      <CardBody {...props} />
      <Pager
        query={tableQuery(search)}
        total={list.data?.total ?? 0}
        onQuery={(query) => setSearch(tablePlace(query))}
      />
    </div>
  )
}

function CardBody(props: Place & { list: List }) {
  const failure = useFailureOf(props.list.error)
  const { list, search, setSearch } = props
  const items = list.data?.items
  const failed = failure !== undefined && <Failure failure={failure} onRetry={() => void list.refetch()} />
  if (items === undefined) return failed === false ? <Skeleton lines={8} /> : failed
  if (items.length > 0) {
    return (
      <>
        {failed}
        <MeshCards meshes={items} />
      </>
    )
  }
  const narrowed = search.kind !== undefined || search.search !== undefined
  return narrowed ? <NoMatch setSearch={setSearch} /> : <NoMesh />
}

function Filters(props: Place) {
  const t = useText()
  const { search, setSearch } = props
  return (
    <>
      <FilterSelect
        label={t('column.kind')}
        all={t('allKinds')}
        value={search.kind}
        options={kinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        onChange={(kind) => setSearch({ kind, page: undefined })}
      />
      <Segmented
        tabIndex={-1}
        aria-label={t('looks.label')}
        value={search.looks ?? 'cards'}
        options={[
          { value: 'cards', label: t('looks.cards') },
          { value: 'table', label: t('looks.table') },
        ]}
        onChange={(looks) => setSearch({ looks: looks === 'table' ? looks : undefined })}
      />
    </>
  )
}

function NoMesh() {
  const t = useText()
  return (
    <Empty title={t('empty')} hint={t('emptyHint')} action={<AppLink to={paths.meshCreate()}>{t('create')}</AppLink>} />
  )
}

function NoMatch(props: Pick<Place, 'setSearch'>) {
  const t = useText()
  const clear = () => props.setSearch({ kind: undefined, search: undefined, page: undefined })
  return (
    <Empty
      title={t('noMatch')}
      action={
        <button type="button" className="ow-link" onClick={clear}>
          {t('clearFilters')}
        </button>
      }
    />
  )
}
