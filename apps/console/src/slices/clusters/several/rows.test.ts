import { describe, expect, it } from 'vitest'
import { answered, nameFault, rowsOf, type Row, severalHeld, severalIntent } from './rows.ts'

const result = { accepted: true, warnings: [], contexts: [], ends: [], checks: [], istio: [] }
const passed = { state: 'tested', result } as const
const exec = { code: 'kubeconfig.exec', params: { command: 'aws' } }
const found = [
  { context: 'admin@prod', server: 'https://a' },
  { context: 'viewer@prod', server: 'https://a' },
  { context: 'cloud', refusal: exec },
]
const tested = (rows: Row[]) => rows.map((row) => (row.refusal === undefined ? answered(row, passed) : row))

describe('contexts that were found', () => {
  it('are proposed under names of their own, those alone that can be used', () => {
    expect(rowsOf(found).map(({ name, chosen }) => [name, chosen])).toEqual([
      ['prod', true],
      ['prod-2', true],
      ['', false],
    ])
  })

  it('are left out when their test refuses them or cannot be made', () => {
    const [row] = rowsOf(found)
    if (row === undefined) throw new Error('no row')
    expect(answered(row, passed).chosen).toBe(true)
    expect(answered(row, { state: 'tested', result: { ...result, accepted: false } }).chosen).toBe(false)
    expect(answered(row, { state: 'failed', error: new TypeError('offline') }).chosen).toBe(false)
  })
})

describe('what holds a plan for several', () => {
  it('is the first thing that is missing', () => {
    const rows = rowsOf(found)
    expect(severalHeld(rows)).toBe('testing')
    expect(severalHeld(tested(rows))).toBeUndefined()
    expect(severalHeld(tested(rows).map((row) => ({ ...row, chosen: false })))).toBe('none')
    const refused = tested(rows).map((row) => ({ ...row, asked: { state: 'failed', error: undefined } as const }))
    expect(severalHeld(refused)).toBe('refused')
    expect(severalHeld(tested(rows).map((row) => ({ ...row, name: 'same' })))).toBe('names')
    expect(severalHeld(tested(rows).map((row) => ({ ...row, network: 'not one' })))).toBe('networks')
    const many = rowsOf(Array.from({ length: 51 }, (_, index) => ({ context: `c${index}` })))
    expect(severalHeld(tested(many))).toBe('tooMany')
  })

  it('says what is wrong with each name, and nothing of those left out', () => {
    const rows = tested(rowsOf(found)).map((row) => ({ ...row, name: row.context === 'cloud' ? '' : 'Same' }))
    expect(rows.map((row) => nameFault(row, rows))).toEqual(['name', 'name', undefined])
    const same = rows.map((row) => ({ ...row, name: 'same' }))
    expect(same.map((row) => nameFault(row, same))).toEqual(['twice', 'twice', undefined])
    const [first] = same
    expect(first && nameFault({ ...first, name: '' }, same)).toBe('nameMissing')
  })
})

it('plans those that are chosen, with what is said of each', () => {
  const rows = tested(rowsOf(found)).map((row) => ({
    ...row,
    region: row.name === 'prod' ? ' eu ' : '',
    network: row.name === 'prod' ? '' : 'vpc-2',
  }))
  expect(severalIntent(rows, { kind: 'offered' })).toEqual({
    type: 'clusters.register',
    source: { kind: 'offered' },
    clusters: [
      { name: 'prod', spec: { region: 'eu' }, context: 'admin@prod' },
      { name: 'prod-2', spec: { network: 'vpc-2' }, context: 'viewer@prod' },
    ],
  })
})
