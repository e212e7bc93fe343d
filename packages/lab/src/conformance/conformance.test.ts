import { describe, expect, it } from 'vitest'
import { areas } from './areas.ts'
import { readRecord, readTable, table } from './table.ts'
import { conformance } from './testing/suite.ts'

describe('the sandbox behaves as real components do', () => conformance('sandbox', { broken: false }))

describe('without the behaviour a check fails', () => conformance('sandbox', { broken: true }))

describe('docs/conformance.md', () => {
  it('has every check, with what it did on both', () => {
    const recorded = readRecord()
    expect(readTable() === table(recorded, areas), 'pnpm conformance sandbox --write, and the same for lab').toBe(true)
    const sentences = areas.flatMap(({ checks }) => checks.map(({ says }) => says))
    expect(new Set(sentences).size).toBe(sentences.length)
    const unequal = sentences.filter((says) => recorded.sandbox[says] !== 'same' || recorded.lab[says] !== 'same')
    expect(unequal.length).toBeLessThanOrEqual(5)
  })
})
