import type { ProxyCertificate } from '@orbweaver/contracts/certificates'
import { refKey } from '@orbweaver/contracts/kubernetes'
import { mentions, pageOf, sorted } from '@orbweaver/contracts/page'
import { DataTable, type TableQuery } from '@orbweaver/ui/data-table'
import { Empty } from '@orbweaver/ui/empty'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useFailureOf } from '../../../api/failure.ts'
import { Truths } from '../../../app/truths.tsx'
import { useProxyColumns } from './proxy-columns.tsx'
import { type ProxyWish, proxyQuery } from './proxy-query.ts'
import { useCertificateText } from './text.ts'

/** What the proxies of one choice hold, as they said it just now. */
export function ProxyTable(props: { wish: ProxyWish; filters?: ReactNode }) {
  const t = useCertificateText()
  const { wish } = props
  const [query, setQuery] = useState<TableQuery>({ order: 'asc', page: 1, size: 20 })
  const asked = useQuery(proxyQuery(wish))
  const columns = useProxyColumns()
  const failure = useFailureOf(asked.error)
  const { data } = asked
  const page = data === undefined ? undefined : rowsOf(data.items, query)
  const left = data === undefined ? 0 : data.total - data.items.length
  return (
    <>
      <Truths truths={data?.clusters} />
      {left > 0 && <p className="ow-soft">{t('proxies.left', { asked: data?.items.length ?? 0, count: left })}</p>}
      <DataTable
        id={`proxies-${wish.of}`}
        label={t(`proxies.${wish.of}`)}
        columns={columns}
        rows={page?.items}
        total={page?.total ?? 0}
        rowKey={({ pod }) => refKey(pod)}
        rowName={({ pod }) => pod.name}
        query={query}
        onQuery={setQuery}
        loading={asked.isFetching}
        failure={failure}
        onRetry={() => void asked.refetch()}
        searchHint={t('proxies.search')}
        filters={props.filters}
        empty={<Empty title={t(`proxies.none.${wish.of}`)} hint={t('proxies.noneHint')} />}
      />
    </>
  )
}

function rowsOf(items: readonly ProxyCertificate[], query: TableQuery) {
  const shown = items.filter(({ pod, owner, identity, under }) =>
    mentions(query.search, [pod.name, pod.namespace, pod.cluster, owner.name, identity, under]),
  )
  return pageOf(
    sorted(
      shown,
      (row) => [column(row, query.sort), row.pod.cluster, row.pod.namespace ?? '', row.pod.name],
      query.order,
    ),
    query,
  )
}

/** Worst first where nothing else was asked for. */
const states = ['expired', 'not-yet', 'overdue', undefined, 'valid'] as const
const roots = ['foreign', 'other', undefined, 'current'] as const

function column(row: ProxyCertificate, sort: string | undefined): string | number {
  switch (sort) {
    case 'pod':
      return row.pod.name
    case 'namespace':
      return row.pod.namespace ?? ''
    case 'cluster':
      return row.pod.cluster
    case 'expires':
      return row.certificate?.notAfter ?? ''
    case 'root':
      return roots.indexOf(row.root)
    default:
      return states.indexOf(row.state) * roots.length + roots.indexOf(row.root)
  }
}
