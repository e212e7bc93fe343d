import type { Cluster } from '@orbweaver/contracts/clusters'
import type { ClusterTruth } from '@orbweaver/contracts/envelope'
import type { Column } from '@orbweaver/ui/data-table'
import { Status } from '@orbweaver/ui/status'
import { TimeAgo } from '@orbweaver/ui/time-ago'
import { AppLink } from '../../app/link.tsx'
import { paths } from '../../paths.ts'
import { useMessage } from '../../text/messages.ts'
import { clusterState, dataAge } from './cluster-state.ts'
import { useText } from './text.ts'

export function useClusterColumns(truths: ClusterTruth[] | undefined, readAt: number): Column<Cluster>[] {
  const t = useText()
  const truthOf = (cluster: Cluster) => truths?.find((each) => each.cluster === cluster.name)
  return [
    {
      key: 'name',
      title: t('column.name'),
      sort: 'name',
      always: true,
      width: '24%',
      render: (cluster) => <Name of={cluster} />,
    },
    {
      key: 'state',
      title: t('column.state'),
      render: (cluster) => <ClusterStatus cluster={cluster} truth={truthOf(cluster)} />,
    },
    { key: 'version', title: t('column.version'), render: ({ kubernetesVersion }) => kubernetesVersion ?? <Unknown /> },
    { key: 'operator', title: t('column.operator'), render: (cluster) => <OperatorState of={cluster} /> },
    {
      key: 'istio',
      title: t('column.istio'),
      width: '16%',
      render: (cluster) => <IstioFound of={cluster} read={truthOf(cluster)?.asOf !== undefined} />,
    },
    {
      key: 'mesh',
      title: t('column.mesh'),
      sort: 'mesh',
      width: '20%',
      render: (cluster) => <MeshRole of={cluster} />,
    },
    {
      key: 'provider',
      title: t('column.provider'),
      sort: 'provider',
      optional: true,
      render: ({ spec }) => spec.provider,
    },
    { key: 'region', title: t('column.region'), sort: 'region', optional: true, render: ({ spec }) => spec.region },
    { key: 'network', title: t('column.network'), optional: true, render: ({ spec }) => spec.network },
    { key: 'nodes', title: t('column.nodes'), numeric: true, optional: true, render: ({ nodes }) => nodes ?? '–' },
    { key: 'pods', title: t('column.pods'), sort: 'pods', numeric: true, render: ({ pods }) => pods ?? '–' },
    { key: 'data', title: t('column.data'), render: (cluster) => <DataAge truth={truthOf(cluster)} readAt={readAt} /> },
  ]
}

function Unknown() {
  return <span className="ow-muted">–</span>
}

function MeshRole(props: { of: Cluster }) {
  const t = useText()
  const { mesh, role } = props.of
  if (mesh === undefined) return <Unknown />
  return (
    <span className="ow-row">
      <AppLink to={paths.mesh(mesh)} title={mesh}>
        {mesh}
      </AppLink>
      <span className="ow-muted cluster-second">{t(`role.${role}`)}</span>
    </span>
  )
}

function Name(props: { of: Cluster }) {
  const { name, spec } = props.of
  return (
    <span className="ow-row">
      <AppLink to={paths.cluster(name)} title={name}>
        {name}
      </AppLink>
      {spec.displayName !== undefined && spec.displayName !== name && (
        <span className="ow-muted cluster-second" title={spec.displayName}>
          {spec.displayName}
        </span>
      )}
    </span>
  )
}

export function ClusterStatus(props: { cluster: Cluster; truth: ClusterTruth | undefined; full?: boolean }) {
  const t = useText()
  const say = useMessage()
  const { health, word, reason, since } = clusterState(props.cluster, props.truth)
  const full = props.full === true
  return (
    <Status
      health={health}
      word={t(`state.${word}`)}
      reason={full && reason !== undefined ? say({ code: reason, params: {} }) : undefined}
      since={full || health === 'broken' ? since : undefined}
    />
  )
}

export function OperatorState(props: { of: Cluster }) {
  const t = useText()
  const { operator } = props.of
  if (operator === undefined) return <span className="ow-muted">{t('operator.unknown')}</span>
  if (!operator.found) return <span className="ow-muted">{t('operator.missing')}</span>
  return operator.version === undefined ? t('operator.found') : t('operator.version', { version: operator.version })
}

function IstioFound(props: { of: Cluster; read: boolean }) {
  const t = useText()
  const { istio, istioHidden } = props.of
  if (istio.length === 0 && istioHidden === true) return <span className="ow-muted">{t('istio.hidden')}</span>
  if (istio.length === 0 && !props.read) return <Unknown />
  if (istio.length === 0) return <span className="ow-muted">{t('istio.none')}</span>
  return istio.map(({ namespace, revision, version }) => (
    <div key={`${namespace}/${revision}`} className="cluster-found" title={revision}>
      {version}{' '}
      <span className={version === undefined ? 'ow-muted ow-mono' : 'ow-muted ow-mono cluster-second'}>{revision}</span>
    </div>
  ))
}

/** `readAt`: when the server was asked, in milliseconds since 1970. */
export function DataAge(props: { truth: ClusterTruth | undefined; readAt: number }) {
  const t = useText()
  const { truth } = props
  const at = dataAge(truth, props.readAt)
  if (at !== undefined) return <TimeAgo at={at} />
  return <span className="ow-muted">{truth?.asOf === undefined ? '–' : t('live')}</span>
}
