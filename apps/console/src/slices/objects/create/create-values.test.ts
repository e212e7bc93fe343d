import { ruleTemplates } from '@orbweaver/istio/rules/templates'
import { describe, expect, it } from 'vitest'
import { carriedOver, initialValues } from './create-values.ts'

const [split, byHeader, timeout] = ruleTemplates.VirtualService

describe('carriedOver', () => {
  it('takes over what was typed, and only that', () => {
    if (split === undefined || byHeader === undefined || timeout === undefined) throw new Error('templates are missing')
    const now = {
      name: 'mine',
      namespace: 'shop',
      values: { ...initialValues(split).values, host: 'ratings', percent: '5' },
    }
    expect(carriedOver(now, split, byHeader)).toEqual({
      name: 'mine',
      namespace: 'shop',
      values: { ...initialValues(byHeader).values, host: 'ratings' },
    })
    expect(carriedOver({ ...initialValues(split), namespace: 'shop' }, split, timeout)).toEqual({
      ...initialValues(timeout),
      namespace: 'shop',
    })
  })
})
