import type { Place } from '@orbweaver/istio/networks/connectivity'
import { Mermaid } from '@orbweaver/ui/mermaid'
import { Section } from '@orbweaver/ui/page'
import { Status } from '@orbweaver/ui/status'
import { Tag } from '@orbweaver/ui/tag'
import { Button } from 'antd'
import { useState } from 'react'
import { AppLink } from '../../../app/link.tsx'
import { useGo } from '../../../app/location.ts'
import { usePlan } from '../../../app/plan/use-plan.ts'
import { paths } from '../../../paths.ts'
import { useMessage } from '../../../text/messages.ts'
import { GatewayDrawer } from './gateway-drawer.tsx'
import { GatewayFacts } from './gateway-facts.tsx'
import { type Group, groupsOf, waysOf } from './groups.ts'
import { networkPicture } from './picture.ts'
import { useNetworkText } from './text.ts'
import { type Networks, useCrossings } from './use-networks.ts'

/** Networks, drawn and listed, with how each of their clusters is entered. */
export function GroupsTab(props: { mesh: string; networks: Networks; onMove: (clusters: string[]) => void }) {
  const t = useNetworkText()
  const go = useGo()
  const [editing, setEditing] = useState<Place | undefined>()
  const { mesh, networks, onMove } = props
  const { kind, deleting, members, exposure } = networks
  const crossings = useCrossings(mesh)
  const groups = groupsOf(members)
  const managed = kind === 'Managed'
  const source = networkPicture(groups, waysOf({ members, exposure, crossings }), t('unnamed'))
  const drawn = groups.flatMap((each) => each.members)
  const nodes = drawn.map(({ cluster, network }, index) => ({
    id: `c${index}`,
    label: cluster,
    note: network ?? t('unnamed'),
    onSelect: () => go(paths.cluster(cluster)),
  }))
  return (
    <>
      <p className="ow-soft mesh-lead">
        {!managed ? t('single') : groups.length === 1 ? t('one') : t('many', { count: groups.length })}
      </p>
      {managed && (
        <div className="ow-card network-picture">
          <Mermaid label={t('picture')} source={source} nodes={nodes} />
        </div>
      )}
      {exposure !== undefined && groups.length > 1 && <ExposureLine mesh={mesh} exposure={exposure} held={deleting} />}
      {groups.map((group) => (
        <NetworkCard
          key={group.network ?? ''}
          group={group}
          managed={managed}
          held={deleting}
          mesh={mesh}
          onMove={onMove}
          onEdit={setEditing}
        />
      ))}
      {editing !== undefined && <GatewayDrawer mesh={mesh} place={editing} onClose={() => setEditing(undefined)} />}
    </>
  )
}

function ExposureLine(props: { mesh: string; exposure: NonNullable<Networks['exposure']>; held: boolean }) {
  const t = useNetworkText()
  const plan = usePlan()
  const { wanted, found } = props.exposure
  const agrees = found === 'unknown' || (found === 'yes') === wanted
  const health = { yes: 'healthy', no: wanted ? 'broken' : 'attention', unknown: 'unknown' } as const
  const change = () =>
    plan.open({ type: 'meshes.expose-services', name: props.mesh, expose: !wanted }, { compact: true })
  return (
    <p className="ow-row network-exposure">
      <span>{t('exposure')}</span>
      <Status health={health[found]} word={t(`exposed.${found}`)} reason={agrees ? undefined : t('exposedPending')} />
      {!agrees && (
        <Button
          size="small"
          disabled={props.held}
          onClick={() => plan.open({ type: 'meshes.repair', name: props.mesh })}
        >
          {t('action.repair')}
        </Button>
      )}
      <Button size="small" disabled={props.held} onClick={change}>
        {wanted ? t('unexpose') : t('expose')}
      </Button>
    </p>
  )
}

function NetworkCard(props: {
  group: Group
  managed: boolean
  /** The mesh is being deleted. */
  held: boolean
  mesh: string
  onMove: (clusters: string[]) => void
  onEdit: (place: Place) => void
}) {
  const t = useNetworkText()
  const { group, managed } = props
  const { network, members } = group
  const rename = (
    <Button size="small" disabled={props.held} onClick={() => props.onMove(members.map(({ cluster }) => cluster))}>
      {t('action.rename')}
    </Button>
  )
  return (
    <Section title={network ?? t('unnamed')} aside={managed ? rename : undefined}>
      <ul className="mesh-lines">
        {members.map((place) => (
          <ClusterLine key={place.cluster} place={place} {...props} />
        ))}
      </ul>
    </Section>
  )
}

function ClusterLine(props: {
  place: Place
  managed: boolean
  held: boolean
  mesh: string
  onEdit: (place: Place) => void
}) {
  const t = useNetworkText()
  const say = useMessage()
  const { place, managed } = props
  return (
    <li className="network-line">
      <div className="network-cluster">
        <AppLink to={paths.cluster(place.cluster)}>{place.cluster}</AppLink> <Tag>{t(`role.${place.role}`)}</Tag>
        {managed && <small className="ow-muted">{t(`source.${place.source}`)}</small>}
      </div>
      <div className="network-gateways">
        {place.unread === undefined ? (
          <GatewayFacts place={place} managed={managed} />
        ) : (
          <Status health="unknown" reason={say(place.unread)} />
        )}
        <Stale place={place} mesh={props.mesh} />
      </div>
      {managed && (
        <Button
          size="small"
          disabled={props.held}
          aria-label={`${t('action.gateway')}: ${place.cluster}`}
          onClick={() => props.onEdit(place)}
        >
          {t('action.gateway')}
        </Button>
      )}
    </li>
  )
}

/** The second step of a move: Pods that were injected before it. */
function Stale(props: { place: Place; mesh: string }) {
  const t = useNetworkText()
  const plan = usePlan()
  const { stale } = props.place
  if (stale === undefined || stale.pods === 0) return null
  const restartable = stale.workloads.filter((each) => each.restartable).map((each) => each.ref)
  const byHand = stale.workloads.length - restartable.length
  return (
    <div className="ow-row">
      <Status
        health="attention"
        word={t('stale', { count: stale.pods })}
        reason={byHand > 0 ? t('byHand', { count: byHand }) : undefined}
      />
      {restartable.length > 0 && (
        <Button
          size="small"
          onClick={() => plan.open({ type: 'sidecars.restart', mesh: props.mesh, workloads: restartable })}
        >
          {t('restart', { count: restartable.length })}
        </Button>
      )}
    </div>
  )
}
