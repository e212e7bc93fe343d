import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from 'react'

/** Which point in time is looked at, of all the charts that share it; undefined while none is. */
export type Cursor = { read: () => number | undefined; put: (index: number | undefined) => void; watch: Watch }
type Watch = (changed: () => void) => () => void

function makeCursor(): Cursor {
  let now: number | undefined
  const watchers = new Set<() => void>()
  return {
    read: () => now,
    put: (index) => {
      if (index === now) return
      now = index
      for (const each of watchers) each()
    },
    watch: (changed) => {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
  }
}

const CursorContext = createContext<Cursor | undefined>(undefined)

/** Charts within show the same points in time: pointing into one points into all. */
export function ChartGroup(props: { children: ReactNode }) {
  const [cursor] = useState(makeCursor)
  return <CursorContext value={cursor}>{props.children}</CursorContext>
}

/** That of the group, or the chart's own where it stands alone. */
export function useCursor(): [number | undefined, Cursor] {
  const shared = useContext(CursorContext)
  const [own] = useState(makeCursor)
  const cursor = shared ?? own
  return [useSyncExternalStore(cursor.watch, cursor.read), cursor]
}
