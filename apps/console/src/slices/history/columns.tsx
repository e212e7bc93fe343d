import type { ChangeSummary } from '@orbweaver/contracts/history'
import type { Column } from '@orbweaver/ui/data-table'
import { Status } from '@orbweaver/ui/status'
import { Duration, TimeAgo } from '@orbweaver/ui/time-ago'
import { AppLink } from '../../app/link.tsx'
import { phaseHealth } from '../../app/plan/change-state.ts'
import { usePlanText } from '../../app/plan/text.ts'
import { paths } from '../../paths.ts'
import { useMessage } from '../../text/messages.ts'
import { useText } from './text.ts'

export function useHistoryColumns(fleet: boolean): Column<ChangeSummary>[] {
  const t = useText()
  const plan = usePlanText()
  const say = useMessage()
  const meshColumn: Column<ChangeSummary> = {
    key: 'mesh',
    title: t('mesh'),
    sort: 'mesh',
    width: '14%',
    render: ({ mesh }) =>
      mesh === undefined ? (
        <span className="ow-muted">{t('fleet')}</span>
      ) : (
        <AppLink to={paths.mesh(mesh)} title={mesh}>
          {mesh}
        </AppLink>
      ),
  }
  return [
    {
      key: 'title',
      title: t('change'),
      always: true,
      width: '46%',
      render: (change) => (
        <AppLink to={paths.change(change.name)} title={say(change.title)}>
          {say(change.title)}
        </AppLink>
      ),
    },
    {
      key: 'phase',
      title: t('state'),
      sort: 'phase',
      render: ({ phase }) => <Status health={phaseHealth[phase]} word={plan(`phase.${phase}`)} />,
    },
    {
      key: 'done',
      title: t('items'),
      numeric: true,
      width: 80,
      render: ({ counts }) => `${counts.done}/${counts.total}`,
    },
    ...(fleet ? [meshColumn] : []),
    {
      key: 'actor',
      title: t('actor'),
      sort: 'actor',
      width: '14%',
      render: ({ actor }) => <span title={actor}>{actor}</span>,
    },
    {
      key: 'reason',
      title: t('reason'),
      optional: true,
      width: '20%',
      render: ({ reason }) => <span title={reason}>{reason}</span>,
    },
    { key: 'when', title: t('when'), sort: 'createdAt', render: ({ createdAt }) => <TimeAgo at={createdAt} /> },
    {
      key: 'took',
      title: t('took'),
      numeric: true,
      optional: true,
      render: (change) => <Duration from={change.createdAt} to={change.finishedAt} />,
    },
  ]
}
