import type { Cluster } from '@orbweaver/contracts/clusters'
import type { ClusterTruth } from '@orbweaver/contracts/envelope'
import { CopyText } from '@orbweaver/ui/copy-text'
import { KeyValue } from '@orbweaver/ui/key-value'
import { TimeAgo } from '@orbweaver/ui/time-ago'
import { AppLink } from '../../app/link.tsx'
import { paths } from '../../paths.ts'
import { useListed } from '../../text/use-language.ts'
import { DataAge, OperatorState } from './columns.tsx'
import { PrometheusPlace } from './prometheus/place.tsx'
import { useText } from './text.ts'

export function ClusterFacts(props: { cluster: Cluster; truth: ClusterTruth | undefined; readAt: number }) {
  const t = useText()
  const { cluster, truth } = props
  const { spec, mesh, operator } = cluster
  return (
    <KeyValue
      columns={2}
      facts={[
        {
          label: t('fact.server'),
          value: cluster.server === undefined ? undefined : <CopyText text={cluster.server} />,
          wide: true,
        },
        {
          label: t('fact.peerAddress'),
          value: spec.peerAddress === undefined ? t('fact.samePeer') : <CopyText text={spec.peerAddress} />,
          wide: true,
        },
        { label: t('fact.displayName'), value: spec.displayName },
        ...(cluster.clusterId === undefined
          ? []
          : [{ label: t('fact.clusterId'), value: <code>{cluster.clusterId}</code> }]),
        { label: t('column.version'), value: cluster.kubernetesVersion },
        { label: t('column.operator'), value: <OperatorState of={cluster} /> },
        { label: t('fact.offeredVersions'), value: <Versions of={operator?.versions ?? []} /> },
        {
          label: t('column.mesh'),
          value: mesh === undefined ? undefined : <AppLink to={paths.mesh(mesh)}>{mesh}</AppLink>,
        },
        { label: t('column.role'), value: t(`role.${cluster.role}`) },
        { label: t('column.network'), value: spec.network },
        { label: t('column.provider'), value: spec.provider },
        { label: t('column.region'), value: spec.region },
        { label: t('column.nodes'), value: cluster.nodes },
        { label: t('column.namespaces'), value: cluster.namespaces },
        { label: t('column.pods'), value: cluster.pods },
        { label: t('column.data'), value: <DataAge truth={truth} readAt={props.readAt} /> },
        { label: t('fact.registered'), value: <TimeAgo at={cluster.registeredAt} /> },
        {
          label: 'Prometheus',
          value: <PrometheusPlace of={cluster} edit={paths.clusterEdit(cluster.name)} />,
          wide: true,
        },
        ...(spec.identity?.userPrefix === undefined
          ? []
          : [{ label: t('fact.identityUser'), value: <code>{spec.identity.userPrefix}</code> }]),
        ...(spec.identity?.groupPrefix === undefined
          ? []
          : [{ label: t('fact.identityGroup'), value: <code>{spec.identity.groupPrefix}</code> }]),
      ]}
    />
  )
}

/** Newest first; an operator installs dozens. */
function Versions(props: { of: string[] }) {
  const t = useText()
  const listed = useListed()
  const [newest, ...others] = props.of
  if (newest === undefined) return <span className="ow-muted">–</span>
  if (others.length === 0) return newest
  return (
    <details>
      <summary>{t('fact.andOthers', { newest, count: others.length })}</summary>
      {listed(others)}
    </details>
  )
}
