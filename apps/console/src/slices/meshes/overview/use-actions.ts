import type { MeshDetail } from '@orbweaver/contracts/meshes'
import type { MenuEntry } from '@orbweaver/ui/menu-button'
import type { PrimaryAction } from '@orbweaver/ui/page'
import { useGo } from '../../../app/location.ts'
import { usePlan } from '../../../app/plan/use-plan.ts'
import { paths } from '../../../paths.ts'
import { useRemovalText } from '../removal/text.ts'
import { useText } from '../text.ts'

/** What can be done with a mesh as a whole; what cannot be done now says why. A failed one loses none of its actions. */
export function useMeshActions(
  detail: MeshDetail,
  ask: { join: () => void; takeAway: () => void; remove: () => void },
) {
  const t = useText()
  const go = useGo()
  const plan = usePlan()
  const removalText = useRemovalText()
  const { mesh } = detail
  const { name, kind, phase } = mesh
  const terminating = phase === 'terminating' ? t('held.terminating') : undefined
  const join = { label: t('action.join'), disabled: terminating, onSelect: ask.join }
  const edit = { label: t('action.edit'), disabled: terminating, onSelect: () => go(paths.meshSettings(name)) }
  const repair = {
    label: t('action.repair'),
    disabled: terminating,
    onSelect: () => plan.open({ type: 'meshes.repair', name }),
  }
  const troubled = phase === 'failed' || phase === 'degraded'
  const primary: PrimaryAction = troubled ? repair : kind === 'Managed' ? join : edit
  const others: MenuEntry[] = [
    ...(kind === 'Managed' && primary !== join ? [{ key: 'join', ...join }] : []),
    ...(primary === edit ? [] : [{ key: 'edit', ...edit }]),
    ...(primary === repair ? [] : [{ key: 'repair', ...repair }]),
    {
      key: 'protect',
      label: removalText(mesh.protected === true ? 'unprotect' : 'protect'),
      disabled: terminating,
      onSelect: () => plan.open({ type: 'meshes.protect', name, protected: mesh.protected !== true }),
    },
    { key: 'export', label: t('action.export'), onSelect: ask.takeAway },
    { key: 'delete', label: t('action.delete'), danger: true, onSelect: ask.remove },
  ]
  return { primary, menu: others }
}
