import { expect, it } from 'vitest'
import { toldEnds } from './ends.ts'

const now = new Date('2026-12-01T00:00:00Z')
const days = (count: number) => new Date(now.getTime() + count * 86_400_000)

it.each<[string, Date | undefined, string]>([
  ['over at the very moment', now, 'over'],
  ['over long ago', days(-400), 'over'],
  ['soon at one day before', days(1), 'soon'],
  ['soon just under 30 days before', new Date(days(30).getTime() - 1), 'soon'],
  ['not yet soon at 30 days before', days(30), 'later'],
  ['unsaid where it does not say', undefined, 'unsaid'],
])('an end is %s', (_what, at, state) => {
  const [told] = toldEnds([{ of: 'token', ...(at !== undefined && { at }) }], now)
  expect(told).toEqual({ of: 'token', state, ...(at !== undefined && { at: at.toISOString() }) })
})
