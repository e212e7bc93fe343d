import { createContext, lazy, type ReactNode, Suspense, useContext, useMemo, useState } from 'react'
import { Region } from '../boundaries.tsx'
import { useShortcuts } from './shortcuts.ts'

const FindDialog = lazy(async () => ({ default: (await import('../search/find-dialog.tsx')).FindDialog }))
const KeysDialog = lazy(async () => ({ default: (await import('./keys-dialog.tsx')).KeysDialog }))

type Dialogs = { find: () => void; help: () => void }
const DialogsContext = createContext<Dialogs>({ find: () => undefined, help: () => undefined })

/** The dialogs that open from anywhere. Their code comes when they are first asked for. */
export function FrameDialogs(props: { children: ReactNode }) {
  const [open, setOpen] = useState<'find' | 'help' | undefined>()
  const dialogs = useMemo(() => ({ find: () => setOpen('find'), help: () => setOpen('help') }), [])
  useShortcuts(dialogs)
  const close = () => setOpen(undefined)
  return (
    <DialogsContext value={dialogs}>
      {props.children}
      <Region>
        <Suspense fallback={null}>
          {open === 'find' && <FindDialog onClose={close} onHelp={dialogs.help} />}
          {open === 'help' && <KeysDialog onClose={close} />}
        </Suspense>
      </Region>
    </DialogsContext>
  )
}

export function useFrameDialogs(): Dialogs {
  return useContext(DialogsContext)
}
