import { expect, test } from 'vitest'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { namedBy } from './named-by.ts'

test('a change concerns those named now and those named before', () => {
  const keys = namedBy((object) => [object.metadata.labels?.['rev'], object.metadata.labels?.['tag']])
  const seen = (labels: Record<string, string>): string[] => {
    const object: KubernetesObject = { apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'n', name: 'p', labels } }
    return keys(object).map(({ name }) => name)
  }
  expect(seen({})).toEqual([])
  expect(seen({ rev: 'a' })).toEqual(['a'])
  expect(seen({ rev: 'b', tag: 't' })).toEqual(['a', 'b', 't'])
  expect(seen({ rev: 'b' })).toEqual(['b', 't'])
  expect(seen({})).toEqual(['b'])
  expect(seen({})).toEqual([])
})
