import { type ReactNode, useMemo, useState } from 'react'
import { useKit, useWords } from '../kit.tsx'
import { Skeleton } from '../skeleton.tsx'
import { type Cursor, useCursor } from './cursor.tsx'
import { Legend } from './legend.tsx'
import './line-chart.css'
import { measured, type Unit } from './measure.ts'
import { moment } from './times.ts'
import { Twin } from './twin.tsx'
import { usePlot } from './use-plot.ts'

/** One line: a value at each point in time, null where nothing was measured, which stays a gap. */
type ChartLine = { name: string; points: readonly (number | null)[] }

type Props = {
  /** What is measured. */
  label: string
  unit: Unit
  /** Seconds since 1970 of the first point, and between two. */
  start: number
  step: number
  lines: readonly ChartLine[]
  /** Why there is nothing to draw, said in its place. */
  empty: ReactNode
  size?: 'full' | 'short'
}

/**
 * Lines over time in one unit. What they say at a point is beside their names: by pointer, or by arrow keys, which are
 * told aloud. A table holds the same. The drawing itself comes in a chunk of its own.
 */
export function LineChart(props: Props) {
  const t = useWords()
  const { label, lines } = props
  const nothing = lines.every(({ points }) => points.every((each) => each === null))
  return (
    <figure className="ow-chart" aria-label={label} data-size={props.size ?? 'full'}>
      {nothing ? (
        <>
          <figcaption className="ow-chart-label">{label}</figcaption>
          <div className="ow-chart-empty">
            <p>{t('noData')}</p>
            <p className="ow-soft">{props.empty}</p>
          </div>
        </>
      ) : (
        <Chart {...props} />
      )}
    </figure>
  )
}

const heights = { full: 180, short: 112 }

function Chart(props: Props) {
  const t = useWords()
  const { label, lines, size = 'full' } = props
  const [target, setTarget] = useState<HTMLDivElement | null>(null)
  const [off, setOff] = useState<readonly string[]>([])
  const [pointed, cursor] = useCursor()
  const { moments, values, latest, timeAt, valueAt } = useSaid(props)
  const hidden = useMemo(() => lines.map(({ name }) => off.includes(name)), [lines, off])
  const index = pointed === undefined || pointed >= moments.length ? undefined : pointed
  const shown = index ?? latest
  const at = timeAt(shown)
  const names = lines.map(({ name }) => name)
  const state = usePlot(target, {
    unit: props.unit,
    height: heights[size],
    moments,
    names,
    lines: values,
    hidden,
    index,
    cursor,
  })
  const said = lines
    .filter(({ name }) => !off.includes(name))
    .map((line) => `${line.name} ${valueAt(line, shown) ?? t('noValue')}`)
  return (
    <>
      <figcaption className="ow-chart-head">
        <span className="ow-chart-label">{label}</span>
        <span className="ow-spring" />
        <span className="ow-muted ow-number">{index === undefined ? t('latest', { time: at }) : at}</span>
      </figcaption>
      {state === 'failed' ? (
        <p className="ow-muted">{t('chartFailed')}</p>
      ) : (
        <div className="ow-chart-plot">
          {state === 'first' && <Skeleton lines={3} />}
          <div ref={setTarget} aria-hidden="true" />
          <Pointer label={label} last={moments.length - 1} at={at} said={said} index={index} cursor={cursor} />
        </div>
      )}
      <Legend
        lines={lines.map((line) => ({ name: line.name, value: valueAt(line, shown), off: off.includes(line.name) }))}
        onToggle={(name) => setOff(off.includes(name) ? off.filter((each) => each !== name) : [...off, name])}
      />
      <Twin
        label={label}
        names={names}
        open={state === 'failed'}
        rows={() =>
          moments.map((_, place) => ({ at: timeAt(place), values: lines.map((each) => valueAt(each, place)) }))
        }
      />
    </>
  )
}

/** Points in time and values, as they are drawn and as they are said. */
function useSaid({ unit, start, step, lines }: Props) {
  const { locale } = useKit()
  const count = Math.max(...lines.map(({ points }) => points.length))
  const moments = useMemo(() => Array.from({ length: count }, (_, index) => start + index * step), [count, start, step])
  const values = useMemo(() => lines.map(({ points }) => points), [lines])
  return {
    moments,
    values,
    /** Of a range that ends a moment after the last measure, what was measured is said. */
    latest: Math.max(...lines.map(({ points }) => points.findLastIndex((each) => each !== null))),
    timeAt: (place: number) => moment(start + place * step, { count, step, locale }),
    valueAt: ({ points }: ChartLine, place: number) => {
      const value = points[place] ?? null
      return value === null ? undefined : measured(value, unit, locale)
    },
  }
}

/** The moment as a slider that the keyboard moves; what was measured then is told after it. */
function Pointer(props: {
  label: string
  last: number
  at: string
  said: string[]
  index: number | undefined
  cursor: Cursor
}) {
  const t = useWords()
  const [byKey, setByKey] = useState(false)
  const { last, index, cursor } = props
  const leave = () => {
    setByKey(false)
    cursor.put(undefined)
  }
  return (
    <>
      <input
        type="range"
        className="ow-chart-range"
        min={0}
        max={last}
        value={index ?? last}
        aria-label={props.label}
        aria-valuetext={props.at}
        onChange={(event) => {
          setByKey(true)
          cursor.put(Number(event.target.value))
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || index === undefined) return
          event.stopPropagation()
          leave()
        }}
        onBlur={leave}
      />
      <output className="ow-hidden">{byKey && props.said.join(t('listSeparator'))}</output>
    </>
  )
}
