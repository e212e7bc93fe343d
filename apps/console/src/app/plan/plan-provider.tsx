import type { Intent } from '@orbweaver/contracts/intent'
import { lazy, type ReactNode, Suspense, useMemo, useRef, useState } from 'react'
import { Region } from '../boundaries.tsx'
import { PlanContext, type PlanDraft, type PlanOptions } from './use-plan.ts'

const PlanDrawer = lazy(async () => ({ default: (await import('./plan-drawer.tsx')).PlanDrawer }))

/** One plan at a time. The drawer keeps its intent in memory only: it may carry a kubeconfig. */
type Asked = { id: number; intent: Intent; options: PlanOptions; open: boolean }

export function PlanProvider(props: { children: ReactNode }) {
  const [asked, setAsked] = useState<Asked | undefined>()
  const [draft, setDraft] = useState<PlanDraft | undefined>()
  const next = useRef(0)
  const door = useMemo(
    () => ({
      open: (intent: Intent, options: PlanOptions = {}) => {
        next.current += 1
        const id = next.current
        // One that takes another's place, such as an undo, leads back to where the first came from.
        setAsked((now) => {
          const onClosed = options.onClosed ?? (now?.open === true ? now.options.onClosed : undefined)
          return { id, intent, options: { ...options, ...(onClosed !== undefined && { onClosed }) }, open: true }
        })
      },
      draft,
      setDraft,
    }),
    [draft],
  )
  return (
    <PlanContext value={door}>
      {props.children}
      {asked !== undefined && (
        <Region key={asked.id}>
          <Suspense fallback={null}>
            <PlanDrawer
              id={asked.id}
              intent={asked.intent}
              options={asked.options}
              open={asked.open}
              onClose={() => {
                setAsked({ ...asked, open: false })
                // Later than the Esc that shut the drawer: it would shut a dialog that opens at once as well.
                setTimeout(() => asked.options.onClosed?.())
              }}
              onClosed={() => setAsked((now) => (now?.id === asked.id ? undefined : now))}
            />
          </Suspense>
        </Region>
      )}
    </PlanContext>
  )
}
