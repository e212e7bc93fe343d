import { useEffect, useSyncExternalStore } from 'react'

let title = ''
const listeners = new Set<() => void>()

/** Names the page: in the browser's tab, at the end of the breadcrumb, and aloud for screen readers. */
export function usePageTitle(next: string): void {
  useEffect(() => {
    title = next
    document.title = next === '' ? 'Orbweaver' : `${next} · Orbweaver`
    for (const each of listeners) each()
  }, [next])
}

export function usePageTitleNow(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => title,
  )
}
