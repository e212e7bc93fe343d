import { describe, expect, it } from 'vitest'
import { areas } from './areas.ts'
import { formMark, readRecord, readTable, table } from './table.ts'
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

  it('marks every check whose breakage changes answers, and no other', () => {
    const marked = readTable()
      .split('\n')
      .flatMap((line) => (line.includes(`${formMark} |`) ? [line.slice(2, line.indexOf(`${formMark} |`))] : []))
    const changing = areas.flatMap(({ checks }) => checks.filter(({ broken }) => broken.kind === 'form'))
    expect(changing.map(({ says }) => says.replaceAll('|', '\\|'))).toEqual(marked)
    for (const { broken } of areas.flatMap(({ checks }) => checks)) {
      expect('request' in broken, broken.off).toBe(broken.kind === 'request')
    }
  })
})
