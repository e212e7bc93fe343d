import type { Intent } from '@orbweaver/contracts/intent'
import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import type { Impact, Plan } from '@orbweaver/contracts/plan'
import { lazy, Suspense } from 'react'
import { useMessage } from '../../text/messages.ts'
import { Truths } from '../truths.tsx'
import { DerivedObjects } from './derived-objects.tsx'
import { Effects } from './effects.tsx'
import { Findings } from './findings.tsx'
import { ObjectName } from './object-name.tsx'
import { placeOf } from './place-of.ts'
import { PlanItems } from './plan-items.tsx'
import { usePlanText } from './text.ts'

/** With what the simulators say, which is much: the plan does not wait for it. */
const Comparison = lazy(async () => ({ default: (await import('./comparison/comparison.tsx')).Comparison }))

/** A plan as one reads it: what changes, what follows, whom it touches, what gets better or worse. */
export function PlanView(props: {
  plan: Plan
  compact: boolean
  /** The mesh it is about: its pages show what findings are of. */
  mesh: string | undefined
  /** With it, what the plan makes of traffic is asked for. */
  intent?: Intent
  onFollow?: () => void
}) {
  const t = usePlanText()
  const { plan, mesh, intent, onFollow } = props
  const places = {
    ...(mesh !== undefined && { placeOf: (ref: ObjectRef) => placeOf(mesh, ref) }),
    ...(onFollow !== undefined && { onFollow }),
  }
  const { introduced, solved, remaining } = plan.findings
  const troubled = introduced.length + solved.length + remaining.length > 0
  return (
    <>
      <Truths truths={plan.clusters} />
      {plan.items.length > 0 && (
        <section>
          <h3>{t('changes')}</h3>
          <PlanItems items={plan.items} open={!props.compact && plan.items.length <= 2} />
        </section>
      )}
      {plan.derived.length > 0 && (
        <section>
          <h3>{t('derived')}</h3>
          <p className="ow-soft">{t('derivedHint')}</p>
          <DerivedObjects objects={plan.derived} />
        </section>
      )}
      {plan.items.length > 0 && (
        <section>
          <h3>{t('impact')}</h3>
          <Effects effects={plan.impact.effects ?? []} />
          <ImpactView impact={plan.impact} undoable={plan.undoable} />
        </section>
      )}
      {mesh !== undefined && intent !== undefined && (
        <Suspense fallback={null}>
          <Comparison
            key={plan.fingerprint}
            plan={plan}
            draft={{ id: plan.fingerprint, mesh, intent, title: plan.title }}
            onFollow={onFollow}
          />
        </Suspense>
      )}
      {troubled && (
        <section>
          <h3>{t('findings')}</h3>
          <Findings title={t('introduced')} findings={introduced} open {...places} />
          <Findings title={t('solved')} findings={solved} solved {...places} />
          <Findings title={t('remaining')} findings={remaining} {...places} />
        </section>
      )}
    </>
  )
}

function ImpactView(props: { impact: Impact; undoable: boolean }) {
  const t = usePlanText()
  const say = useMessage()
  const { workloads, podsRestarting, connectionsBreak, notes } = props.impact
  return (
    <div className="ow-stack">
      <ul className="ow-impact">
        <li>
          {podsRestarting === 0 ? t('noImpact') : t('pods', { count: podsRestarting })}
          {podsRestarting > 0 && ` ${connectionsBreak ? t('connectionsBreak') : t('connectionsDrain')}`}
        </li>
        {notes.map((note) => (
          <li key={JSON.stringify(note)}>{say(note)}</li>
        ))}
        {!props.undoable && <li>{t('notUndoable')}</li>}
      </ul>
      {workloads.length > 0 && (
        <ul className="ow-items" aria-label={t('workloads')}>
          {workloads.map((workload) => (
            <li key={JSON.stringify(workload.ref)} className="ow-item">
              <div className="ow-item-head">
                <ObjectName of={workload.ref} />
                <span className="ow-muted ow-number">{t('workloadPods', { count: workload.pods })}</span>
                {workload.restarts && <span className="ow-op ow-op-restart">{t('restarts')}</span>}
              </div>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
