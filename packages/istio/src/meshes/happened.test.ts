import { expect, test } from 'vitest'
import { happened } from './happened.ts'

const event = (more: object) => ({ apiVersion: 'v1', kind: 'Event', metadata: { name: 'e' }, ...more })

test('an event of the old recorder is told with how often and when last', () => {
  const involvedObject = { kind: 'Pod', namespace: 'shop', name: 'web' }
  const said = {
    type: 'Warning',
    reason: 'Failed',
    message: 'no image',
    count: 4,
    lastTimestamp: '2026-11-01T00:00:00Z',
  }
  expect(happened(event({ involvedObject, ...said }))).toEqual({
    about: involvedObject,
    type: 'Warning',
    reason: 'Failed',
    message: 'no image',
    count: 4,
    at: '2026-11-01T00:00:00Z',
  })
})

test('an event of the new one has a series and a time of its own', () => {
  const told = happened(event({ series: { count: 7 }, eventTime: '2026-11-02T00:00:00.000000Z' }))
  expect(told).toMatchObject({ type: 'Normal', count: 7, at: '2026-11-02T00:00:00.000000Z' })
})

test('what a ReplicaSet cannot do is told of its Deployment', () => {
  const involvedObject = { kind: 'ReplicaSet', namespace: 'shop', name: 'web-v1-7c9' }
  expect(happened(event({ involvedObject })).about).toEqual({ kind: 'Deployment', namespace: 'shop', name: 'web-v1' })
})
