import type { MeshDetail } from '@orbweaver/contracts/meshes'
import { AppLink } from '../../../app/link.tsx'
import { paths } from '../../../paths.ts'
import { useMessage } from '../../../text/messages.ts'
import { Unseen } from '../columns.tsx'
import type { Member } from '../health.ts'
import { MemberStatus, SyncStatus } from '../members/sync.tsx'
import { useText } from '../text.ts'
import { byNetwork } from './actions.ts'
import './fleet-picture.css'

/** The control plane above its members, these grouped by the network they are on. Text and links, so it needs no twin. */
export function FleetPicture(props: { members: MeshDetail['members'] }) {
  const t = useText()
  const control = props.members.filter((each) => each.role === 'control-plane')
  const groups = byNetwork(props.members.filter((each) => each.role === 'member'))
  return (
    <section className="mesh-picture" aria-label={t('overview.picture')}>
      <ul className="mesh-picture-row">
        {control.map((member) => (
          <Box key={member.cluster} member={member} />
        ))}
      </ul>
      {groups.length > 0 && (
        <div className="mesh-networks">
          {groups.map(({ network, members }) => (
            <section key={network ?? ''} className="mesh-network" aria-label={network ?? t('overview.notNamed')}>
              <p className="ow-muted">{network === undefined ? t('overview.notNamed') : <code>{network}</code>}</p>
              <ul className="mesh-picture-row">
                {members.map((member) => (
                  <Box key={member.cluster} member={member} />
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </section>
  )
}

function Box(props: { member: Member }) {
  const t = useText()
  const say = useMessage()
  const { member } = props
  const { cluster, role, reason, pods, network, sync } = member
  return (
    <li className="mesh-box" data-role={role}>
      <AppLink to={paths.cluster(cluster)}>{cluster}</AppLink>
      <span className="ow-muted">
        {t(`members.role.${role}`)}
        {role === 'control-plane' && network !== undefined && ` · ${t('members.column.network')} ${network}`}
      </span>
      <MemberStatus of={member} />
      {reason !== undefined && <span className="ow-soft">{say(reason)}</span>}
      {sync !== undefined && (
        <span className="ow-soft">
          istiod: <SyncStatus of={sync} />
        </span>
      )}
      {pods.total === 0 ? <Unseen words /> : <span className="ow-soft ow-number">{t('podsFact', pods)}</span>}
    </li>
  )
}
