import type { AccessHop } from '@orbweaver/contracts/explain-access'
import { describe, expect, it } from 'vitest'
import { aroundHops } from './around-hops.ts'

const step = (code: string) => ({ code, params: {} })
const hop = (...codes: string[]): AccessHop => ({
  at: 'sidecar',
  layer: 'http',
  mtls: true,
  verdict: 'allowed',
  decidedBy: null,
  trail: codes.map(step),
})
const around = (hops: AccessHop[], trail: string[], unknown: string[] = []) => {
  const { before, after } = aroundHops({ hops, trail: trail.map(step), unknown: unknown.map(step) })
  return [before.map(({ code }) => code), after.map(({ code }) => code)]
}

describe('steps that no hop says', () => {
  it('are told apart by where they stand', () => {
    expect(around([hop('b', 'c'), hop('d')], ['a', 'b', 'c', 'd', 'e', 'f'])).toEqual([['a'], ['e', 'f']])
    expect(around([hop('b')], ['b', 'b'])).toEqual([[], ['b']])
    expect(around([hop('a')], ['a'])).toEqual([[], []])
  })
  it('are all of them where there is no hop, or the trail has none of it', () => {
    expect(around([], ['a', 'b'])).toEqual([[], ['a', 'b']])
    expect(around([hop('c')], ['a', 'b'])).toEqual([['a', 'b'], []])
    expect(around([hop('c', 'd')], ['a'])).toEqual([['a'], []])
  })
  it('end with what was not read, which the trail says where there is no hop', () => {
    expect(around([hop('a')], ['a', 'b'], ['c'])).toEqual([[], ['b', 'c']])
    expect(around([], ['c'], ['c'])).toEqual([[], ['c']])
  })
})
