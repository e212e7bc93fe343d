import { Select } from 'antd'
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
      <Select
        aria-label={t('phase')}
        placeholder={t('allPhases')}
        allowClear
        style={{ width: 140 }}
        value={search.phase ?? null}
        options={phases.map((phase) => ({ value: phase, label: plan(`phase.${phase}`) }))}
        onChange={(phase) => onChange({ phase, page: undefined })}
      />
      {props.fleet && (
        <Select
          aria-label={t('mesh')}
          placeholder={t('allMeshes')}
          allowClear
          showSearch
          style={{ width: 180 }}
          value={search.mesh ?? null}
          options={(meshes.data?.items ?? []).map((mesh) => ({ value: mesh.name, label: mesh.name }))}
          onChange={(mesh) => onChange({ mesh, page: undefined })}
        />
      )}
    </>
  )
}
