import { expect, it } from 'vitest'
import { moment, momentTicks } from './times.ts'

const at = (text: string) => new Date(text).getTime() / 1000

it('an axis says the time, and the date where a day begins', () => {
  const moments = [at('2026-11-28T22:00:00'), at('2026-11-29T00:00:00'), at('2026-11-29T02:00:00')]
  expect(momentTicks(moments, { apart: 7_200, locale: 'en' })).toEqual(['22:00', '29 Nov', '02:00'])
  expect(momentTicks(moments, { apart: 7_200, locale: 'zh' })).toEqual(['22:00', '11月29日', '02:00'])
  expect(momentTicks(moments.slice(0, 1), { apart: 86_400, locale: 'en' })).toEqual(['28 Nov'])
})

it('a moment names its day, and its seconds, where that tells it from others', () => {
  const seconds = at('2026-11-29T14:05:00')
  expect(moment(seconds, { count: 60, step: 60, locale: 'en' })).toBe('14:05')
  expect(moment(seconds, { count: 168, step: 3_600, locale: 'en' })).toBe('29 Nov, 14:05')
  expect(moment(seconds + 30, { count: 60, step: 30, locale: 'zh' })).toBe('14:05:30')
})
