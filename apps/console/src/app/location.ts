import { useParams, useRouter, useRouterState } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'

/** Search params as they stand in the address: text. Each page reads its own out of them, by one pure function. */
export type RawSearch = Record<string, string | undefined>

export function parseSearch(text: string): RawSearch {
  return Object.fromEntries(new URLSearchParams(text))
}

export function stringifySearch(search: Record<string, unknown>): string {
  const entries = Object.entries(search).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' || typeof value === 'number' ? (value === '' ? [] : [[key, String(value)]]) : [],
  )
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries).toString()}`
}

/** Some parts of it; undefined takes a part out of the address. */
export type SearchChange<Search> = { [Key in keyof Search]?: Search[Key] | undefined }

export type Go = (href: string, options?: { replace?: boolean }) => void

/** Goes to an address made by paths.ts. What the frame keeps in the address (`embed`) stays there. */
export function useGo(): Go {
  const router = useRouter()
  return useCallback((href, options = {}) => void router.navigate({ href, ...options }), [router])
}

/** The address as this page reads it, and the way to change parts of it (undefined drops a part). */
export function useSearchOf<Search extends object>(
  read: (raw: RawSearch) => Search,
): [Search, (change: SearchChange<Search>) => void] {
  const text = useRouterState({ select: (state) => state.location.searchStr })
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  const go = useGo()
  const search = useMemo(() => read(parseSearch(text)), [read, text])
  const change = useCallback(
    (next: SearchChange<Search>) =>
      go(pathname + stringifySearch({ ...parseSearch(text), ...next }), { replace: true }),
    [go, pathname, text],
  )
  return [search, change]
}

/** A path parameter of this page, as `mesh` in `/meshes/$mesh`; empty on pages that have none of that name. */
export function useParam(name: string): string {
  const params: Record<string, string | undefined> = useParams({ strict: false })
  return params[name] ?? ''
}
