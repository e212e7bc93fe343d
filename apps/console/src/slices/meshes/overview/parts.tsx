import type { MeshDetail, MeshSummary } from '@orbweaver/contracts/meshes'
import type { Message } from '@orbweaver/contracts/message'
import { Section, SmallButton } from '@orbweaver/ui/page'
import { Status } from '@orbweaver/ui/status'
import { Tag } from '@orbweaver/ui/tag'
import { AppLink } from '../../../app/link.tsx'
import { usePlan } from '../../../app/plan/use-plan.ts'
import { ObjectName } from '../../../app/plan/object-name.tsx'
import { paths } from '../../../paths.ts'
import { useMessage } from '../../../text/messages.ts'
import { useText } from '../text.ts'
import { plainVersion } from '../version.ts'
import { useOverviewText } from './text.ts'

/** What somebody should look at in this mesh, each with where. */
export function MeshAttention(props: { mesh: string; notes: Message[] }) {
  const t = useText()
  const say = useMessage()
  const { mesh, notes } = props
  if (notes.length === 0) return null
  const links: Record<string, { to: string; word: string }> = {
    'meshes.members_unserved': { to: paths.meshClusters(mesh), word: t('overview.seeClusters') },
    'meshes.clusters_unhealthy': { to: paths.meshClusters(mesh), word: t('overview.seeClusters') },
    'meshes.pods_pending_restart': { to: paths.sidecars(mesh, { tab: 'workloads' }), word: t('overview.seePods') },
  }
  return (
    <Section title={t('overview.attention')}>
      <ul className="mesh-lines">
        {notes.map((note) => {
          const link = links[note.code]
          return (
            <li key={note.code}>
              <Status health="attention" word={say(note)} />
              {link !== undefined && <AppLink to={link.to}>{link.word}</AppLink>}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

export function Components(props: { components: MeshDetail['components'] }) {
  const t = useText()
  const { components } = props
  return (
    <Section title={t('overview.components')}>
      {components.length === 0 && <p className="ow-muted">{t('overview.noComponents')}</p>}
      <ul className="mesh-lines">
        {components.map(({ ref, ready, desired, version }) => (
          <li key={JSON.stringify(ref)}>
            <span className="mesh-line-name">
              <code>{ref.name}</code> <Tag>{ref.cluster}</Tag>
              {version !== undefined && <span className="ow-muted"> {version}</span>}
            </span>
            <span className="ow-spring" />
            <Status
              health={ready >= desired && desired > 0 ? 'healthy' : 'attention'}
              word={t('overview.ready', { ready, desired })}
            />
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** States of an IstioRevision other than Healthy (Sail Operator api/v1, 1.31). */
const revisionStates = [
  'ReconcileError',
  'IstiodNotReady',
  'RemoteIstiodNotReady',
  'NameAlreadyExists',
  'ReadinessCheckFailed',
] as const

/** While it is being made, or goes, nobody asks where its default is. */
const passing: readonly MeshSummary['phase'][] = ['pending', 'progressing', 'terminating']

/** Revisions of a mesh; the default may be moved to that of its version, or it is said why not. */
export function Revisions(props: {
  mesh: Pick<MeshSummary, 'name' | 'kind' | 'phase'>
  revisions: MeshDetail['revisions']
  stays: MeshDetail['defaultStays']
}) {
  const t = useText()
  const words = useOverviewText()
  const plan = usePlan()
  const say = useMessage()
  const { mesh, revisions, stays } = props
  const isBeside = revisions.some(({ isDefault }) => isDefault)
  const moves = mesh.kind !== 'External' && (isBeside ? mesh.phase !== 'terminating' : !passing.includes(mesh.phase))
  const stateOf = (state: string) => {
    const known = revisionStates.find((each) => each === state)
    return known === undefined ? state : words(`revisionState.${known}`)
  }
  return (
    <Section title={t('overview.revisions')}>
      {revisions.length === 0 && <p className="ow-muted">{t('overview.noRevisions')}</p>}
      <ul className="mesh-lines">
        {revisions.map(({ name, version, state, active, inUse, isDefault }) => (
          <li key={name}>
            <span className="mesh-line-name">
              <code>{name}</code> <span className="ow-muted">{plainVersion(version)}</span>
            </span>
            {active && <Tag tone="accent">{t('overview.active')}</Tag>}
            {isDefault && <Tag>{t('overview.isDefault')}</Tag>}
            <Tag>{inUse ? t('overview.inUse') : t('overview.unused')}</Tag>
            <span className="ow-spring" />
            {moves && active && !isDefault && (
              <SmallButton
                action={{
                  label: t('overview.makeDefault'),
                  disabled: stays === undefined ? undefined : say(stays),
                  onSelect: () => plan.open({ type: 'meshes.move-default', name: mesh.name }),
                }}
              />
            )}
            <Status
              health={state === 'Healthy' ? 'healthy' : 'attention'}
              word={state === 'Healthy' ? t('phase.ready') : stateOf(state)}
            />
          </li>
        ))}
      </ul>
    </Section>
  )
}

export function Leftovers(props: { leftovers: MeshDetail['leftovers'] }) {
  const t = useText()
  if (props.leftovers.length === 0) return null
  return (
    <Section title={t('overview.leftovers')}>
      <p className="ow-soft">{t('overview.leftoversHint')}</p>
      <ul className="mesh-lines">
        {[...new Set(props.leftovers.map((ref) => ref.cluster))].map((cluster) => (
          <LeftIn key={cluster} cluster={cluster} refs={props.leftovers.filter((ref) => ref.cluster === cluster)} />
        ))}
      </ul>
    </Section>
  )
}

/** Folded: there are as many kinds as Istio has. */
function LeftIn(props: { cluster: string; refs: MeshDetail['leftovers'] }) {
  const t = useText()
  const words = useOverviewText()
  const { cluster, refs } = props
  return (
    <li>
      <details>
        <summary>{words('leftovers', { count: refs.length, cluster })}</summary>
        <ul>
          {refs.map((ref) => (
            <li key={JSON.stringify(ref)}>
              <ObjectName of={ref} hideCluster />
            </li>
          ))}
        </ul>
      </details>
      <span className="ow-spring" />
      <AppLink to={paths.cluster(cluster)}>{t('overview.leftoversAt', { cluster })}</AppLink>
    </li>
  )
}
