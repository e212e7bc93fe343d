import { useEffect, useRef, useSyncExternalStore } from 'react'

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

/** Where one page takes the place of another at the same address, the focus goes to its heading as it does elsewhere. */
export function useArrivalOn(page: string): void {
  const before = useRef(page)
  useEffect(() => {
    if (before.current === page) return
    before.current = page
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
  }, [page])
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
