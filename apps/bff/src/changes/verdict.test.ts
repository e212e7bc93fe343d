import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { restartedAt, restartPointer } from './prepared.ts'
import type { RecordItem } from './record.ts'
import { verdictOf } from './verdict.ts'

const at = '2026-11-23T10:00:00.000Z'
const namespace = (labels: Record<string, string>, uid = 'u1'): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', uid, labels },
})
const base = { id: 'item-1', cluster: 'east', ref: { group: '', version: 'v1', kind: 'Namespace', name: 'shop' } }
const item = (rest: Partial<RecordItem> & Pick<RecordItem, 'op'>): RecordItem => ({
  ...base,
  how: 'merge',
  by: 'person',
  touched: [],
  ...rest,
})
const verdict = (of: RecordItem, live: KubernetesObject | undefined) => verdictOf({ item: of, live, at })

describe('update', () => {
  const update = item({
    op: 'update',
    uid: 'u1',
    touched: [{ pointer: '/metadata/labels/istio-injection', before: 'disabled', after: 'enabled' }],
  })
  it('runs on what the plan saw', () => {
    expect(verdict(update, namespace({ 'istio-injection': 'disabled', team: 'a' }))).toBe('run')
  })
  it('is done where it reads as it should, whoever wrote it', () => {
    expect(verdict(update, namespace({ 'istio-injection': 'enabled' }))).toBe('done')
  })
  it.each([
    ['a third value', namespace({ 'istio-injection': 'paused' })],
    ['a value that is gone', namespace({})],
    ['another object of the same name', namespace({ 'istio-injection': 'disabled' }, 'u2')],
    ['no object', undefined],
  ])('leaves %s to a person', (_what, live) => {
    expect(verdict(update, live)).toBe('conflict')
  })
})

describe('create', () => {
  const rule: KubernetesObject = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'reviews', namespace: 'shop' },
    spec: { hosts: ['reviews'], http: [{ route: [{ destination: { host: 'reviews' } }] }] },
  }
  const create = item({ op: 'create', object: rule, ref: { ...base.ref, kind: 'VirtualService' } })
  it('runs where there is nothing', () => {
    expect(verdict(create, undefined)).toBe('run')
  })
  it('is done where servers only added to it', () => {
    const stored = { ...rule, metadata: { ...rule.metadata, uid: 'x', labels: { added: 'yes' } }, status: { ok: true } }
    expect(verdict(create, stored)).toBe('done')
  })
  it('takes a list of another length, or other content, as somebody else’s', () => {
    expect(verdict(create, { ...rule, spec: { hosts: ['reviews', 'more'] } })).toBe('conflict')
    expect(verdict(create, { ...rule, spec: { hosts: ['ratings'] } })).toBe('conflict')
  })
  it('compares Secrets by their keys: values are not known here', () => {
    const secret: KubernetesObject = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'cluster-east' },
      data: { kubeconfig: '⟨secret⟩' },
    }
    const wanted = item({ op: 'create', object: secret, ref: { ...base.ref, kind: 'Secret' } })
    expect(verdict(wanted, { ...secret, data: { kubeconfig: 'YQ==' } })).toBe('done')
    expect(verdict(wanted, { ...secret, data: { other: 'YQ==' } })).toBe('conflict')
  })
})

describe('delete', () => {
  const gone = item({ op: 'delete', uid: 'u1' })
  it('runs on the very object, and is done when it is gone, going, or another one', () => {
    expect(verdict(gone, namespace({}))).toBe('run')
    expect(verdict(gone, undefined)).toBe('done')
    expect(verdict(gone, namespace({}, 'u2'))).toBe('done')
    const going = namespace({})
    going.metadata.deletionTimestamp = at
    expect(verdict(gone, going)).toBe('done')
  })
})

describe('restart', () => {
  const workload = (time: string | undefined): KubernetesObject => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'reviews', uid: 'u1' },
    spec: { template: { metadata: { annotations: time === undefined ? {} : { [restartedAt]: time } } } },
  })
  const restart = item({ op: 'restart', uid: 'u1', touched: [{ pointer: restartPointer, after: at }] })
  it.each([
    ['never restarted', undefined, 'run'],
    ['restarted before', '2026-11-22T10:00:00Z', 'run'],
    ['restarted by this change', at, 'done'],
    ['restarted by somebody since', '2026-11-23T11:00:00Z', 'done'],
  ])('%s', (_what, time, wanted) => {
    expect(verdict(restart, workload(time))).toBe(wanted)
  })
})
