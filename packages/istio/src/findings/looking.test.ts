import { expect, test } from 'vitest'
import { createLook, createLooking } from './looking.ts'

test('those who look no more are sorted out when many have looked, and the others are told', () => {
  const [looking, at] = [createLooking(), createLook()]
  const told: number[] = []
  const nodes = Array.from({ length: 65 }, (_, index) => ({ forgotten: false, again: () => void told.push(index) }))
  const look = (from: number, to: number) => {
    for (const node of nodes.slice(from, to)) looking.work(node, () => looking.look(at))
  }
  look(0, 62)
  for (const node of nodes.slice(0, 60)) node.forgotten = true
  look(62, 64)
  expect(at.readers).toHaveLength(64)
  look(64, 65)
  expect(at.readers).toEqual(nodes.slice(60))
  looking.changed([at])
  expect(told).toEqual([60, 61, 62, 63, 64])
})
