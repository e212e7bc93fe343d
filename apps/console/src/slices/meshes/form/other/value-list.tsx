import type { Json } from '@orbweaver/contracts/json'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { Entry } from './entries.ts'
import { useOtherText } from './text.ts'

/** Pixels: of one line, and of what is seen of the list. */
const line = 44
const height = 308
const beyond = 4

/** A list box of hundreds of lines, of which only those in sight are made. */
export function ValueList(props: {
  entries: readonly Entry[]
  chosen: string | undefined
  onChoose: (path: string) => void
  show: 'all' | 'set'
}) {
  const t = useOtherText()
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  const { entries, onChoose } = props
  const at = entries.findIndex(({ path }) => path === props.chosen)
  // Another list begins at its top.
  useEffect(() => {
    if (box.current !== null) box.current.scrollTop = 0
  }, [entries.length])
  const go = (index: number) => {
    const next = Math.max(0, Math.min(entries.length - 1, index))
    const entry = entries[next]
    if (entry === undefined || box.current === null) return
    onChoose(entry.path)
    if (next * line < box.current.scrollTop) box.current.scrollTop = next * line
    if ((next + 1) * line > box.current.scrollTop + height) box.current.scrollTop = (next + 1) * line - height
  }
  const first = Math.max(0, Math.floor(top / line) - beyond)
  const seen = entries.slice(first, Math.ceil((top + height) / line) + beyond)
  return (
    <>
      <p className="ow-soft" aria-live="polite">
        {t('count', { count: entries.length })}
      </p>
      {entries.length === 0 ? (
        <p className="ow-soft">{t(props.show === 'set' ? 'noneSet' : 'none')}</p>
      ) : (
        <div
          ref={box}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- two parts a line, and only lines in sight: no <select>
          role="listbox"
          tabIndex={0}
          aria-label={t('list')}
          aria-activedescendant={at >= first && at < first + seen.length ? `${id}-${at}` : undefined}
          className="mesh-values-list"
          style={{ maxHeight: height }}
          onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
          onKeyDown={(event) => move(event, at, go)}
        >
          <div role="presentation" style={{ height: entries.length * line, position: 'relative' }}>
            {seen.map((entry, index) => (
              <Line
                key={entry.path}
                id={`${id}-${first + index}`}
                entry={entry}
                place={first + index}
                of={entries.length}
                chosen={first + index === at}
                onChoose={() => onChoose(entry.path)}
              />
            ))}
          </div>
        </div>
      )}
    </>
  )
}

const steps: Record<string, (at: number) => number> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at) => at + 6,
  PageUp: (at) => at - 6,
  Home: () => 0,
  End: () => Number.MAX_SAFE_INTEGER,
}

function move(event: KeyboardEvent, at: number, go: (index: number) => void): void {
  const step = steps[event.key]
  if (step === undefined) return
  event.preventDefault()
  go(step(at))
}

function Line(props: { id: string; entry: Entry; place: number; of: number; chosen: boolean; onChoose: () => void }) {
  const t = useOtherText()
  const { entry } = props
  const set = entry.given !== undefined
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- keys are the list box's, which has the focus
    <div
      id={props.id}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- see the list: <option> only lives in <select>
      role="option"
      tabIndex={-1}
      aria-selected={props.chosen}
      aria-setsize={props.of}
      aria-posinset={props.place + 1}
      className="mesh-values-line"
      title={entry.path}
      data-set={set}
      style={{ height: line, top: props.place * line }}
      onClick={props.onChoose}
    >
      <code>{entry.path}</code>
      <span className="mesh-values-says">
        {entry.problems.length > 0 && (
          <span className="ow-ink-broken">{t('faulty', { count: entry.problems.length })} · </span>
        )}
        {entry.field === undefined && <>{t('unknown')} · </>}
        {entry.field?.deprecated === true && <>{t('deprecated')} · </>}
        {shortText(set ? entry.given?.value : entry.field?.default) ?? t('unset')}
      </span>
    </div>
  )
}

/** A value on one line; undefined where there is none. */
export function shortText(value: Json | undefined): string | undefined {
  if (value === undefined) return undefined
  const text = typeof value === 'string' && value !== '' ? value : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
