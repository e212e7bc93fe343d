import type { SearchChange } from '../../app/location.ts'
import { FilterSelect, named } from '@orbweaver/ui/filter-select'
import { Checkbox } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { policies, type SidecarSearch } from './search.ts'
import { useText } from './text.ts'
import { useClusters } from './use-clusters.ts'

type Change = (change: SearchChange<SidecarSearch>) => void

export function NamespaceFilters(props: { mesh: string; search: SidecarSearch; onChange: Change }) {
  const t = useText()
  const { search, onChange } = props
  return (
    <>
      <ClusterFilter {...props} />
      <FilterSelect
        label={t('policyTitle')}
        all={t('allPolicies')}
        value={search.policy}
        options={policies.map((policy) => ({ value: policy, label: t(`policy.${policy}`) }))}
        onChange={(policy) => onChange({ policy, page: undefined })}
      />
      <SystemFilter {...props} />
    </>
  )
}

export function WorkloadFilters(props: { mesh: string; search: SidecarSearch; onChange: Change }) {
  const t = useText()
  const { mesh, search, onChange } = props
  const places = useQuery(api.objects.places.queryOptions({ input: { mesh } }))
  const names = [...new Set((places.data?.places ?? []).flatMap((place) => place.namespaces))]
  return (
    <>
      <ClusterFilter {...props} />
      <FilterSelect
        label={t('namespace')}
        all={t('allNamespaces')}
        value={search.namespace}
        options={named(names)}
        onChange={(namespace) => onChange({ namespace, page: undefined })}
      />
      {search.namespace === undefined && <SystemFilter {...props} />}
    </>
  )
}

/** Nothing for a mesh of one cluster: there is no choice to make. */
function ClusterFilter(props: { mesh: string; search: SidecarSearch; onChange: Change }) {
  const t = useText()
  const clusters = useClusters(props.mesh)
  if (clusters.length < 2 && props.search.cluster === undefined) return null
  return (
    <FilterSelect
      label={t('cluster')}
      all={t('allClusters')}
      value={props.search.cluster}
      options={named(clusters)}
      onChange={(cluster) => props.onChange({ cluster, page: undefined })}
    />
  )
}

function SystemFilter(props: { search: SidecarSearch; onChange: Change }) {
  const t = useText()
  const { search, onChange } = props
  return (
    <Checkbox
      checked={search.system === 'yes'}
      onChange={(event) => onChange({ system: event.target.checked ? 'yes' : undefined, page: undefined })}
    >
      {t('showSystem')}
    </Checkbox>
  )
}
