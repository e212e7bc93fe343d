import { useEffect, useState } from 'react'
import { useKit } from '../kit.tsx'
import { palettes } from '../palette.ts'
import { fontFamily } from '../theme.ts'
import type { Cursor } from './cursor.tsx'
import { lineStyle } from './inks.ts'
import type { Unit } from './measure.ts'
import type { Plot, Points } from './plot.ts'

export type Drawn = {
  unit: Unit
  height: number
  moments: readonly number[]
  names: readonly string[]
  lines: readonly Points[]
  hidden: readonly boolean[]
  index: number | undefined
  cursor: Cursor
}

/** Draws into an element, and again when it, the language or the colours change. */
export function usePlot(target: HTMLElement | null, drawn: Drawn): 'first' | 'drawn' | 'failed' {
  const { scheme, locale } = useKit()
  const [plot, setPlot] = useState<Plot | undefined>()
  const [failed, setFailed] = useState(false)
  const { unit, height, moments, lines, hidden, index, cursor } = drawn
  const names = drawn.names.join('\n')
  useEffect(() => {
    if (target === null) return
    let made: Plot | undefined
    let gone = false
    const draw = async () => {
      const { makePlot } = await import('./plot.ts')
      if (gone) return
      const { textMuted, border, surface } = palettes[scheme]
      made = makePlot(target, {
        width: Math.max(target.clientWidth, 120),
        height,
        unit,
        locale,
        lines: names.split('\n').map((name, place) => ({ name, style: lineStyle(place, scheme) })),
        paint: { text: textMuted, grid: border, surface, font: `12px ${fontFamily}` },
        onPoint: cursor.put,
      })
      setPlot(made)
    }
    draw().catch(() => setFailed(true))
    return () => {
      gone = true
      made?.remove()
      setPlot(undefined)
    }
  }, [target, scheme, locale, unit, height, names, cursor])
  useEffect(() => plot?.fill(moments, lines), [plot, moments, lines])
  useEffect(() => plot?.hide(hidden), [plot, hidden])
  useEffect(() => plot?.point(index), [plot, index, moments])
  useEffect(() => {
    if (target === null || plot === undefined) return
    const observer = new ResizeObserver(() => plot.resize(Math.max(target.clientWidth, 120)))
    observer.observe(target)
    return () => observer.disconnect()
  }, [target, plot])
  if (failed) return 'failed'
  return plot === undefined ? 'first' : 'drawn'
}
