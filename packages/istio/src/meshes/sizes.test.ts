import { expect, it } from 'vitest'
import { fittingPreset, presetOf } from './sizes.ts'

it.each([
  [{ services: 0, pods: 0 }, 'S50P200'],
  [{ services: 50, pods: 200 }, 'S50P200'],
  [{ services: 51, pods: 1 }, 'S200P1000'],
  [{ services: 1, pods: 1001 }, 'S500P2000'],
  [{ services: 5000, pods: 20_000 }, 'S5000P20000'],
  [{ services: 5001, pods: 1 }, undefined],
])('fits %j', (held, name) => {
  expect(fittingPreset(held)?.name).toBe(name)
})

it('knows what a size asks for', () => {
  expect(presetOf('S200P1000')).toMatchObject({
    requests: { cpu: '400m', memory: '500Mi' },
    limits: { cpu: '2000m', memory: '2000Mi' },
  })
  expect(presetOf('Custom')).toBeUndefined()
})
