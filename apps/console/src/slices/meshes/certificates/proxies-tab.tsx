import { useClearing } from '@orbweaver/ui/clearing'
import { Empty } from '@orbweaver/ui/empty'
import { Section } from '@orbweaver/ui/page'
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { api } from '../../../api/api.ts'
import type { SearchChange } from '../../../app/location.ts'
import { ProxyTable } from './proxy-table.tsx'
import type { CertificateSearch } from './search.ts'
import { useCertificateText } from './text.ts'

type Props = {
  mesh: string
  clusters: string[]
  search: CertificateSearch
  onSearch: (change: SearchChange<CertificateSearch>) => void
}

/** The certificates that proxies hold: of gateways always, of workloads where one asks. */
export function ProxiesTab(props: Props) {
  const t = useCertificateText()
  const { mesh, search } = props
  const { cluster, namespace, workload } = search
  const chosen = { cluster: cluster ?? props.clusters[0] ?? '', namespace }
  const choices = <Choices {...props} cluster={chosen.cluster} />
  return (
    <>
      <p className="ow-soft">{t('proxies.hint')}</p>
      <Section title={t('proxies.gateways')}>
        <ProxyTable wish={{ mesh, of: 'gateways' }} />
      </Section>
      <Section title={t('proxies.workloads')}>
        {namespace === undefined ? (
          <>
            <div className="ow-row">{choices}</div>
            <Empty title={t('proxies.choose')} hint={t('proxies.chooseHint')} />
          </>
        ) : (
          <ProxyTable
            filters={choices}
            wish={{
              mesh,
              of: 'workloads',
              cluster: chosen.cluster,
              namespace,
              ...(workload !== undefined && { workload }),
            }}
          />
        )}
      </Section>
    </>
  )
}

/** As many namespaces and workloads as a list to choose from can show. */
const most = 200
const width = { width: 190 }

function Choices(props: Props & { cluster: string }) {
  const t = useCertificateText()
  const { mesh, cluster, search, onSearch } = props
  const clearing = useClearing()
  const { namespace, workload } = search
  const namespaces = useQuery(
    api.sidecars.namespaces.queryOptions({
      input: { mesh, cluster, size: most, system: true },
      enabled: cluster !== '',
    }),
  )
  const workloads = useQuery(
    api.sidecars.workloads.queryOptions({
      input: { mesh, cluster, namespace, size: most },
      enabled: namespace !== undefined && cluster !== '',
    }),
  )
  const options = (names: readonly string[]) => [...new Set(names)].toSorted().map((value) => ({ value, label: value }))
  return (
    <>
      <Select
        aria-label={t('cluster')}
        showSearch
        style={width}
        value={cluster}
        options={options(props.clusters)}
        onChange={(next) => onSearch({ cluster: next, namespace: undefined, workload: undefined })}
      />
      <Select
        aria-label={t('proxies.namespace')}
        placeholder={t('proxies.namespace')}
        showSearch
        allowClear={clearing(t('proxies.namespace'))}
        style={width}
        loading={namespaces.isFetching}
        value={namespace ?? null}
        options={options(namespaces.data?.items.map((each) => each.namespace) ?? [])}
        onChange={(next) => onSearch({ cluster, namespace: next, workload: undefined })}
      />
      <Select
        aria-label={t('proxies.workload')}
        placeholder={t('proxies.allWorkloads')}
        showSearch
        allowClear={clearing(t('proxies.workload'))}
        style={width}
        disabled={namespace === undefined}
        loading={workloads.isFetching}
        value={workload ?? null}
        options={options(workloads.data?.items.map(({ ref }) => ref.name) ?? [])}
        onChange={(next) => onSearch({ workload: next })}
      />
    </>
  )
}
