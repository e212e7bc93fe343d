import { listAt, textAt } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { stages } from './stages.ts'

const stage = (name: string) => ({
  apiVersion: 'kwok.x-k8s.io/v1alpha1',
  kind: 'Stage',
  metadata: { name },
  spec: { selector: { matchExpressions: [{ key: '.status.phase', operator: 'In', values: ['Pending'] }] } },
})

describe('the stages of fake kubelets', () => {
  const written = parseAllDocuments(stages([stage('pod-ready'), stage('pod-delete')])).map((document) => {
    const value: unknown = document.toJS()
    return value
  })
  const expressions = (index: number) => listAt(written[index], 'spec', 'selector', 'matchExpressions')

  it('leave istiod to the lab', () => {
    expect(expressions(0).map((each) => listAt(each, 'values'))).toEqual([['Pending'], ['false']])
    expect(expressions(1)).toHaveLength(1)
  })

  it('give istiod an address, and no readiness', () => {
    expect(textAt(written[2], 'metadata', 'name')).toBe('istiod-starting')
    expect(textAt(written[2], 'spec', 'next', 'statusTemplate')).not.toContain('status: "True", reason')
    expect(
      expressions(2)
        .map((each) => listAt(each, 'values'))
        .at(-1),
    ).toEqual(['true'])
  })
})
