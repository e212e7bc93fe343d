import type { SharedService } from '@orbweaver/contracts/networks'
import { type Column, DataTable } from '@orbweaver/ui/data-table'
import { Empty } from '@orbweaver/ui/empty'
import { Icon } from '@orbweaver/ui/icon'
import { MenuButton } from '@orbweaver/ui/menu-button'
import { Status } from '@orbweaver/ui/status'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { FilterSelect } from '@orbweaver/ui/filter-select'
import { Button } from 'antd'
import { useState } from 'react'
import { api } from '../../../api/api.ts'
import { useFailureOf } from '../../../api/failure.ts'
import { explainPlaces } from '../../../app/explain/places.ts'
import { useExplainEntries } from '../../../app/explain/use-places.ts'
import type { SearchChange } from '../../../app/location.ts'
import { usePlan } from '../../../app/plan/use-plan.ts'
import { tablePlace, tableQuery } from '../../../app/table-search.ts'
import { Truths, unreadIn } from '../../../app/truths.tsx'
import { useListed } from '../../../text/use-language.ts'
import { type NetworksSearch, servicesInput, serviceShows } from './search.ts'
import { useNetworkText } from './text.ts'

type Props = {
  mesh: string
  /** The mesh is being deleted. */
  held: boolean
  search: NetworksSearch
  onSearch: (change: SearchChange<NetworksSearch>) => void
}

/** Services that are one to the mesh, with what differs between their clusters; problems first. */
export function ServicesTab(props: Props) {
  const t = useNetworkText()
  const { mesh, search, onSearch } = props
  const [keys, setKeys] = useState<string[]>([])
  const input = servicesInput(mesh, search)
  const list = useQuery(api.meshes.sameServices.queryOptions({ input, placeholderData: keepPreviousData }))
  const ticked = (list.data?.items ?? []).filter(({ host }) => keys.includes(host))
  return (
    <>
      <p className="ow-soft mesh-lead">{t('services.lead')}</p>
      <Truths truths={list.data?.clusters} />
      <DataTable
        id="mesh-same-services"
        label={t('tab.services')}
        columns={useColumns(mesh)}
        rows={list.data?.items}
        total={list.data?.total ?? 0}
        rowKey={({ host }) => host}
        rowName={({ host }) => host}
        query={tableQuery(search)}
        onQuery={(query) => onSearch(tablePlace(query))}
        loading={list.isFetching}
        failure={useFailureOf(list.error)}
        onRetry={() => void list.refetch()}
        searchHint={t('services.search')}
        filters={<ShowFilter {...props} />}
        unread={unreadIn(list.data?.clusters)}
        filtered={search.show !== undefined}
        onClearFilters={() => onSearch({ show: undefined, search: undefined, page: undefined })}
        empty={<Empty title={t('services.empty')} hint={t('services.emptyHint')} />}
        selection={{
          keys: ticked.map(({ host }) => host),
          onKeys: setKeys,
          actions: <Bulk mesh={mesh} held={props.held} rows={ticked} onStarted={() => setKeys([])} />,
        }}
      />
    </>
  )
}

/** A service that a wildcard keeps local cannot be shared by its own name. */
function Bulk(props: { mesh: string; held: boolean; rows: SharedService[]; onStarted: () => void }) {
  const t = useNetworkText()
  const plan = usePlan()
  const { mesh, rows, onStarted } = props
  const open = (hosts: string[], local: boolean) =>
    plan.open({ type: 'meshes.keep-local', name: mesh, hosts, local }, { onStarted })
  const shared = rows.filter((each) => each.local === undefined).map((each) => each.host)
  const local = rows.filter((each) => each.local === each.host).map((each) => each.host)
  const held = rows.find((each) => each.local !== undefined && each.local !== each.host)
  return (
    <>
      <Button size="small" disabled={props.held || shared.length === 0} onClick={() => open(shared, true)}>
        {t('services.keep')}
      </Button>
      <Button
        size="small"
        disabled={props.held || local.length === 0}
        title={held === undefined ? undefined : t('services.shareHeld', { host: held.local ?? '' })}
        onClick={() => open(local, false)}
      >
        {t('services.share')}
      </Button>
    </>
  )
}

function ShowFilter({ search, onSearch }: Props) {
  const t = useNetworkText()
  const words = { problems: t('services.problems'), local: t('services.onlyLocal') }
  return (
    <FilterSelect
      label={t('services.show')}
      all={t('services.all')}
      value={search.show}
      options={serviceShows.map((value) => ({ value, label: words[value] }))}
      onChange={(show) => onSearch({ show, page: undefined })}
    />
  )
}

function useColumns(mesh: string): Column<SharedService>[] {
  const t = useNetworkText()
  const explained = useExplainEntries()
  return [
    {
      key: 'name',
      title: t('services.name'),
      sort: 'name',
      always: true,
      width: '26%',
      render: ({ namespace, name }) => (
        <>
          {name} <span className="ow-muted">{namespace}</span>
        </>
      ),
    },
    {
      key: 'state',
      title: t('services.state'),
      width: '16%',
      render: (row) => <State of={row} />,
    },
    {
      key: 'clusters',
      title: t('services.clusters'),
      width: '36%',
      render: ({ refs }) => <Clusters of={refs.map((each) => each.cluster)} />,
    },
    { key: 'differences', title: t('services.differences'), render: (row) => <Differences of={row} /> },
    {
      key: 'actions',
      title: t('services.actionsTitle'),
      width: 64,
      always: true,
      render: ({ name, refs }) => (
        <MenuButton
          label={t('services.actions', { name })}
          trigger={<Icon name="more" />}
          entries={explained(explainPlaces(mesh, refs.slice(0, 1)))}
        />
      ),
    },
  ]
}

function Clusters(props: { of: readonly string[] }) {
  const words = useListed()(props.of)
  return <span title={words}>{words}</span>
}

function Differences(props: { of: SharedService }) {
  const t = useNetworkText()
  const { differences } = props.of
  if (differences.length === 0) return <span className="ow-muted">{t('services.none')}</span>
  return (
    <dl className="network-differences">
      {differences.map(({ aspect, says }) => (
        <div key={aspect}>
          <dt>{t(`services.aspect.${aspect}`)}</dt>
          {says.map(({ cluster, value }) => (
            <dd key={cluster}>
              {cluster}: <code>{value === '' ? t('services.none') : value}</code>
            </dd>
          ))}
        </div>
      ))}
    </dl>
  )
}

function State(props: { of: SharedService }) {
  const t = useNetworkText()
  const { inconsistent, local, host } = props.of
  if (local !== undefined) {
    const by = local === host ? undefined : t('services.localBy', { host: local })
    return <Status health="healthy" word={t('services.local')} reason={by} />
  }
  if (inconsistent) return <Status health="attention" word={t('services.differs')} />
  return <Status health="healthy" word={t('services.same')} />
}
