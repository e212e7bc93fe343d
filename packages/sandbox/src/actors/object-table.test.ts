import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { expect, test } from 'vitest'
import { createObjectTable } from './object-table.ts'

const pod = (name: string, namespace = 'a', uid = name): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, uid },
})

test('a listener is told of what is there, what comes and what goes', () => {
  const table = createObjectTable()
  table.put(pod('old'))
  const told: string[] = []
  table.onChange((object) => told.push(object.metadata.name))
  table.put(pod('new', 'b'))
  table.remove(pod('old'))
  expect(told).toEqual(['old', 'new', 'old'])
  expect(table.get('a', 'old')).toBeUndefined()
  expect(table.list('b').map((each) => each.metadata.name)).toEqual(['new'])
  expect(table.list('a')).toEqual([])
})

test('until wakes with the change and gives up in time', async () => {
  const table = createObjectTable()
  const coming = table.until(() => table.get('a', 'x') !== undefined, 5_000)
  table.put(pod('x'))
  expect(await coming).toBe(true)
  expect(await table.until(() => table.get('a', 'never') !== undefined, 1)).toBe(false)
})
