import { expect, test } from 'vitest'
import { type ReplicaCounts, recreateStep, rollingLimits, rollingStep } from './rolling.ts'

const counts = (size: number, available = size): ReplicaCounts => ({ size, available })

test('limits: percentages round up for surge and down for unavailability', () => {
  expect(rollingLimits({ maxSurge: undefined, maxUnavailable: undefined }, 3)).toEqual({
    maxSurge: 1,
    maxUnavailable: 0,
  })
  expect(rollingLimits({ maxSurge: '100%', maxUnavailable: '25%' }, 4)).toEqual({ maxSurge: 4, maxUnavailable: 1 })
  expect(rollingLimits({ maxSurge: 0, maxUnavailable: 0 }, 4)).toEqual({ maxSurge: 0, maxUnavailable: 1 })
})

test('a new Deployment gets all its Pods at once', () => {
  const state = { replicas: 3, maxSurge: 1, maxUnavailable: 0, current: counts(0), old: [] }
  expect(rollingStep(state)).toEqual({ current: 3, old: [] })
})

test('an update never has more than surge and never fewer than promised', () => {
  let current = counts(0)
  let old = counts(3)
  const seen: string[] = []
  for (let round = 0; round < 20 && (old.size > 0 || current.available < 3); round += 1) {
    const step = rollingStep({ replicas: 3, maxSurge: 1, maxUnavailable: 0, current, old: [old] })
    if (step.current === current.size && step.old[0] === old.size) current = counts(current.size)
    else {
      current = { size: step.current, available: current.available }
      old = counts(step.old[0] ?? 0)
    }
    seen.push(`${current.size}+${old.size}`)
    expect(current.size + old.size).toBeLessThanOrEqual(4)
    expect(current.available + old.available).toBeGreaterThanOrEqual(3)
  }
  expect(seen.at(-1)).toBe('3+0')
})

test('broken old Pods go first', () => {
  const state = { replicas: 2, maxSurge: 1, maxUnavailable: 0, current: counts(1, 0), old: [counts(2, 1)] }
  expect(rollingStep(state).old).toEqual([2])
  const ready = { ...state, current: counts(1, 1) }
  expect(rollingStep(ready).old).toEqual([1])
})

test('scaling down shrinks the current set', () => {
  expect(rollingStep({ replicas: 1, maxSurge: 1, maxUnavailable: 0, current: counts(3), old: [] }).current).toBe(1)
})

test('Recreate waits for the old ones', () => {
  const state = { replicas: 2, maxSurge: 1, maxUnavailable: 0, current: counts(0), old: [counts(2)] }
  expect(recreateStep(state, true)).toEqual({ current: 0, old: [0] })
  expect(recreateStep({ ...state, old: [counts(0)] }, false)).toEqual({ current: 2, old: [0] })
})
