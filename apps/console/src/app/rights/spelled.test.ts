import { expect, it } from 'vitest'
import { byResource, inShort, isShortened } from './spelled.ts'

it('rights are told by resource, in the order they were asked in', () => {
  expect(byResource('get pods, list pods, create istios.sailoperator.io, watch pods')).toEqual([
    { resource: 'pods', verbs: ['get', 'list', 'watch'] },
    { resource: 'istios.sailoperator.io', verbs: ['create'] },
  ])
})

it('a sentence names the first resources and says that there are more', () => {
  const few = byResource('create secrets, delete secrets, create services')
  expect(inShort(few)).toBe('secrets (create, delete), services (create)')
  expect(isShortened(few)).toBe(false)
  const many = byResource('get a, get b, get c, get d')
  expect(inShort(many)).toBe('a (get), b (get), c (get), …')
  expect(isShortened(many)).toBe(true)
})
