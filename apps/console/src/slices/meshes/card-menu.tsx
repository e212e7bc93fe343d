import type { MeshSummary } from '@orbweaver/contracts/meshes'
import { Icon } from '@orbweaver/ui/icon'
import { MenuButton, type MenuEntry } from '@orbweaver/ui/menu-button'
import { lazy, Suspense, useState } from 'react'
import { useGo } from '../../app/location.ts'
import { paths } from '../../paths.ts'
import { useMeshActions } from './overview/use-actions.ts'
import { useText } from './text.ts'
import { plainVersion } from './version.ts'

const ExportDialog = lazy(async () => ({ default: (await import('./export-dialog.tsx')).ExportDialog }))
const RemoveDialog = lazy(async () => ({ default: (await import('./removal/remove-dialog.tsx')).RemoveDialog }))
const SupportDialog = lazy(async () => ({ default: (await import('./support/support-dialog.tsx')).SupportDialog }))

/** What can be done with a mesh, where it is listed: the same as on its first page. Joining begins on that of its clusters. */
export function CardMenu({ mesh }: { mesh: MeshSummary }) {
  const t = useText()
  const go = useGo()
  const [asking, setAsking] = useState<'export' | 'support' | 'remove'>()
  const close = () => setAsking(undefined)
  const { name, upgrade } = mesh
  const { primary, menu } = useMeshActions(mesh, {
    join: () => go(paths.meshClusters(name)),
    takeAway: () => setAsking('export'),
    support: () => setAsking('support'),
    remove: () => setAsking('remove'),
  })
  const upgrading: MenuEntry[] =
    upgrade === undefined
      ? []
      : [
          {
            key: 'upgrade',
            label: t('action.upgrade', { version: plainVersion(upgrade) }),
            onSelect: () => go(paths.meshSettings(name)),
          },
        ]
  return (
    <>
      <MenuButton
        label={t('actionsOf', { mesh: name })}
        trigger={<Icon name="more" />}
        entries={[{ key: 'primary', ...primary }, ...upgrading, ...menu]}
      />
      <Suspense fallback={null}>
        {asking === 'export' && <ExportDialog mesh={name} onClose={close} />}
        {asking === 'support' && <SupportDialog mesh={name} onClose={close} />}
        {asking === 'remove' && <RemoveDialog mesh={mesh} onClose={close} />}
      </Suspense>
    </>
  )
}
