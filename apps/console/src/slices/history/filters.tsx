import { FilterSelect, named } from '@orbweaver/ui/filter-select'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { usePlanText } from '../../app/plan/text.ts'
import { type HistorySearch, phases } from './search.ts'
import { useText } from './text.ts'

type Filters = { phase: HistorySearch['phase']; mesh: string | undefined; page: undefined }

export function HistoryFilters(props: {
  search: HistorySearch
  onChange: (change: Partial<Filters>) => void
  fleet: boolean
}) {
  const t = useText()
  const plan = usePlanText()
  const { search, onChange } = props
  const meshes = useQuery(api.meshes.list.queryOptions({ input: { size: 500 }, enabled: props.fleet }))
  return (
    <>
      <FilterSelect
        label={t('phase')}
        all={t('allPhases')}
        value={search.phase}
        options={phases.map((phase) => ({ value: phase, label: plan(`phase.${phase}`) }))}
        onChange={(phase) => onChange({ phase, page: undefined })}
      />
      {props.fleet && (
        <FilterSelect
          label={t('mesh')}
          all={t('allMeshes')}
          value={search.mesh}
          options={named((meshes.data?.items ?? []).map(({ name }) => name))}
          onChange={(mesh) => onChange({ mesh, page: undefined })}
        />
      )}
    </>
  )
}
