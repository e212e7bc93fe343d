import { describe, expect, it } from 'vitest'
import { duration, elapsedTime, relativeTime } from './relative-time.ts'

const now = Date.parse('2026-03-01T12:00:00Z')

describe('relativeTime', () => {
  it('speaks in the largest unit that fits', () => {
    expect(relativeTime(now - 90_000, now, 'en')).toBe('1 min. ago')
    expect(relativeTime(now - 3 * 86_400_000, now, 'en')).toBe('3 days ago')
    expect(relativeTime(now - 90_000, now, 'zh')).toBe('1 分钟前')
    expect(relativeTime(now + 7_200_000, now, 'en')).toBe('in 2 hr.')
  })

  it('leaves the last seconds unnumbered', () => {
    expect(relativeTime(now - 2000, now, 'en')).toBeUndefined()
  })
})

describe('elapsedTime', () => {
  it('speaks of the time that has gone by', () => {
    expect(elapsedTime(now - 90_000, now, 'en')).toBe('1 min')
    expect(elapsedTime(now - 90_000, now, 'zh')).toBe('1 分钟')
    expect(elapsedTime(now - 3 * 86_400_000, now, 'zh')).toBe('3 天')
    expect(elapsedTime(now - 2000, now, 'en')).toBeUndefined()
  })
})

describe('duration', () => {
  it('shows the two largest units', () => {
    expect(duration(125_000, 'en')).toBe('2 min 5 s')
    expect(duration(3_725_000, 'zh')).toBe('1 小时 2 分')
    expect(duration(400, 'en')).toBe('0 s')
  })
})
