import type { Json } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { applyPaths, authored, holds, inverse, mergePatchOf, touchedPaths, valueAt } from './touched.ts'

const namespace = (labels: Record<string, string>): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', labels },
})
const rule = (spec: Json): KubernetesObject => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'reviews', namespace: 'shop' },
  spec,
})

it('names one path for one changed field deep in lists of one length', () => {
  const route = (weight: number) => rule({ http: [{ route: [{ weight }, { weight: 100 - weight }] }] })
  expect(touchedPaths(route(90), route(80))).toEqual([
    { pointer: '/spec/http/0/route/0/weight', before: 90, after: 80 },
    { pointer: '/spec/http/0/route/1/weight', before: 10, after: 20 },
  ])
})

it('takes a list that grew or shrank as a whole', () => {
  expect(touchedPaths(rule({ hosts: ['a'] }), rule({ hosts: ['a', 'b'] }))).toEqual([
    { pointer: '/spec/hosts', before: ['a'], after: ['a', 'b'] },
  ])
})

it('escapes label keys and leaves out what servers write', () => {
  const live = namespace({ 'istio.io/rev': 'canary' })
  live.metadata.resourceVersion = '12'
  live.status = { phase: 'Active' }
  expect(touchedPaths(live, namespace({ 'istio-injection': 'enabled' }))).toEqual([
    { pointer: '/metadata/labels/istio.io~1rev', before: 'canary' },
    { pointer: '/metadata/labels/istio-injection', after: 'enabled' },
  ])
})

it('says removed labels as null in a merge patch', () => {
  const paths = touchedPaths(namespace({ 'istio.io/rev': 'canary' }), namespace({ 'istio-injection': 'enabled' }))
  expect(mergePatchOf(paths)).toEqual({
    metadata: { labels: { 'istio.io/rev': null, 'istio-injection': 'enabled' } },
  })
})

it('takes a missing label map and an empty one as the same', () => {
  const bare: KubernetesObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }
  expect(holds(bare, [{ pointer: '/metadata/labels', before: {} }], 'before')).toBe(true)
})

it('does not follow an index that is none', () => {
  expect(valueAt({ list: ['a'] }, '/list/00')).toBeUndefined()
  expect(valueAt({ list: ['a'] }, '/list/-1')).toBeUndefined()
  expect(valueAt({ list: ['a'] }, '/list/0')).toBe('a')
})

const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.integer(),
    fc.string(),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 3 },
    ),
  ),
})).value

it('leads from one object to the other and back, whatever they hold', () => {
  fc.assert(
    fc.property(json, json, (left, right) => {
      const before = rule(left)
      const after = rule(right)
      const paths = touchedPaths(before, after)
      expect(authored(applyPaths(before, paths))).toEqual(authored(after))
      expect(authored(applyPaths(after, inverse(paths)))).toEqual(authored(before))
      expect(holds(before, paths, 'before')).toBe(true)
      expect(holds(after, paths, 'after')).toBe(true)
    }),
  )
})
