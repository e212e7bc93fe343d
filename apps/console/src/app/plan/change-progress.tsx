import type { Change, ChangeItem } from '@orbweaver/contracts/history'
import { Failure } from '@orbweaver/ui/failure'
import { Icon } from '@orbweaver/ui/icon'
import { Status } from '@orbweaver/ui/status'
import { Duration } from '@orbweaver/ui/time-ago'
import { Button, Pagination } from 'antd'
import { useId, useState } from 'react'
import { useFailureOf } from '../../api/failure.ts'
import { useMessage } from '../../text/messages.ts'
import { itemHealth } from './change-state.ts'
import { ObjectName } from './object-name.tsx'
import './plan.css'
import { usePlanText } from './text.ts'
import { TouchedPaths } from './touched-paths.tsx'
import { type Steering, useSteering } from './use-steering.ts'

/**
 * A change item by item, as it goes on; a failed item offers what can be done about it, in its place. Of a long one the
 * page where the work is, until another is asked for.
 */
export function ChangeProgress(props: { change: Change; onPage?: (page: number) => void }) {
  const t = usePlanText()
  const say = useMessage()
  const { change } = props
  const steer = useSteering(change)
  const failure = useFailureOf(steer.error)
  const share = (change.counts.done / Math.max(1, change.counts.total)) * 100
  return (
    <div className="ow-stack">
      <div>
        <div className="ow-meter ow-progress-meter" aria-hidden="true">
          <span data-failed={change.counts.failed > 0} style={{ width: `${share}%` }} />
        </div>
        <output className="ow-soft ow-number">
          {t('progress.done', { done: change.counts.done, total: change.counts.total })}
          {change.counts.failed > 0 && ` · ${t('progress.failed', { count: change.counts.failed })}`}
        </output>
      </div>
      {failure !== undefined && <Failure failure={failure} />}
      {change.problem !== undefined && <p role="alert">{say(change.problem)}</p>}
      <ol className="ow-items" start={(change.page - 1) * change.size + 1}>
        {change.items.map((item) => (
          <ProgressItem key={item.id} item={item} steer={steer} />
        ))}
      </ol>
      {change.visible > change.size && <ItemPages change={change} onPage={props.onPage} />}
      {change.hidden > 0 && <p className="ow-muted">{t('progress.hidden', { count: change.hidden })}</p>}
    </div>
  )
}

function ItemPages(props: { change: Change; onPage: ((page: number) => void) | undefined }) {
  const t = usePlanText()
  const { page, size, visible } = props.change
  const from = (page - 1) * size + 1
  const range = t('progress.range', { from, to: Math.min(visible, from + size - 1), total: visible })
  if (props.onPage === undefined) return <p className="ow-muted ow-number">{range}</p>
  return (
    <Pagination
      size="small"
      align="end"
      current={page}
      pageSize={size}
      total={visible}
      showSizeChanger={false}
      showTotal={() => range}
      onChange={props.onPage}
    />
  )
}

function ProgressItem(props: { item: ChangeItem; steer: Steering }) {
  const t = usePlanText()
  const { item } = props
  const { retry, skip, pending, held } = props.steer
  const id = useId()
  const [open, setOpen] = useState(false)
  const stuck = item.state === 'failed' || item.state === 'conflict'
  const toggle = `${open ? t('hideDiff') : t('showDiff')}: ${item.ref.kind} ${item.ref.name}`
  return (
    <li className="ow-item">
      <div className="ow-item-head">
        <button
          type="button"
          className="ow-icon-button ow-item-toggle"
          aria-label={toggle}
          title={toggle}
          aria-expanded={open}
          aria-controls={id}
          disabled={item.touched.length === 0}
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? 'down' : 'right'} />
        </button>
        <span className={`ow-op ow-op-${item.op}`}>{t(`op.${item.op}`)}</span>
        <ObjectName of={item.ref} />
        {item.startedAt !== undefined && (
          <span className="ow-muted">
            <Duration from={item.startedAt} to={item.finishedAt} />
          </span>
        )}
        <Status health={itemHealth[item.state]} word={t(`item.${item.state}`)} />
      </div>
      <ItemNotes item={item} />
      {stuck && (
        <div className="ow-row ow-item-actions">
          <Button size="small" disabled={pending || held !== undefined} title={held} onClick={() => retry(item.id)}>
            {t('progress.retry')}
          </Button>
          <Button size="small" disabled={pending || held !== undefined} title={held} onClick={() => skip(item.id)}>
            {t('progress.skip')}
          </Button>
        </div>
      )}
      {open && <TouchedPaths id={id} touched={item.touched} />}
    </li>
  )
}

function ItemNotes(props: { item: ChangeItem }) {
  const t = usePlanText()
  const say = useMessage()
  const { item } = props
  const { kind, name, cluster } = item.ref
  return (
    <>
      {item.progress !== undefined && (
        <p className="ow-soft ow-number">
          {t('progress.pods', { done: item.progress.done, total: item.progress.total })}
        </p>
      )}
      {item.gone === true && <p className="ow-soft">{t('progress.gone')}</p>}
      {item.code !== undefined && <p>{say({ code: item.code, params: { kind, name, cluster } })}</p>}
      {item.message !== undefined && <pre className="ow-words">{item.message}</pre>}
      {item.warnings.length > 0 && (
        <ul className="ow-warnings" aria-label={t('progress.warnings')}>
          {item.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
    </>
  )
}
