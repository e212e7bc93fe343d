import fc from 'fast-check'
import { expect, test } from 'vitest'
import { casesOf, said, sequenceIn, sequences, type Step } from './steps.ts'

test.each([0, 1, 7, 40])('sequence %i of a seed is what a check of its path plays first', async (index) => {
  const played: Step[][] = []
  const property = fc.asyncProperty(sequences, (sequence) => {
    played.push(sequence)
    return Promise.resolve()
  })
  await fc.check(property, { seed: 11, path: String(index), numRuns: 1 })
  expect(played).toEqual([casesOf(11, 41)[index]?.sequence])
})

test('what is printed of a sequence can be played again', () => {
  for (const { sequence } of casesOf(3, 30)) expect(sequenceIn(said(sequence))).toEqual(sequence)
  expect(() => sequenceIn('[{"do":"dance"}]')).toThrow('a sequence is a list of steps')
})
