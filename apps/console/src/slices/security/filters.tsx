import { Select } from 'antd'
import type { SearchChange } from '../../app/location.ts'
import { filters, type TlsFilter, type TlsSearch } from './search.ts'
import { useText } from './text.ts'

export function SecretFilters(props: {
  clusters: string[]
  namespaces: string[]
  counts: Partial<Record<TlsFilter, number>>
  search: TlsSearch
  onChange: (change: SearchChange<TlsSearch>) => void
}) {
  const t = useText()
  const { search, onChange, counts } = props
  return (
    <>
      <Select
        aria-label={t('state')}
        placeholder={t('anyState')}
        allowClear
        style={{ width: 170 }}
        value={search.show ?? null}
        options={filters.map((value) => ({ value, label: t(`show.${value}`, { count: counts[value] ?? 0 }) }))}
        onChange={(show) => onChange({ show, page: undefined })}
      />
      <Select
        aria-label={t('namespace')}
        placeholder={t('allNamespaces')}
        allowClear
        showSearch
        style={{ width: 170 }}
        value={search.namespace ?? null}
        options={props.namespaces.map((value) => ({ value, label: value }))}
        onChange={(namespace) => onChange({ namespace, page: undefined })}
      />
      {props.clusters.length > 1 && (
        <Select
          aria-label={t('cluster')}
          placeholder={t('allClusters')}
          allowClear
          showSearch
          style={{ width: 170 }}
          value={search.cluster ?? null}
          options={props.clusters.map((value) => ({ value, label: value }))}
          onChange={(cluster) => onChange({ cluster, page: undefined })}
        />
      )}
    </>
  )
}
