import type { ReactNode } from 'react'
import { useWords } from './kit.tsx'
import './stage-list.css'
import { type Health, StatusShape } from './status.tsx'
import { TimeAgo } from './time-ago.tsx'

type StageState = 'pending' | 'running' | 'done' | 'failed' | 'blocked'
export type StageText = {
  id: string
  title: string
  place?: string | undefined
  state: StageState
  since?: string | undefined
  /** The word of the domain; the kit's own word for the state when absent. */
  word?: string | undefined
  /** What it waits for, or why it failed. */
  reason?: ReactNode
  /** What to do about it, with the means to do it. */
  fix?: ReactNode
}

const health: Record<StageState, Health> = {
  pending: 'unknown',
  running: 'working',
  done: 'healthy',
  failed: 'broken',
  blocked: 'attention',
}

/** Something long, a stage at a time: where it is, what it waits for and since when. */
export function StageList(props: { label: string; stages: StageText[] }) {
  const t = useWords()
  const words: Record<StageState, string> = {
    pending: t('waiting'),
    running: t('running'),
    done: t('done'),
    failed: t('failed'),
    blocked: t('blocked'),
  }
  return (
    <ol className="ow-stages" aria-label={props.label}>
      {props.stages.map((stage) => (
        <li key={stage.id} data-state={stage.state} aria-current={stage.state === 'running' ? 'step' : undefined}>
          <StatusShape health={health[stage.state]} />
          <div className="ow-stage">
            <div className="ow-stage-head">
              <span className="ow-stage-title">{stage.title}</span>
              {stage.place !== undefined && <span className="ow-tag">{stage.place}</span>}
              <span className={`ow-ink-${health[stage.state]}`}>{stage.word ?? words[stage.state]}</span>
              {stage.since !== undefined && stage.state !== 'pending' && (
                <span className="ow-muted">
                  <TimeAgo at={stage.since} since={stage.state !== 'done'} />
                </span>
              )}
            </div>
            {stage.reason !== undefined && <p>{stage.reason}</p>}
            {stage.fix !== undefined && <div className="ow-stage-fix">{stage.fix}</div>}
          </div>
        </li>
      ))}
    </ol>
  )
}
