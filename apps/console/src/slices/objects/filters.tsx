import { useClearing } from '@orbweaver/ui/clearing'
import { FilterSelect, named } from '@orbweaver/ui/filter-select'
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { api } from '../../api/api.ts'
import type { SearchChange } from '../../app/location.ts'
import { kindsIn, type RuleView } from './kinds.ts'
import { chosenKinds, type RuleSearch } from './search.ts'
import { useText } from './text.ts'

export function RuleFilters(props: {
  mesh: string
  view: RuleView
  search: RuleSearch
  onChange: (change: SearchChange<RuleSearch>) => void
}) {
  const t = useText()
  const clearing = useClearing()
  const { mesh, view, search, onChange } = props
  const places = useQuery(api.objects.places.queryOptions({ input: { mesh } }))
  const names = [...new Set((places.data?.places ?? []).flatMap((place) => place.namespaces))]
  return (
    <>
      <Select
        mode="multiple"
        aria-label={t('kind')}
        placeholder={t('allKinds')}
        allowClear={clearing(t('kind'))}
        maxTagCount={1}
        style={{ width: 240 }}
        value={chosenKinds(view, search)}
        options={kindsIn(view).map((kind) => ({ value: kind, label: kind }))}
        onChange={(kinds) => onChange({ kinds: kinds.length === 0 ? undefined : kinds.join(','), page: undefined })}
      />
      <FilterSelect
        label={t('namespace')}
        all={t('allNamespaces')}
        value={search.namespace}
        options={named(names)}
        onChange={(namespace) => onChange({ namespace, page: undefined })}
      />
    </>
  )
}
