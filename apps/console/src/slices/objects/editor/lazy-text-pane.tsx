import { Skeleton } from '@orbweaver/ui/skeleton'
import { type ComponentProps, lazy, Suspense } from 'react'
import type { TextPane as Pane } from './text-pane.tsx'

const load = () => import('./text-pane.tsx')

/** The editor is larger than any page and comes after it: what is around it can be read meanwhile. */
const TextPane = lazy(async () => ({ default: (await load()).TextPane }))

export function LazyTextPane(props: ComponentProps<typeof Pane>) {
  return (
    <Suspense fallback={<Skeleton lines={10} />}>
      <TextPane {...props} />
    </Suspense>
  )
}
