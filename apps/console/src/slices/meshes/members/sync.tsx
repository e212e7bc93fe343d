import type { MemberSync } from '@orbweaver/contracts/member-sync'
import type { MeshDetail } from '@orbweaver/contracts/meshes'
import { Section } from '@orbweaver/ui/page'
import { Status } from '@orbweaver/ui/status'
import { TimeAgo } from '@orbweaver/ui/time-ago'
import { Button } from 'antd'
import { AppLink } from '../../../app/link.tsx'
import { usePlan } from '../../../app/plan/use-plan.ts'
import { paths } from '../../../paths.ts'
import { useMessage } from '../../../text/messages.ts'
import { isBroken, type Member, memberHealth, syncHealth } from '../health.ts'
import { useText } from '../text.ts'

/** How a member is: by its stages, unless istiod says that it does not serve it. */
export function MemberStatus(props: { of: Member; why?: boolean }) {
  const t = useText()
  const say = useMessage()
  const member = props.of
  const { state, reason } = member
  return (
    <Status
      health={memberHealth(member)}
      word={t(isBroken(member) ? 'members.unserved' : `members.state.${state}`)}
      reason={props.why !== true || reason === undefined ? undefined : say(reason)}
    />
  )
}

/** What istiod says of a member, and when; or why it could not be asked. */
export function SyncStatus(props: { of: MemberSync | undefined }) {
  const t = useText()
  const say = useMessage()
  const sync = props.of
  if (sync === undefined) return <span className="ow-muted">–</span>
  const { state, asOf, why } = sync
  return (
    <span title={why === undefined ? undefined : say(why)}>
      <Status
        health={syncHealth[state]}
        word={t(`sync.state.${state}`)}
        reason={why === undefined ? undefined : say(why)}
      />
      {state !== 'not-asked' && (
        <span className="ow-muted">
          {' '}
          <TimeAgo at={asOf} />
        </span>
      )}
    </span>
  )
}

/** Members that are ready and that istiod does not serve: each with what to look at, and the plan that may mend it. */
export function Unserved(props: { mesh: string; members: MeshDetail['members'] | undefined }) {
  const t = useText()
  const plan = usePlan()
  const members = (props.members ?? []).filter(isBroken)
  if (members.length === 0) return null
  const repair = (
    <Button size="small" onClick={() => plan.open({ type: 'meshes.repair', name: props.mesh })}>
      {t('action.repair')}
    </Button>
  )
  return (
    <Section title={t('sync.unserved')} aside={repair}>
      <p className="ow-soft">{t('sync.unservedHint')}</p>
      <ul className="mesh-lines">
        {members.map(({ cluster, sync }) => (
          <li key={cluster}>
            <AppLink to={paths.cluster(cluster)}>{cluster}</AppLink>
            <SyncStatus of={sync} />
            <Advice cluster={cluster} sync={sync} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Advice(props: { cluster: string; sync: MemberSync }) {
  const t = useText()
  const say = useMessage()
  const { cluster, sync } = props
  const { state, secretName, replicas } = sync
  return (
    <div className="mesh-advice">
      {state === 'timeout' && (
        <p>
          {secretName === undefined
            ? t('sync.advice.timeout', { cluster })
            : t('sync.advice.timeoutOf', { cluster, secret: secretName })}
        </p>
      )}
      {state === 'unknown-to-istiod' && <p>{t('sync.advice.unknown', { cluster })}</p>}
      {replicas.length > 1 && (
        <ul className="ow-soft" aria-label={t('sync.replicas')}>
          {replicas.map(({ pod, state: told, why }) => (
            <li key={pod}>
              <code>{pod}</code> {t(`sync.state.${told}`)}
              {why !== undefined && ` · ${say(why)}`}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
