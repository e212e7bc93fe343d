import type { IntentOf } from '@orbweaver/contracts/intent'
import type { InjectedWorkload } from '@orbweaver/contracts/sidecars'
import type { MenuEntry } from '@orbweaver/ui/menu-button'
import { Button } from 'antd'
import { explainPlaces } from '../../app/explain/places.ts'
import { useExplainEntries } from '../../app/explain/use-places.ts'
import { usePlan } from '../../app/plan/use-plan.ts'
import { useMessage } from '../../text/messages.ts'
import { RowMenu } from './cells.tsx'
import { useText } from './text.ts'

type Action = IntentOf<'sidecars.workloads'>['action'] | 'restart'
const actions = ['enable', 'disable', 'clear'] as const
/** As many as one intent may name (contracts/intent.ts). */
const most = 200

function useActions(mesh: string, onStarted?: () => void) {
  const plan = usePlan()
  return (rows: InjectedWorkload[], action: Action) => {
    const workloads = rows.map((row) => row.ref)
    const options = { compact: rows.length === 1, ...(onStarted === undefined ? {} : { onStarted }) }
    if (action === 'restart') plan.open({ type: 'sidecars.restart', mesh, workloads }, options)
    else plan.open({ type: 'sidecars.workloads', mesh, workloads, action }, options)
  }
}

export function WorkloadBulk(props: { mesh: string; rows: InjectedWorkload[]; onStarted: () => void }) {
  const t = useText()
  const { rows } = props
  const act = useActions(props.mesh, props.onStarted)
  const tooMany = rows.length > most ? t('tooMany', { count: most }) : undefined
  const restartable = rows.filter((row) => row.restartable)
  const held = tooMany ?? (restartable.length === 0 ? t('noneRestartable') : undefined)
  return (
    <>
      {actions.map((action) => (
        <Button
          key={action}
          size="small"
          disabled={tooMany !== undefined}
          title={tooMany ?? t('renewsPods')}
          onClick={() => act(rows, action)}
        >
          {t(`action.${action}`)}
        </Button>
      ))}
      <Button size="small" disabled={held !== undefined} title={held} onClick={() => act(restartable, 'restart')}>
        {restartable.length === rows.length || held !== undefined
          ? t('restart')
          : t('restartSome', { count: restartable.length })}
      </Button>
    </>
  )
}

export function WorkloadMenu(props: { mesh: string; row: InjectedWorkload }) {
  const t = useText()
  const say = useMessage()
  const { row } = props
  const act = useActions(props.mesh)
  const explained = useExplainEntries()
  const foreign = switchable(row) ? undefined : t('noSwitch')
  const stuck = row.restartable ? undefined : row.why === undefined ? t('noneRestartable') : say(row.why)
  const entries: MenuEntry[] = [
    ...actions.map((action) => ({
      key: action,
      label: t(`action.${action}`),
      disabled: foreign,
      onSelect: () => act([row], action),
    })),
    { key: 'restart', label: t('restart'), disabled: stuck, onSelect: () => act([row], 'restart') },
    ...explained(explainPlaces(props.mesh, [row.ref])),
  ]
  return <RowMenu name={row.ref.name} entries={entries} />
}

/** The kinds whose Pod template can be switched (apps/bff/src/slices/sidecars/intents.ts). */
export function switchable({ ref }: InjectedWorkload): boolean {
  return ['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'batch/CronJob'].includes(`${ref.group}/${ref.kind}`)
}
