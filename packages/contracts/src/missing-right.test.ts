import { describe, expect, it } from 'vitest'
import { eachRightOnce, forbidden, rightIn } from './missing-right.ts'

const right = (more: object = {}) => ({ cluster: 'east', verb: 'create', group: '', resource: 'secrets', ...more })

describe('a missing right', () => {
  it('goes over the wire as a message, and is read from no other', () => {
    const message = forbidden(right({ namespace: 'shop', user: 'corp:vic' }))
    expect(message.code).toBe('plan.forbidden')
    expect(rightIn(message, 'person')).toEqual(right({ namespace: 'shop', user: 'corp:vic' }))
    expect(rightIn(message, 'console')).toBeUndefined()
    expect(rightIn({ code: 'plan.gone', params: right() }, 'person')).toBeUndefined()
  })

  it('is told once, in the order it was found', () => {
    const other = { code: 'plan.nothing_to_do', params: {} }
    const reasons = [
      forbidden(right({ namespace: 'shop' })),
      forbidden(right({ verb: 'delete', namespace: 'shop' })),
      other,
      forbidden(right()),
      forbidden(right()),
      forbidden(right({ cluster: 'west', namespace: 'shop' })),
      forbidden(right(), 'console'),
      other,
    ]
    expect(eachRightOnce(reasons)).toEqual([
      forbidden(right({ verb: 'delete', namespace: 'shop' })),
      other,
      forbidden(right()),
      forbidden(right({ cluster: 'west', namespace: 'shop' })),
      forbidden(right(), 'console'),
      other,
    ])
  })
})
