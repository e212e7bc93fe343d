import { describe, expect, it } from 'vitest'
import { moveNotes } from './move.ts'

const before = new Map([
  ['hub', 'n1'],
  ['east', 'n1'],
  ['west', 'n2'],
])
type Counts = () => { pods: number; workloads: number } | undefined
const two: Counts = () => ({ pods: 2, workloads: 1 })
const codes = (was: Map<string, string>, [network = '', ...moved]: string[], keeping: Counts = two) =>
  moveNotes({ before: was, moved, network, keeping }).map((each) => each.code.replace('network.', ''))

describe('moving clusters to a network', () => {
  it('says what goes by itself, whose Pods restart, and what does not work meanwhile', () => {
    const notes = moveNotes({ before, moved: ['east'], network: 'n3', keeping: two })
    expect(notes).toEqual([
      { code: 'network.move-first', params: { cluster: 'east', from: 'n1', network: 'n3' } },
      { code: 'network.move-then', params: { cluster: 'east', from: 'n1', network: 'n3', pods: 2, workloads: 1 } },
      { code: 'network.move-meanwhile-through', params: { cluster: 'east', from: 'n1', network: 'n3', others: 'hub' } },
    ])
  })

  it('leaves a network nobody else is on without a gateway until Pods restart', () => {
    expect(codes(before, ['n3', 'west'])).toEqual(['move-first', 'move-then', 'move-meanwhile-direct'])
  })

  it('to one that others are on says that they dial each other directly', () => {
    expect(moveNotes({ before, moved: ['east'], network: 'n2', keeping: two }).at(-1)).toEqual({
      code: 'network.move-direct',
      params: { clusters: 'east, west', network: 'n2' },
    })
  })

  it('together says so too, and a group that is only renamed does not', () => {
    expect(codes(before, ['n4', 'east', 'west'])).toContain('move-direct')
    expect(codes(before, ['n4', 'hub', 'east'])).not.toContain('move-direct')
  })

  it('makes gateways when one network becomes two, and removes them when two become one', () => {
    const one = new Map([
      ['hub', 'n1'],
      ['east', 'n1'],
    ])
    expect(codes(one, ['n2', 'east'])).toContain('move-makes-gateways')
    expect(codes(before, ['n1', 'west'])).toContain('move-removes-gateways')
    expect(codes(before, ['n4', 'hub', 'east'])).not.toContain('move-makes-gateways')
  })

  it('asks for no restart where no Pod has a sidecar, and says where nobody may count them', () => {
    expect(codes(before, ['n3', 'east'], () => ({ pods: 0, workloads: 0 }))).toEqual(['move-first', 'move-then-none'])
    expect(moveNotes({ before, moved: ['east'], network: 'n3', keeping: () => undefined })[1]?.code).toBe(
      'network.move-then-unseen',
    )
  })

  it('to where they are already does nothing', () => {
    expect(codes(before, ['n1', 'hub', 'east'])).toEqual([])
  })
})
