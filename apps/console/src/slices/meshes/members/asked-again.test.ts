import { expect, it } from 'vitest'
import { askedAgainIn } from './asked-again.ts'

const sync = (state: 'synced' | 'syncing' | 'timeout') => ({ state: 'ready', sync: { state, replicas: [] } })

it('is asked again soon while a member joins, leaves or is being read, and no longer', () => {
  expect(askedAgainIn(undefined)).toBe(30_000)
  expect(askedAgainIn([sync('synced'), sync('timeout')])).toBe(30_000)
  expect(askedAgainIn([sync('synced'), sync('syncing')])).toBe(8_000)
  expect(askedAgainIn([{ state: 'progressing' }])).toBe(8_000)
  expect(askedAgainIn([{ state: 'leaving' }, sync('synced')])).toBe(8_000)
})
