import type { MenuEntry } from '@orbweaver/ui/menu-button'
import { useGo } from '../location.ts'
import type { ExplainPlace } from './places.ts'
import { useExplainText } from './text.ts'

/** Questions about a row as entries of its menu, in the order of their pages. */
export function useExplainEntries(): (places: readonly ExplainPlace[]) => MenuEntry[] {
  const t = useExplainText()
  const go = useGo()
  return (places) =>
    places.map(({ of, to }) => ({ key: `explain ${to}`, label: t(`ask.${of}`), onSelect: () => go(to) }))
}
