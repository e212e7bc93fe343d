import { FilterSelect, named } from '@orbweaver/ui/filter-select'
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
      <FilterSelect
        label={t('state')}
        all={t('anyState')}
        value={search.show}
        options={filters.map((value) => ({ value, label: t(`show.${value}`, { count: counts[value] ?? 0 }) }))}
        onChange={(show) => onChange({ show, page: undefined })}
      />
      <FilterSelect
        label={t('namespace')}
        all={t('allNamespaces')}
        value={search.namespace}
        options={named(props.namespaces)}
        onChange={(namespace) => onChange({ namespace, page: undefined })}
      />
      {props.clusters.length > 1 && (
        <FilterSelect
          label={t('cluster')}
          all={t('allClusters')}
          value={search.cluster}
          options={named(props.clusters)}
          onChange={(cluster) => onChange({ cluster, page: undefined })}
        />
      )}
    </>
  )
}
