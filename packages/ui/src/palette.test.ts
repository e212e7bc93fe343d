import { describe, expect, it } from 'vitest'
import { customProperties, type Palette, palettes } from './palette.ts'

function luminance(hex: string): number {
  const channels = [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16) / 255)
  const [r = 0, g = 0, b = 0] = channels.map((c) => (c <= 0.040_45 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

const states = ['healthy', 'working', 'attention', 'broken', 'unknown'] as const
const soft = {
  healthy: 'healthySoft',
  working: 'workingSoft',
  attention: 'attentionSoft',
  broken: 'brokenSoft',
  unknown: 'unknownSoft',
} as const

/** Text on the grounds it stands on: 4.5. Edges of controls on theirs: 3 (WCAG 1.4.3, 1.4.11). */
type Pair = { name: string; ink: string; ground: string; least: number }

function pairs(palette: Palette): Pair[] {
  const grounds = ['page', 'surface', 'raised', 'sunken', 'added', 'removed', 'accentSoft'] as const
  const inks = ['text', 'textSoft', 'textMuted', 'accent'] as const
  return [
    ...grounds.flatMap((ground) =>
      inks.map((ink) => ({ name: `${ink} on ${ground}`, ink: palette[ink], ground: palette[ground], least: 4.5 })),
    ),
    ...states.flatMap((state) => [
      { name: `${state} on surface`, ink: palette[state], ground: palette.surface, least: 4.5 },
      { name: `${state} on page`, ink: palette[state], ground: palette.page, least: 4.5 },
      { name: `${state} on its soft ground`, ink: palette[state], ground: palette[soft[state]], least: 4.5 },
    ]),
    { name: 'text on accent', ink: palette.onAccent, ground: palette.accent, least: 4.5 },
    { name: 'text on accent hovered', ink: palette.onAccent, ground: palette.accentHover, least: 4.5 },
    { name: 'control edge on surface', ink: palette.borderStrong, ground: palette.surface, least: 3 },
    { name: 'control edge on page', ink: palette.borderStrong, ground: palette.page, least: 3 },
  ]
}

describe.each(['light', 'dark'] as const)('palette %s', (scheme) => {
  it.each(pairs(palettes[scheme]))('$name reaches its contrast', ({ ink, ground, least }) => {
    expect(contrast(ink, ground)).toBeGreaterThanOrEqual(least)
  })

  it('becomes custom properties', () => {
    expect(customProperties(palettes[scheme])).toContain(`--ow-text-soft: ${palettes[scheme].textSoft};`)
  })
})
