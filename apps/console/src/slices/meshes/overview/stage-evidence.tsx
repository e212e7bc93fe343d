import type { Stage } from '@orbweaver/contracts/meshes'
import type { EventEvidence, ObjectEvidence, StageEvidence } from '@orbweaver/contracts/stage-evidence'
import { isWell } from '@orbweaver/istio/meshes/told'
import { Status } from '@orbweaver/ui/status'
import { TimeAgo } from '@orbweaver/ui/time-ago'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../api/api.ts'
import { ObjectName } from '../../../app/plan/object-name.tsx'
import { QueryView } from '../../../app/query-view.tsx'
import { useMessage } from '../../../text/messages.ts'
import { useOverviewText } from './text.ts'
import './stages.css'

/** On request, why a stage stands as it does: read when it is opened, and again while it is open. */
export function Evidence(props: { mesh: string; stage: Stage }) {
  const t = useOverviewText()
  const [open, setOpen] = useState(false)
  return (
    <details className="mesh-evidence" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('evidence')}</summary>
      {open && <Asked {...props} />}
    </details>
  )
}

function Asked({ mesh, stage }: { mesh: string; stage: Stage }) {
  const input = { name: mesh, cluster: stage.cluster, stage: stage.name }
  // What Pods and events say is told to nobody.
  const query = useQuery(api.meshes.stage.queryOptions({ input, refetchInterval: 30_000 }))
  return <QueryView query={query}>{(evidence) => <Found evidence={evidence} />}</QueryView>
}

function Found({ evidence }: { evidence: StageEvidence }) {
  const t = useOverviewText()
  const say = useMessage()
  const { deadline, objects, events, logs, unread } = evidence
  return (
    <>
      {deadline !== undefined && (
        <p className="ow-soft">
          {t('deadline')} <TimeAgo at={deadline} />
        </p>
      )}
      <h3>{t('objects')}</h3>
      <ul className="mesh-lines">
        {objects.map((each) => (
          <ObjectLine key={JSON.stringify(each.ref)} of={each} />
        ))}
      </ul>
      <h3>{t('events')}</h3>
      {events.length === 0 && unread.length === 0 && <p className="ow-muted">{t('noEvents')}</p>}
      <ul className="mesh-lines">
        {events.map((each) => (
          <EventLine key={JSON.stringify(each)} of={each} />
        ))}
      </ul>
      {logs.length > 0 && <h3>{t('logs')}</h3>}
      {logs.map(({ ref, lines }) => (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
        <section key={ref.name} className="mesh-log" aria-label={`${t('logs')} ${ref.name}`} tabIndex={0}>
          <ObjectName of={ref} />
          <pre>{lines.join('\n')}</pre>
        </section>
      ))}
      {unread.map((each) => (
        <p key={JSON.stringify(each)} className="ow-ink-attention">
          {say(each)}
        </p>
      ))}
    </>
  )
}

function ObjectLine({ of }: { of: ObjectEvidence }) {
  const t = useOverviewText()
  const wrong = of.conditions.filter((each) => !isWell(each))
  return (
    <li>
      <ObjectName of={of.ref} />
      <span className="ow-spring" />
      {of.state === 'missing' && <Status health="attention" word={t('missing')} />}
      {of.state === 'unknown' && <Status health="unknown" word={t('unknown')} />}
      {of.state === 'there' && wrong.length === 0 && (
        <Status health="healthy" word={t(of.conditions.length === 0 ? 'silent' : 'well')} />
      )}
      {wrong.length > 0 && (
        <ul className="mesh-advice">
          {wrong.map(({ type, status, reason, message, since }) => (
            <li key={type}>
              <code>{`${type}=${status}`}</code> {reason} <span className="ow-soft">{message}</span>{' '}
              {since !== undefined && (
                <span className="ow-muted">
                  <TimeAgo at={since} since />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

function EventLine({ of }: { of: EventEvidence }) {
  const t = useOverviewText()
  const { ref, type, reason, message, count, at } = of
  return (
    <li>
      <Status health={type === 'Warning' ? 'attention' : 'unknown'} word={reason} />
      <ObjectName of={ref} />
      <span className="ow-spring" />
      <span className="ow-muted">
        {count > 1 && `${t('times', { count })} · `}
        <TimeAgo at={at} />
      </span>
      <span className="mesh-advice ow-soft">{message}</span>
    </li>
  )
}
