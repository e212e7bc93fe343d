import { describe, expect, it } from 'vitest'
import { palettes } from '../palette.ts'
import { inks, lineStyle } from './inks.ts'

type Triple = [number, number, number]

function linear(hex: string): Triple {
  const at = (start: number) => {
    const part = Number.parseInt(hex.slice(start, start + 2), 16) / 255
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }
  return [at(1), at(3), at(5)]
}

function times(matrix: readonly Triple[], [x, y, z]: Triple): Triple {
  const row = (index: number) => {
    const [a, b, c] = matrix[index] ?? [0, 0, 0]
    return Math.max(0, a * x + b * y + c * z)
  }
  return [row(0), row(1), row(2)]
}

function contrast(one: string, other: string): number {
  const luminance = (hex: string) => {
    const [r, g, b] = linear(hex)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

/** OKLab (Björn Ottosson, 2020): distances in it follow what the eye tells apart; 1 is from black to white. */
function lab(colour: Triple): Triple {
  const cones = times(
    [
      [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
      [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
      [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
    ],
    colour,
  )
  const [l, m, s] = [Math.cbrt(cones[0]), Math.cbrt(cones[1]), Math.cbrt(cones[2])]
  return [
    0.210_454_255_3 * l + 0.793_617_785 * m - 0.004_072_046_8 * s,
    1.977_998_495_1 * l - 2.428_592_205 * m + 0.450_593_709_9 * s,
    0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766 * s,
  ]
}

/** What eyes without one kind of cone see (Machado, Oliveira, Fernandes 2009, severity 1). */
const eyes: Record<string, readonly Triple[]> = {
  'all three cones': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'no red cone': [
    [0.152_286, 1.052_583, -0.204_868],
    [0.114_503, 0.786_281, 0.099_216],
    [-0.003_882, -0.048_116, 1.051_998],
  ],
  'no green cone': [
    [0.367_322, 0.860_646, -0.227_968],
    [0.280_085, 0.672_501, 0.047_413],
    [-0.011_82, 0.042_94, 0.968_881],
  ],
  'no blue cone': [
    [1.255_528, -0.076_749, -0.178_779],
    [-0.078_411, 0.930_809, 0.147_602],
    [0.004_733, 0.691_367, 0.303_9],
  ],
}

const pairs = (list: readonly string[]) =>
  list.flatMap((one, index) => list.slice(0, index).map((other) => [one, other]))

describe.each(['light', 'dark'] as const)('lines in %s', (scheme) => {
  it.each(inks[scheme])('%s stands out from every ground (WCAG 1.4.11)', (ink) => {
    const { surface, page, sunken, raised } = palettes[scheme]
    for (const ground of [surface, page, sunken, raised]) expect(contrast(ink, ground)).toBeGreaterThanOrEqual(3)
  })

  it.each(Object.entries(eyes))('differ for eyes with %s', (_, eye) => {
    for (const [one = '', other = ''] of pairs(inks[scheme])) {
      const [a, b] = [lab(times(eye, linear(one))), lab(times(eye, linear(other)))]
      expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])).toBeGreaterThan(0.1)
    }
  })

  it('look alike only after twenty', () => {
    const styles = Array.from({ length: 20 }, (_, index) => JSON.stringify(lineStyle(index, scheme)))
    expect(new Set(styles).size).toBe(20)
    expect(lineStyle(20, scheme)).toEqual(lineStyle(0, scheme))
  })
})
