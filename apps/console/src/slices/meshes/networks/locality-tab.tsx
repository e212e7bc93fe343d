import { mentions, pageOf, sorted } from '@orbweaver/contracts/page'
import { type Column, DataTable } from '@orbweaver/ui/data-table'
import { Empty } from '@orbweaver/ui/empty'
import { FilterSelect, named } from '@orbweaver/ui/filter-select'
import { Button } from 'antd'
import { useState } from 'react'
import { AppLink } from '../../../app/link.tsx'
import type { SearchChange } from '../../../app/location.ts'
import { tablePlace, tableQuery } from '../../../app/table-search.ts'
import { paths } from '../../../paths.ts'
import { LocalityDrawer } from './locality-drawer.tsx'
import type { NetworksSearch } from './search.ts'
import { useNetworkText } from './text.ts'
import type { Networks } from './use-networks.ts'

type Row = { cluster: string; name: string; region: string; zone: string; subzone: string }

const keyOf = ({ cluster, name }: Row) => `${cluster}/${name}`

/** Where the nodes of the mesh are, by the three labels istiod goes by. */
export function LocalityTab(props: {
  networks: Networks
  search: NetworksSearch
  onSearch: (change: SearchChange<NetworksSearch>) => void
}) {
  const t = useNetworkText()
  const { networks, search, onSearch } = props
  const [keys, setKeys] = useState<string[]>([])
  const [setting, setSetting] = useState(false)
  const query = tableQuery(search)
  const rows = rowsOf(networks)
  const page = shownOf(rows, search)
  const ticked = rows.filter((row) => keys.includes(keyOf(row)))
  const clusters = [...new Set(ticked.map((row) => row.cluster))]
  const [cluster = ''] = clusters
  const one = clusters.length === 1
  return (
    <>
      <p className="ow-soft mesh-lead">{t('locality.lead')}</p>
      <Cut networks={networks} />
      <DataTable
        id="mesh-locality"
        label={t('tab.locality')}
        columns={useColumns()}
        rows={page.items}
        total={page.total}
        rowKey={keyOf}
        rowName={(row) => row.name}
        query={query}
        onQuery={(next) => onSearch(tablePlace(next))}
        loading={false}
        failure={undefined}
        searchHint={t('locality.search')}
        filters={<ClusterFilter networks={networks} search={search} onSearch={onSearch} />}
        filtered={search.cluster !== undefined}
        onClearFilters={() => onSearch({ cluster: undefined, search: undefined, page: undefined })}
        empty={<Empty title={t('locality.empty')} hint={t('locality.emptyHint')} />}
        selection={{
          keys: ticked.map(keyOf),
          onKeys: setKeys,
          actions: (
            <Button
              size="small"
              disabled={!one}
              title={one ? undefined : t('locality.oneCluster')}
              onClick={() => setSetting(true)}
            >
              {t('locality.set')}
            </Button>
          ),
        }}
      />
      {setting && one && (
        <LocalityDrawer
          cluster={cluster}
          nodes={ticked.map((row) => row.name)}
          onClose={() => setSetting(false)}
          onStarted={() => setKeys([])}
        />
      )}
    </>
  )
}

function rowsOf({ members }: Networks): Row[] {
  return members.flatMap(({ cluster, nodes }) =>
    (nodes?.items ?? []).map(({ name, region = '', zone = '', subzone = '' }) => ({
      cluster,
      name,
      region,
      zone,
      subzone,
    })),
  )
}

const sortable = ['cluster', 'name', 'region', 'zone', 'subzone'] as const

/** They came with the page: cut here. */
function shownOf(rows: Row[], search: NetworksSearch) {
  const found = rows
    .filter((row) => search.cluster === undefined || row.cluster === search.cluster)
    .filter((row) => mentions(search.search, [row.name, row.cluster, row.region, row.zone, row.subzone]))
  const by = sortable.find((each) => each === search.sort) ?? 'cluster'
  const query = tableQuery(search)
  return pageOf(
    sorted(found, (row) => [row[by], row.cluster, row.name], query.order),
    query,
  )
}

function useColumns(): Column<Row>[] {
  const t = useNetworkText()
  const part = (key: 'region' | 'zone' | 'subzone'): Column<Row> => ({
    key,
    title: t(`locality.${key}`),
    sort: key,
    render: (row) => (row[key] === '' ? <span className="ow-muted">{t('locality.none')}</span> : row[key]),
  })
  return [
    { key: 'name', title: t('locality.node'), sort: 'name', always: true, render: (row) => <code>{row.name}</code> },
    {
      key: 'cluster',
      title: t('locality.cluster'),
      sort: 'cluster',
      render: ({ cluster }) => <AppLink to={paths.cluster(cluster)}>{cluster}</AppLink>,
    },
    part('region'),
    part('zone'),
    part('subzone'),
  ]
}

function ClusterFilter(props: {
  networks: Networks
  search: NetworksSearch
  onSearch: (change: SearchChange<NetworksSearch>) => void
}) {
  const t = useNetworkText()
  return (
    <FilterSelect
      label={t('locality.cluster')}
      all={t('locality.anyCluster')}
      value={props.search.cluster}
      options={named(props.networks.members.map(({ cluster }) => cluster))}
      onChange={(cluster) => props.onSearch({ cluster, page: undefined })}
    />
  )
}

function Cut(props: { networks: Networks }) {
  const t = useNetworkText()
  return props.networks.members.flatMap(({ cluster, nodes }) =>
    nodes === undefined || nodes.items.length === nodes.total
      ? []
      : [
          <p key={cluster} className="ow-soft">
            {t('locality.cut', { cluster, shown: nodes.items.length, total: nodes.total })}
          </p>,
        ],
  )
}
