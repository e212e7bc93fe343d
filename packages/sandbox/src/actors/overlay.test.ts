import { expect, test } from 'vitest'
import { overlay, updated } from './overlay.ts'

test('defaults of the server and foreign fields stay', () => {
  const live = {
    spec: { ports: [{ port: 80, nodePort: 30000, protocol: 'TCP' }], clusterIP: '10.0.0.1' },
    status: { a: 1 },
  }
  expect(overlay(live, { spec: { ports: [{ port: 81 }] } })).toEqual({
    spec: { ports: [{ port: 81, nodePort: 30000, protocol: 'TCP' }], clusterIP: '10.0.0.1' },
    status: { a: 1 },
  })
})

test('a list of another length is replaced', () => {
  expect(overlay({ a: [1, 2] }, { a: [3] })).toEqual({ a: [3] })
})

test('nothing to write when the wish is fulfilled', () => {
  const live = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a', uid: 'u' }, spec: { type: 'ClusterIP' } }
  expect(updated(live, { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } })).toBeUndefined()
  const wish = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a', labels: { x: 'y' } } }
  expect(updated(live, wish)?.metadata.labels).toEqual({ x: 'y' })
})
