import type { Scheme } from '../palette.ts'

/**
 * Colours of lines, apart from each other for every kind of colour vision and from each ground they are drawn on; that
 * is asserted in inks.test.ts. With the dashes they make twenty lines of which no two look the same.
 */
export const inks: Record<Scheme, readonly string[]> = {
  light: ['#0d6464', '#4a1fa0', '#8f7d2e', '#3580cd', '#6b2410'],
  dark: ['#5abfb9', '#9566e0', '#f2cf2e', '#c0692a', '#d9fbff'],
}

/** Drawn and blank, in pixels. */
const dashes: readonly number[][] = [[], [8, 4], [2, 3], [10, 3, 2, 3]]

export type LineStyle = { ink: string; dash: number[] }

export function lineStyle(index: number, scheme: Scheme): LineStyle {
  const palette = inks[scheme]
  return { ink: palette[index % palette.length] ?? 'currentColor', dash: dashes[index % dashes.length] ?? [] }
}
