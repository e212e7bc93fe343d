import { Tooltip } from 'antd'
import { useSyncExternalStore } from 'react'
import { useKit, useWords } from './kit.tsx'
import { absoluteTime, duration, elapsedTime, relativeTime } from './relative-time.ts'

/** One clock for every age on the page: it runs only while somebody looks. */
const listeners = new Set<() => void>()
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

function watchClock(listener: () => void): () => void {
  listeners.add(listener)
  now = Date.now()
  timer ??= setInterval(() => {
    now = Date.now()
    for (const each of listeners) each()
  }, 10_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** The clock ticks every ten seconds: what is just ahead of it happened a moment ago. */
function useNow(at: number): number {
  const shared = useSyncExternalStore(watchClock, () => now)
  return at > shared && at - shared < 15_000 ? at : shared
}

/**
 * When something was: relative, with the absolute time in the reader's zone on hover. `since` tells how long a state
 * has lasted instead.
 */
export function TimeAgo(props: { at: string | undefined; since?: boolean }) {
  const { locale } = useKit()
  const t = useWords()
  const at = props.at === undefined ? Number.NaN : Date.parse(props.at)
  const clock = useNow(at)
  if (Number.isNaN(at)) return <span className="ow-muted">–</span>
  const lasting = props.since === true
  const age = lasting ? elapsedTime(at, clock, locale) : relativeTime(at, clock, locale)
  return (
    <Tooltip title={absoluteTime(at, locale)}>
      <time dateTime={new Date(at).toISOString()} className="ow-number" style={{ whiteSpace: 'nowrap' }}>
        {age === undefined ? t('justNow') : lasting ? t('since', { time: age }) : age}
      </time>
    </Tooltip>
  )
}

/** How long something took, or has been taking until now. */
export function Duration(props: { from: string; to?: string | undefined }) {
  const { locale } = useKit()
  const from = Date.parse(props.from)
  const clock = useNow(from)
  const to = props.to === undefined ? clock : Date.parse(props.to)
  return (
    <span className="ow-number" style={{ whiteSpace: 'nowrap' }}>
      {duration(to - from, locale)}
    </span>
  )
}
