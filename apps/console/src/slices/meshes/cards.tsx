import type { MeshSummary } from '@orbweaver/contracts/meshes'
import { KeyValue } from '@orbweaver/ui/key-value'
import { Tag } from '@orbweaver/ui/tag'
import { TimeAgo } from '@orbweaver/ui/time-ago'
import { AppLink } from '../../app/link.tsx'
import { paths } from '../../paths.ts'
import { CardMenu } from './card-menu.tsx'
import { ClusterCount, MeshName, MeshStatus, MeshVersion, PodCount, ProxyVersions } from './columns.tsx'
import { KindPicture } from './form/kind-picture.tsx'
import { useText } from './text.ts'
import './cards.css'

/** The same rows as cards: what one mesh is, at a glance. */
export function MeshCards(props: { meshes: MeshSummary[] }) {
  const t = useText()
  return (
    <ul className="mesh-cards" aria-label={t('title')}>
      {props.meshes.map((mesh) => (
        <li key={mesh.name} className="ow-card mesh-card">
          <MeshCard mesh={mesh} />
        </li>
      ))}
    </ul>
  )
}

function MeshCard(props: { mesh: MeshSummary }) {
  const t = useText()
  const { mesh } = props
  return (
    <>
      <div className="mesh-card-head">
        <div>
          <h2>
            <MeshName of={mesh} />
          </h2>
          <MeshStatus of={mesh} />
        </div>
        <div className="mesh-card-side">
          <KindPicture kind={mesh.kind} />
          <CardMenu mesh={mesh} />
        </div>
      </div>
      <KeyValue
        columns={2}
        facts={[
          { label: t('column.kind'), value: <Tag>{t(`kind.${mesh.kind}`)}</Tag> },
          { label: t('column.version'), value: mesh.version === undefined ? undefined : <MeshVersion of={mesh} /> },
          {
            label: t('column.controlPlane'),
            value: <AppLink to={paths.cluster(mesh.controlPlaneCluster)}>{mesh.controlPlaneCluster}</AppLink>,
          },
          { label: t('column.clusters'), value: <ClusterCount of={mesh} words /> },
          { label: t('column.pods'), value: <PodCount of={mesh} words /> },
          { label: t('column.proxies'), value: <ProxyVersions of={mesh.proxies} /> },
          { label: t('column.created'), value: <TimeAgo at={mesh.createdAt} /> },
        ]}
      />
      {mesh.pods.pendingRestart > 0 && (
        <AppLink to={paths.sidecars(mesh.name, { tab: 'workloads' })}>
          {t('pendingRestart', { count: mesh.pods.pendingRestart })}
        </AppLink>
      )}
    </>
  )
}
