import type { MeshDetail } from '@orbweaver/contracts/meshes'
import { flagAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { CopyText } from '@orbweaver/ui/copy-text'
import { type Fact, KeyValue } from '@orbweaver/ui/key-value'
import { TimeAgo } from '@orbweaver/ui/time-ago'
import { AppLink } from '../../../app/link.tsx'
import { paths } from '../../../paths.ts'
import { ClusterCount, MeshVersion, PodCount, ProxyVersions } from '../columns.tsx'
import { useFormText } from '../form/text.ts'
import { useText } from '../text.ts'
import { GatewayNumbers, ServiceNumbers } from './numbers.tsx'
import { useOverviewText } from './text.ts'

/** What the mesh is and says, from its record; a setting that is not set says whose default holds. */
export function MeshFacts(props: { detail: MeshDetail }) {
  const t = useText()
  const told = useOverviewText()
  const { mesh, spec, entrance, numbers } = props.detail
  const { controlPlane } = spec
  const settings = useSettings(props.detail)
  return (
    <KeyValue
      columns={2}
      facts={[
        { label: t('fact.kind'), value: t(`kind.${mesh.kind}`) },
        { label: t('fact.version'), value: mesh.version === undefined ? undefined : <MeshVersion of={mesh} /> },
        { label: t('column.proxies'), value: <ProxyVersions of={mesh.proxies} /> },
        {
          label: t('fact.controlPlane'),
          value: <AppLink to={paths.cluster(mesh.controlPlaneCluster)}>{mesh.controlPlaneCluster}</AppLink>,
        },
        { label: t('fact.namespace'), value: <code>{controlPlane.namespace}</code> },
        ...(controlPlane.revision === undefined
          ? []
          : [{ label: t('fact.revision'), value: <code>{controlPlane.revision}</code> }]),
        ...(entrance === undefined
          ? []
          : [{ label: t('overview.entrance'), value: <CopyText text={entrance.address} /> }]),
        { label: t('fact.clusters'), value: <ClusterCount of={mesh} words /> },
        { label: t('fact.pods'), value: <PodCount of={mesh} words /> },
        { label: told('numbers.servicesLabel'), value: <ServiceNumbers services={numbers.services} /> },
        { label: told('numbers.ingress'), value: <GatewayNumbers gateways={numbers.gateways?.ingress} /> },
        { label: told('numbers.egress'), value: <GatewayNumbers gateways={numbers.gateways?.egress} /> },
        { label: t('fact.created'), value: <TimeAgo at={mesh.createdAt} /> },
        ...(mesh.kind === 'External' ? [] : settings),
      ]}
    />
  )
}

function useSettings({ spec }: MeshDetail): Fact[] {
  const t = useText()
  const form = useFormText()
  const unset = <span className="ow-muted">{t('fact.notSet')}</span>
  const flag = (...path: string[]) => {
    const on = flagAt(spec.settings, ...path)
    if (on === undefined) return unset
    return on ? t('fact.yes') : t('fact.no')
  }
  const outbound = textAt(spec.settings, 'governance', 'outboundTrafficPolicy')
  const sampling = numberAt(spec.settings, 'system', 'tracing', 'sampling')
  const { size, replicas, imageHub } = spec.controlPlane
  return [
    {
      label: t('fact.outbound'),
      value: outbound === 'ALLOW_ANY' || outbound === 'REGISTRY_ONLY' ? form(`outbounds.${outbound}`) : unset,
    },
    { label: t('fact.injectByDefault'), value: flag('sidecar', 'injectByDefault') },
    { label: t('fact.accessLog'), value: flag('system', 'accessLog', 'enabled') },
    {
      label: t('fact.tracing'),
      value: sampling === undefined ? flag('system', 'tracing', 'enabled') : t('fact.sampling', { percent: sampling }),
    },
    { label: t('fact.size'), value: size === undefined ? unset : form(`sizes.${size}`) },
    { label: t('fact.replicas'), value: replicas ?? unset },
    ...(imageHub === undefined ? [] : [{ label: t('fact.imageHub'), value: <code>{imageHub}</code> }]),
  ]
}
