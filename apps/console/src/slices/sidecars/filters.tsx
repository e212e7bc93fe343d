import type { SearchChange } from '../../app/location.ts'
import { Checkbox, Select } from 'antd'
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
      <Select
        aria-label={t('policyTitle')}
        placeholder={t('allPolicies')}
        allowClear
        style={{ width: 150 }}
        value={search.policy ?? null}
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
      <Select
        aria-label={t('namespace')}
        placeholder={t('allNamespaces')}
        allowClear
        showSearch
        style={{ width: 180 }}
        value={search.namespace ?? null}
        options={names.map((name) => ({ value: name, label: name }))}
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
    <Select
      aria-label={t('cluster')}
      placeholder={t('allClusters')}
      allowClear
      style={{ width: 180 }}
      value={props.search.cluster ?? null}
      options={clusters.map((name) => ({ value: name, label: name }))}
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
