import { describe, expect, it } from 'vitest'
import { measured, tickDistances, ticks, type Unit } from './measure.ts'

const cases: [number, Unit, string, string][] = [
  [0, 'cores', '0 cores', '0 核'],
  [0.002_134, 'cores', '0.00213 cores', '0.00213 核'],
  [12.5, 'cores', '12.5 cores', '12.5 核'],
  [512, 'bytes', '512 B', '512 B'],
  [1_572_864, 'bytes', '1.5 MiB', '1.5 MiB'],
  [3 * 1024 ** 4, 'bytes', '3 TiB', '3 TiB'],
  [2_048, 'bytesPerSecond', '2 KiB/s', '2 KiB/s'],
  [12_345.6, 'perMinute', '12,346/min', '12,346 次/分钟'],
  [0.25, 'perSecond', '0.25/s', '0.25 次/秒'],
  [999, 'milliseconds', '999 ms', '999 ms'],
  [1_250, 'milliseconds', '1.25 s', '1.25 s'],
  [0.012_34, 'share', '1.23 %', '1.23%'],
  [0.000_914, 'share', '0.09 %', '0.09%'],
  [0.000_01, 'share', '< 0.01 %', '< 0.01%'],
  [1, 'share', '100 %', '100%'],
]

describe('measured', () => {
  it.each(cases)('%d of %s', (value, unit, ...[en, zh]) => {
    expect([measured(value, unit, 'en'), measured(value, unit, 'zh')]).toEqual([en, zh])
  })
})

describe('the ticks of an axis', () => {
  it('are all in the size of the largest, and nothing is plainly nothing', () => {
    const place = { unit: 'bytes', locale: 'en' } as const
    expect(ticks([0, 536_870_912, 1_073_741_824], place)).toEqual(['0', '0.5 GiB', '1 GiB'])
    expect(ticks([], place)).toEqual([])
  })

  it('stand at powers of two where bytes are counted', () => {
    expect(tickDistances('bytes')?.slice(0, 4)).toEqual([1, 2, 4, 8])
    expect(tickDistances('cores')).toBeUndefined()
  })
})
