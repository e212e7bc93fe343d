import type { Cluster } from '@orbweaver/contracts/clusters'
import { CopyText } from '@orbweaver/ui/copy-text'
import { AppLink } from '../../../app/link.tsx'
import { usePrometheusText } from './text.ts'

/** Where the Prometheus of a cluster is, in one line, and what else is said of it; or the way to say it. */
export function PrometheusPlace(props: { of: Pick<Cluster, 'spec' | 'prometheusHolds'>; edit: string }) {
  const t = usePrometheusText()
  const { spec, prometheusHolds: held = [] } = props.of
  const source = spec.prometheus
  if (source === undefined) return <AppLink to={props.edit}>{t('set')}</AppLink>
  const { url, service, path = '', tenant, clusterLabel } = source
  const place = url ?? `${service?.namespace}/${service?.name}:${service?.port}`
  return (
    <>
      <CopyText text={place + path} />
      {tenant !== undefined && <div className="ow-muted">{t('ofTenant', { tenant })}</div>}
      {clusterLabel !== undefined && <div className="ow-muted">{t('byLabel', { label: clusterLabel })}</div>}
      {held.length > 0 && <div className="ow-muted">{t('holds', { what: held.map((each) => t(`held.${each}`)) })}</div>}
    </>
  )
}
