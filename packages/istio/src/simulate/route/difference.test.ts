import { describe, expect, it } from 'vitest'
import { routeDifference } from './difference.ts'
import { ask, rule } from './samples.ts'

const split = (v1: number, more = '') =>
  rule(
    'reviews',
    `{hosts: [reviews], http: [{${more}route: [{destination: {host: reviews}, weight: ${v1}}, {destination: {host: cart}, weight: ${100 - v1}}]}]}`,
  )
const fault = (percentage: number) =>
  rule(
    'reviews',
    `{hosts: [reviews], http: [{fault: {abort: {httpStatus: 503, percentage: {value: ${percentage}}}}, route: [{destination: {host: reviews}}]}]}`,
  )
const compared = (before: string, after: string) =>
  routeDifference(ask({ yaml: before, question: {} }), ask({ yaml: after, question: {} }))
const shares = ({ destinations }: ReturnType<typeof compared>) =>
  destinations.map(({ host, before, after }) => [host.split('.')[0], before?.weight, after?.weight])

describe('what a change makes of a request', () => {
  it('is told share by share, on either side', () => {
    const found = compared(split(90), split(50))
    expect(shares(found)).toEqual([
      ['reviews', 90, 50],
      ['cart', 10, 50],
    ])
    expect(found.differs).toEqual({ outcome: false, decidedBy: false })
    expect(found.policies).toEqual([])
    expect(compared(split(100), split(0)).policies).toEqual([])
    expect(shares(compared('', split(0)))).toEqual([
      ['reviews', 100, undefined],
      ['cart', undefined, 100],
    ])
  })

  it('says which policies are others, and by whom', () => {
    const { policies, differs } = compared('', split(100, 'timeout: 3s, '))
    expect(policies).toMatchObject([{ name: 'timeout', after: { value: '3s', by: { ref: { name: 'reviews' } } } }])
    expect(differs).toEqual({ outcome: false, decidedBy: true })
    const [longer] = compared(split(100, 'timeout: 3s, '), split(100, 'timeout: 9s, ')).policies
    expect([longer?.before?.value, longer?.after?.value]).toEqual(['3s', '9s'])
  })

  it('is another outcome where faults come, go or are more', () => {
    expect(compared('', fault(10)).differs.outcome).toBe(true)
    expect(compared(fault(10), fault(20)).differs.outcome).toBe(true)
    expect(compared(fault(10), fault(10)).differs.outcome).toBe(false)
    expect(shares(compared(fault(10), fault(20)))).toEqual([['reviews', 100, 100]])
  })
})
