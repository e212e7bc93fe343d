import type { ChangeSummary } from '@orbweaver/contracts/history'
import { Icon } from '@orbweaver/ui/icon'
import { MenuButton } from '@orbweaver/ui/menu-button'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { paths } from '../../paths.ts'
import { useMessage } from '../../text/messages.ts'
import { useGo } from '../location.ts'
import { useText } from '../text.ts'

/** Changes that are going on, with their progress; kept current by notices of the word history. */
export function RunningChanges() {
  const t = useText()
  const go = useGo()
  const list = useQuery(api.history.list.queryOptions({ input: { phase: 'running', size: 20 } }))
  const running = list.data?.items ?? []
  const total = list.data?.total ?? 0
  const label = total === 0 ? t('bar.nothingRuns') : t('bar.running', { count: total })
  return (
    <MenuButton
      label={label}
      className="ow-bar-button"
      trigger={
        <>
          <Icon name="activity" />
          {total > 0 && <span className="ow-bar-label">{label}</span>}
        </>
      }
      header={<span className="ow-muted">{total === 0 ? t('bar.nothingRuns') : t('bar.changes')}</span>}
      entries={[
        ...running.map((change) => ({
          key: change.name,
          label: <RunningChange change={change} />,
          onSelect: () => go(paths.change(change.name)),
        })),
        { key: 'all', label: t('bar.allChanges'), onSelect: () => go(paths.history()) },
      ]}
    />
  )
}

function RunningChange(props: { change: ChangeSummary }) {
  const t = useText()
  const say = useMessage()
  const { title, counts } = props.change
  return (
    <span className="ow-running-entry">
      <span>{say(title)}</span>
      <span className="ow-meter">
        <span style={{ width: `${(counts.done / Math.max(1, counts.total)) * 100}%` }} />
      </span>
      <span className="ow-muted ow-number">{t('bar.progress', { done: counts.done, total: counts.total })}</span>
    </span>
  )
}
