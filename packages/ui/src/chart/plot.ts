import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Locale } from '../kit.tsx'
import type { LineStyle } from './inks.ts'
import { tickDistances, ticks, type Unit } from './measure.ts'
import { momentTicks } from './times.ts'

export type Points = readonly (number | null)[]

export type PlotOptions = {
  width: number
  height: number
  unit: Unit
  locale: Locale
  lines: { name: string; style: LineStyle }[]
  paint: { text: string; grid: string; surface: string; font: string }
  /** Where the pointer is; undefined once it left. */
  onPoint: (index: number | undefined) => void
}

/** A drawing that lives in an element until it is taken away. Moments are seconds since 1970. */
export type Plot = {
  fill: (moments: readonly number[], lines: readonly Points[]) => void
  resize: (width: number) => void
  hide: (hidden: readonly boolean[]) => void
  point: (index: number | undefined) => void
  remove: () => void
}

/**
 * Draws by uPlot, which is fetched with this file alone. Nothing in it moves by itself.
 * @throws where the browser draws on no canvas: uPlot would find out later, where nobody hears of it.
 */
export function makePlot(target: HTMLElement, options: PlotOptions): Plot {
  if (!hasCanvas()) throw new Error('nothing can be drawn here')
  // What is pointed at from elsewhere is not told back.
  let told = true
  const plot = new uPlot(
    {
      width: options.width,
      height: options.height,
      scales: { x: { time: true }, y: { range: (_plot, _least, most) => [0, most > 0 ? most * 1.08 : 1] } },
      axes: axes(options),
      series: [{}, ...options.lines.map(series(options))],
      legend: { show: false },
      padding: [8, 8, 0, 0],
      cursor: {
        y: false,
        drag: { x: false, y: false },
        points: { size: 7, fill: (_plot, index) => options.lines[index - 1]?.style.ink ?? 'none' },
      },
      hooks: {
        setCursor: [
          ({ cursor: { idx, left = -1 } }) => {
            if (told) options.onPoint(left < 0 ? undefined : (idx ?? undefined))
          },
        ],
      },
    },
    [[], ...options.lines.map(() => [])],
    target,
  )
  const quietly = (act: () => void) => {
    told = false
    act()
    told = true
  }
  return {
    fill: (moments, lines) => quietly(() => plot.setData([[...moments], ...lines.map((each) => [...each])])),
    resize: (width) => plot.setSize({ width, height: options.height }),
    hide: (hidden) =>
      plot.batch(() => {
        for (const [index, away] of hidden.entries()) plot.setSeries(index + 1, { show: !away })
      }),
    point: (index) => quietly(() => plot.setCursor({ left: leftOf(plot, index), top: index === undefined ? -10 : 0 })),
    remove: () => plot.destroy(),
  }
}

function hasCanvas(): boolean {
  return typeof CanvasRenderingContext2D === 'function' && document.createElement('canvas').getContext('2d') !== null
}

function leftOf(plot: uPlot, index: number | undefined): number {
  const moment = index === undefined ? undefined : plot.data[0][index]
  return moment === undefined ? -10 : plot.valToPos(moment, 'x')
}

function axes({ unit, locale, paint }: PlotOptions): uPlot.Axis[] {
  const incrs = tickDistances(unit)
  const common: uPlot.Axis = {
    stroke: paint.text,
    font: paint.font,
    grid: { stroke: paint.grid, width: 1 },
    ticks: { show: false },
  }
  return [
    {
      ...common,
      grid: { show: false },
      ticks: { show: true, stroke: paint.grid, width: 1, size: 4 },
      size: 28,
      space: 64,
      values: (_plot, moments, ...[, , apart]) => momentTicks(moments, { apart, locale }),
    },
    {
      ...common,
      size: (_plot, labels: string[] | null) => 16 + 7 * Math.max(2, ...(labels ?? []).map((each) => each.length)),
      space: 36,
      ...(incrs !== undefined && { incrs }),
      values: (_plot, values) => ticks(values, { unit, locale }),
    },
  ]
}

function series({ paint }: PlotOptions): (line: PlotOptions['lines'][number]) => uPlot.Series {
  return ({ name, style }) => ({
    label: name,
    stroke: style.ink,
    width: 1.75,
    dash: style.dash,
    points: { show: false, size: 5, fill: paint.surface, filter: (plot, index) => alone(plot.data[index] ?? []) },
  })
}

/** Points without a neighbour make no line: they are drawn as points. */
function alone(values: ArrayLike<number | null | undefined>): number[] {
  return Array.from(values).flatMap((value, index, all) => {
    const [before, after] = [all[index - 1] ?? null, all[index + 1] ?? null]
    return typeof value === 'number' && before === null && after === null ? [index] : []
  })
}
