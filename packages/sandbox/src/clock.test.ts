import { expect, test } from 'vitest'
import { createClock } from './clock.ts'

test('stands still, is moved on, and calls what falls due in its order and at its own time', () => {
  const clock = createClock()
  clock.freeze()
  const start = clock.now().getTime()
  const called: [string, number][] = []
  const note = (name: string) => () => void called.push([name, clock.now().getTime() - start])
  clock.after(300, note('late'))
  clock.after(100, () => {
    note('early')()
    clock.after(50, note('made on the way'))
  })
  const cancel = clock.after(200, note('called off'))
  cancel()
  clock.advance(99)
  expect(called).toEqual([])
  clock.advance(1_000)
  expect(called).toEqual([
    ['early', 100],
    ['made on the way', 150],
    ['late', 300],
  ])
  expect(clock.now().getTime() - start).toBe(1_099)
})

test('goes on from where it stands', async () => {
  const clock = createClock()
  clock.freeze()
  clock.advance(86_400_000)
  const stood = clock.now().getTime()
  const fired = new Promise<void>((resolve) => clock.after(5, resolve))
  clock.thaw()
  await fired
  expect(clock.now().getTime()).toBeGreaterThanOrEqual(stood + 5)
  expect(clock.now().getTime() - Date.now()).toBeGreaterThan(80_000_000)
})

test('a running clock can be moved on too', () => {
  const clock = createClock()
  let called = false
  clock.after(3_600_000, () => {
    called = true
  })
  clock.advance(3_600_000)
  expect(called).toBe(true)
})

test('runs so many times as fast as the machine does', async () => {
  const clock = createClock(1_000)
  const start = clock.now().getTime()
  await new Promise<void>((resolve) => clock.after(60_000, resolve))
  expect(clock.now().getTime() - start).toBeGreaterThanOrEqual(60_000)
})
