import type { Scheme } from '@orbweaver/ui/kit'
import { useMedia } from '@orbweaver/ui/kit'
import { useSyncExternalStore } from 'react'

export type Theme = 'light' | 'dark' | 'system'

/** Choices about looks, kept in this browser; without storage they last as long as the page. */
function kept<Value extends string>(key: string, values: readonly Value[], first: Value) {
  const listeners = new Set<() => void>()
  let value = read()
  function read(): Value {
    try {
      const text = localStorage.getItem(key)
      return values.find((each) => each === text) ?? first
    } catch {
      return first
    }
  }
  return {
    get: () => value,
    set: (next: Value) => {
      value = next
      try {
        localStorage.setItem(key, next)
      } catch {
        // See above.
      }
      for (const each of listeners) each()
    },
    watch: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const theme = kept<Theme>('orbweaver.theme', ['light', 'dark', 'system'], 'system')
const rail = kept<'auto' | 'wide' | 'narrow'>('orbweaver.rail', ['auto', 'wide', 'narrow'], 'auto')

export function useTheme(): [Theme, (next: Theme) => void] {
  return [useSyncExternalStore(theme.watch, theme.get), theme.set]
}

export function useScheme(): Scheme {
  const [chosen] = useTheme()
  const dark = useMedia('(prefers-color-scheme: dark)')
  if (chosen !== 'system') return chosen
  return dark ? 'dark' : 'light'
}

/** Icons only below 1,100 px, unless the reader decided otherwise. */
export function useRail(): [narrow: boolean, set: (narrow: boolean) => void] {
  const chosen = useSyncExternalStore(rail.watch, rail.get)
  const small = useMedia('(max-width: 1099px)')
  return [chosen === 'auto' ? small : chosen === 'narrow', (narrow) => rail.set(narrow ? 'narrow' : 'wide')]
}
