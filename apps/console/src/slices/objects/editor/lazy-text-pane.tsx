import { Diff } from '@orbweaver/ui/diff'
import { Skeleton } from '@orbweaver/ui/skeleton'
import { type ComponentProps, lazy, Suspense } from 'react'
import '../objects.css'
import { useText } from '../text.ts'
import type { PaneWords, TextPane as Pane } from './text-pane.tsx'

/** The editor is larger than any page and comes after it: what is around it can be read meanwhile. */
const TextPane = lazy(async () => ({ default: (await import('./text-pane.tsx')).TextPane }))

type Props = Omit<ComponentProps<typeof Pane>, 'words' | 'changes'> & {
  /** What the edit began at; a new object has nothing. */
  before?: string
}

export function LazyTextPane({ before, ...props }: Props) {
  const t = useText()
  const words: PaneWords = {
    label: t('pane.label'),
    text: t('pane.text'),
    editor: t('pane.editor'),
    changes: t('pane.changes'),
    problems: (errors) => (errors > 0 ? t('pane.errors', { count: errors }) : t('pane.noErrors')),
  }
  return (
    <Suspense fallback={<Skeleton lines={10} />}>
      <TextPane
        {...props}
        words={words}
        {...(before === undefined
          ? {}
          : { changes: <Diff label={words.changes} before={before} after={props.text} /> })}
      />
    </Suspense>
  )
}
