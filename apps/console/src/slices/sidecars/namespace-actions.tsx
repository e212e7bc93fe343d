import type { IntentOf } from '@orbweaver/contracts/intent'
import type { InjectedNamespace } from '@orbweaver/contracts/sidecars'
import type { MenuEntry } from '@orbweaver/ui/menu-button'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { explainPlaces } from '../../app/explain/places.ts'
import { useExplainEntries } from '../../app/explain/use-places.ts'
import { useGo } from '../../app/location.ts'
import { usePlan } from '../../app/plan/use-plan.ts'
import { paths } from '../../paths.ts'
import { RowMenu } from './cells.tsx'
import { useText } from './text.ts'

type Action = IntentOf<'sidecars.namespaces'>['action']
const actions = ['enable', 'disable', 'clear'] as const
/** As many as one intent may name (contracts/intent.ts). */
const most = 200

type Switch = { action: Action; restart: boolean }

/** Opens the plan for some namespaces; a single one gets the narrow panel. */
function useSwitch(mesh: string, onStarted?: () => void) {
  const plan = usePlan()
  return (rows: InjectedNamespace[], { action, restart }: Switch) => {
    const namespaces = rows.map(({ cluster, namespace }) => ({ cluster, namespace }))
    plan.open(
      { type: 'sidecars.namespaces', mesh, namespaces, action, restart },
      { compact: rows.length === 1, ...(onStarted === undefined ? {} : { onStarted }) },
    )
  }
}

/** What can be done with the ticked namespaces, and whether their workloads restart in the same change. */
export function NamespaceBulk(props: { mesh: string; rows: InjectedNamespace[]; onStarted: () => void }) {
  const t = useText()
  const { rows } = props
  const [restart, setRestart] = useState(false)
  const change = useSwitch(props.mesh, props.onStarted)
  const held = rows.length > most ? t('tooMany', { count: most }) : undefined
  return (
    <>
      {actions.map((action) => (
        <Button
          key={action}
          size="small"
          disabled={held !== undefined}
          title={held}
          onClick={() => change(rows, { action, restart })}
        >
          {t(`action.${action}`)}
        </Button>
      ))}
      <Checkbox checked={restart} title={t('withRestartHint')} onChange={(event) => setRestart(event.target.checked)}>
        {t('withRestart')}
      </Checkbox>
    </>
  )
}

export function NamespaceMenu(props: { mesh: string; row: InjectedNamespace }) {
  const t = useText()
  const go = useGo()
  const { mesh, row } = props
  const change = useSwitch(mesh)
  const explained = useExplainEntries()
  const entries: MenuEntry[] = actions.flatMap((action) => [
    { key: action, label: t(`action.${action}`), onSelect: () => change([row], { action, restart: false }) },
    {
      key: `${action}-restart`,
      label: t(`actionRestart.${action}`),
      disabled: row.pods === undefined ? t('hiddenCountsHint') : undefined,
      onSelect: () => change([row], { action, restart: true }),
    },
  ])
  const { cluster, namespace } = row
  const see = () => go(paths.sidecars(mesh, { tab: 'workloads', cluster, namespace }))
  const ref = { cluster, group: '', version: 'v1', kind: 'Namespace', name: namespace }
  const ways = [{ key: 'workloads', label: t('seeWorkloads'), onSelect: see }, ...explained(explainPlaces(mesh, [ref]))]
  return <RowMenu name={namespace} entries={[...entries, ...ways]} />
}
