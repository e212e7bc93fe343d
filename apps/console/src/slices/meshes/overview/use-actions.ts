import type { MeshSummary } from '@orbweaver/contracts/meshes'
import type { MenuEntry } from '@orbweaver/ui/menu-button'
import type { PrimaryAction } from '@orbweaver/ui/page'
import { useGo } from '../../../app/location.ts'
import { usePlan } from '../../../app/plan/use-plan.ts'
import { paths } from '../../../paths.ts'
import { useRemovalText } from '../removal/text.ts'
import { useSupportText } from '../support/text.ts'
import { useText } from '../text.ts'
import { actionsFor } from './actions.ts'

/** What can be done with a mesh as a whole; what cannot be done now says why. A failed one loses none of its actions. */
export function useMeshActions(
  mesh: MeshSummary,
  ask: { join: () => void; takeAway: () => void; support: () => void; remove: () => void },
): { primary: PrimaryAction; menu: MenuEntry[] } {
  const t = useText()
  const go = useGo()
  const plan = usePlan()
  const removalText = useRemovalText()
  const supportText = useSupportText()
  const { name } = mesh
  const terminating = mesh.phase === 'terminating' ? t('held.terminating') : undefined
  const entries = {
    resume: { label: t('action.resume'), onSelect: () => plan.open({ type: 'meshes.resume', name }) },
    join: { label: t('action.join'), disabled: terminating, onSelect: ask.join },
    edit: { label: t('action.edit'), disabled: terminating, onSelect: () => go(paths.meshSettings(name)) },
    repair: {
      label: t('action.repair'),
      disabled: terminating,
      onSelect: () => plan.open({ type: 'meshes.repair', name }),
    },
    suspend: { label: t('action.suspend'), onSelect: () => plan.open({ type: 'meshes.suspend', name }) },
    protect: {
      label: removalText(mesh.protected === true ? 'unprotect' : 'protect'),
      disabled: terminating,
      onSelect: () => plan.open({ type: 'meshes.protect', name, protected: mesh.protected !== true }),
    },
    export: { label: t('action.export'), onSelect: ask.takeAway },
    support: { label: supportText('action'), onSelect: ask.support },
    delete: { label: t('action.delete'), danger: true, onSelect: ask.remove },
  }
  const { primary, menu } = actionsFor(mesh)
  return { primary: entries[primary], menu: menu.map((key) => ({ key, ...entries[key] })) }
}
