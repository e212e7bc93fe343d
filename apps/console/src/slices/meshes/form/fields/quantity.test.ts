import { expect, it } from 'vitest'
import { quantityText, readQuantity, type Resource } from './quantity.ts'

const written: [Resource, string][] = [
  ['cpu', '100m'],
  ['cpu', '0.5'],
  ['memory', '128Mi'],
  ['memory', '1.5Gi'],
  ['memory', '0'],
  ['memory', ''],
]

it.each(written)('shows %s %j as amount and unit, and writes the same again', (resource, text) => {
  const read = readQuantity(resource, text)
  expect(read).toBeDefined()
  expect(read === undefined ? undefined : quantityText(resource, read)).toBe(text)
})

it.each<[Resource, string]>([
  ['memory', '128'],
  ['cpu', '100Mi'],
  ['memory', '1e3'],
])('leaves %s %j as it is written: no unit is guessed', (resource, text) => {
  expect(readQuantity(resource, text)).toBeUndefined()
})

it('gives every amount of memory a unit', () => {
  expect(quantityText('memory', { amount: 128, unit: 'Mi' })).toBe('128Mi')
})
