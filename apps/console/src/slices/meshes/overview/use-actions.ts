import type { MeshDetail } from '@orbweaver/contracts/meshes'
import type { MenuEntry } from '@orbweaver/ui/menu-button'
import type { PrimaryAction } from '@orbweaver/ui/page'
import { useGo } from '../../../app/location.ts'
import { usePlan } from '../../../app/plan/use-plan.ts'
import { paths } from '../../../paths.ts'
import { useText } from '../text.ts'

/** What can be done with a mesh as a whole; what cannot be done now says why. A failed one loses none of its actions. */
export function useMeshActions(
  detail: MeshDetail,
  ask: { join: () => void; takeAway: () => void; remove: () => void },
) {
  const t = useText()
  const go = useGo()
  const plan = usePlan()
  const { name, kind, phase } = detail.mesh
  const terminating = phase === 'terminating' ? t('held.terminating') : undefined
  const join = { label: t('action.join'), disabled: terminating, onSelect: ask.join }
  const edit = { label: t('action.edit'), disabled: terminating, onSelect: () => go(paths.meshSettings(name)) }
  const repair = {
    label: t('action.repair'),
    disabled: terminating,
    onSelect: () => plan.open({ type: 'meshes.repair', name }),
  }
  const resume = {
    label: t('action.resume'),
    onSelect: () => plan.open({ type: 'meshes.suspend', name, suspend: false }),
  }
  const stops = phase === 'progressing' || phase === 'pending' || phase === 'failed'
  const troubled = phase === 'failed' || phase === 'degraded'
  const primary: PrimaryAction = phase === 'suspended' ? resume : troubled ? repair : kind === 'Managed' ? join : edit
  const others: MenuEntry[] = [
    ...(kind === 'Managed' && primary !== join ? [{ key: 'join', ...join }] : []),
    ...(primary === edit ? [] : [{ key: 'edit', ...edit }]),
    ...(primary === repair ? [] : [{ key: 'repair', ...repair }]),
    ...(stops
      ? [
          {
            key: 'suspend',
            label: t('action.suspend'),
            onSelect: () => plan.open({ type: 'meshes.suspend', name, suspend: true }),
          },
        ]
      : []),
    { key: 'export', label: t('action.export'), onSelect: ask.takeAway },
    { key: 'delete', label: t('action.delete'), danger: true, onSelect: ask.remove },
  ]
  return { primary, menu: others }
}
