import type { Intent } from '@orbweaver/contracts/intent'
import type { Message } from '@orbweaver/contracts/message'
import type { Plan } from '@orbweaver/contracts/plan'
import { Drawer } from '@orbweaver/ui/drawer'
import { Failure } from '@orbweaver/ui/failure'
import { Skeleton } from '@orbweaver/ui/skeleton'
import { Status } from '@orbweaver/ui/status'
import { useFailure } from '../../api/failure.ts'
import { useMessage } from '../../text/messages.ts'
import { ChangeProgress } from './change-progress.tsx'
import { phaseHealth } from './change-state.ts'
import { PlanFooter, ProgressFooter } from './plan-footer.tsx'
import { Reasons } from './plan-notes.tsx'
import { PlanView } from './plan-view.tsx'
import './plan.css'
import { usePlanText } from './text.ts'
import { useMeshOf } from './use-mesh-of.ts'
import type { PlanOptions } from './use-plan.ts'
import { type PlanRun, usePlanRun } from './use-plan-run.ts'

/** The one drawer for everything that is changed: first the plan, then, in the same place, its progress. */
export function PlanDrawer(props: {
  id: number
  intent: Intent
  options: PlanOptions
  open: boolean
  onClose: () => void
  onClosed: () => void
}) {
  const t = usePlanText()
  const say = useMessage()
  const run = usePlanRun(props)
  const title = run.plan === undefined ? t('planning') : say(run.plan.title)
  const mesh = useMeshOf(props.intent)
  const { onClose } = props
  return (
    <Drawer
      title={title}
      open={props.open}
      width={props.options.compact === true ? 'narrow' : 'wide'}
      onClose={onClose}
      onClosed={props.onClosed}
      footer={
        run.change === undefined ? (
          <PlanFooter run={run} intent={props.intent} options={props.options} onClose={onClose} />
        ) : (
          <ProgressFooter change={run.change} onClose={onClose} />
        )
      }
    >
      {run.change === undefined ? (
        <PlanPart
          run={run}
          compact={props.options.compact === true}
          mesh={mesh}
          intent={props.intent}
          onFollow={onClose}
        />
      ) : (
        <ProgressPart run={run} />
      )}
    </Drawer>
  )
}

type Reading = { compact: boolean; mesh: string | undefined; intent: Intent; onFollow: () => void }

function PlanPart(props: { run: PlanRun } & Reading) {
  const t = usePlanText()
  const say = useFailure()
  const { run, ...reading } = props
  return (
    <div className="ow-plan">
      {run.outdated.length > 0 && <Reasons title={t('outdated')} reasons={run.outdated} />}
      {run.failed !== undefined && (
        <Failure failure={say(run.failed)} onRetry={run.plan === undefined ? run.replan : undefined} />
      )}
      {run.reasons.length > 0 && <Held reasons={run.reasons} />}
      <Planned plan={run.plan} pending={run.planning} {...reading} />
    </div>
  )
}

/** Why it cannot be executed; that there is nothing to do is no trouble. */
function Held(props: { reasons: Message[] }) {
  const t = usePlanText()
  const idle = props.reasons.every((reason) => reason.code === 'plan.nothing_to_do')
  return (
    <Reasons title={t(idle ? 'nothingToDo' : 'blocked')} reasons={props.reasons} tone={idle ? 'calm' : 'blocked'} />
  )
}

function Planned(props: { plan: Plan | undefined; pending: boolean } & Reading) {
  const { plan, pending, ...reading } = props
  if (plan !== undefined) return <PlanView plan={plan} {...reading} />
  return pending ? <Skeleton lines={8} /> : null
}

function ProgressPart(props: { run: PlanRun }) {
  const t = usePlanText()
  const { change } = props.run
  if (change === undefined) return null
  const going = change.phase === 'running' || change.phase === 'pending'
  return (
    <div className="ow-plan">
      <Status health={phaseHealth[change.phase]} word={t(`phase.${change.phase}`)} />
      {going && <p className="ow-soft">{t('progress.closable')}</p>}
      <ChangeProgress change={change} />
    </div>
  )
}
