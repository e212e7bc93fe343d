import { expect, it } from 'vitest'
import { firstSecretName, isOwnSecretName, nextSecretName } from './credentials.ts'

it('names the Secret after the present one', () => {
  expect(firstSecretName('east')).toBe('cluster-east')
  expect(nextSecretName('east', 'cluster-east')).toBe('cluster-east.2')
  expect(nextSecretName('east', 'cluster-east.2')).toBe('cluster-east.3')
  expect(nextSecretName('east', 'made-by-hand')).toBe('cluster-east.1')
  expect(nextSecretName('east', undefined)).toBe('cluster-east.1')
})

it.each([
  ['cluster-east', true],
  ['cluster-east.12', true],
  ['cluster-east-2', false],
  ['cluster-east.', false],
  ['cluster-east.02', false],
  ['cluster-east.2.1', false],
  ['cluster-west', false],
  ['made-by-hand', false],
  [undefined, false],
])('knows its own: %s', (name, own) => {
  expect(isOwnSecretName('east', name)).toBe(own)
})
