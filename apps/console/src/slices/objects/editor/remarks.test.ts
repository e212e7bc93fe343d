import type { KubernetesObject, ObjectRef } from '@orbweaver/contracts/kubernetes'
import type { Finding, Plan } from '@orbweaver/contracts/plan'
import { describe, expect, it } from 'vitest'
import { findingRemarks, planRemarks, pointerOfField, stillMeant } from './remarks.ts'

const ref: ObjectRef = {
  cluster: 'east',
  group: 'networking.istio.io',
  version: 'v1',
  kind: 'VirtualService',
  namespace: 'shop',
  name: 'reviews',
}
const finding = (pointer: string, at: ObjectRef = ref): Finding => ({
  code: 'virtualservice.weight-sum',
  severity: 'rejected',
  ref: at,
  pointer,
  params: { sum: 90 },
  evidence: [],
  aliases: [],
  fixes: [],
})
const word = ({ code }: { code: string }) => ({ title: code, detail: 'ignored by Istio' })
const rule = (weight: number): KubernetesObject => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'reviews' },
  spec: { http: [{ route: [{ weight }] }] },
})
const plan = (part: Partial<Plan>): Plan => ({
  fingerprint: '',
  title: { code: 'objects.edit', params: {} },
  items: [],
  derived: [],
  findings: { introduced: [], solved: [], remaining: [] },
  impact: { workloads: [], podsRestarting: 0, connectionsBreak: false, notes: [] },
  blocked: [],
  undoable: true,
  clusters: [],
  ...part,
})

describe('pointerOfField', () => {
  it.each([
    ['spec.http[0].route[1].weight', '/spec/http/0/route/1/weight'],
    ['spec', '/spec'],
    ['metadata.labels[a/b]', '/metadata/labels/a~1b'],
  ])('%s is %s', (field, pointer) => {
    expect(pointerOfField(field)).toBe(pointer)
  })
})

describe('remarks', () => {
  it('carry title and detail of a finding', () => {
    expect(findingRemarks([finding('/spec')], word)).toEqual([
      { pointer: '/spec', severity: 'error', message: 'virtualservice.weight-sum\nignored by Istio' },
    ])
  })

  it('go when what they point at was edited', () => {
    const found = [finding('/spec/http/0/route/0/weight'), finding('/spec/hosts')]
    expect(stillMeant(found, rule(90), rule(90))).toHaveLength(2)
    expect(stillMeant(found, rule(90), rule(100)).map((each) => each.pointer)).toEqual(['/spec/hosts'])
  })

  it('of a plan are those about its object, with the server’s own words in their place', () => {
    const other = { ...ref, name: 'ratings' }
    const items: Plan['items'] = [
      {
        id: '1',
        ref,
        op: 'update',
        touched: [],
        dryRun: { state: 'refused', message: 'weight -3 < 0', field: 'spec.http[0]' },
      },
      { id: '2', ref: other, op: 'update', touched: [], dryRun: { state: 'accepted', warnings: ['old'] } },
    ]
    const findings = { introduced: [finding('/a'), finding('/b', other)], solved: [finding('/c')], remaining: [] }
    expect(planRemarks(plan({ items, findings }), ref, word)).toEqual([
      expect.objectContaining({ pointer: '/a' }),
      { pointer: '/spec/http/0', message: 'weight -3 < 0', severity: 'error' },
    ])
  })

  it('show warnings of an accepted write at the top', () => {
    const items: Plan['items'] = [
      { id: '1', ref, op: 'update', touched: [], dryRun: { state: 'accepted', warnings: ['use v1'] } },
    ]
    expect(planRemarks(plan({ items }), ref, word)).toEqual([{ pointer: '', message: 'use v1', severity: 'warning' }])
  })
})
