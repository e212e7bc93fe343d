import type { JsonRecord } from '@orbweaver/contracts/json'
import { expect, it } from 'vitest'
import { refTo, worldOf } from '../access/samples.ts'
import { workloadOf } from './workload.ts'

const apiVersion = 'networking.istio.io/v1'

it.each<[string, JsonRecord, string]>([
  ['says nothing', {}, 'none'],
  ['has an account', { serviceAccount: 'vm' }, 'sidecar'],
  ['says that it takes the TLS of the mesh', { labels: { 'security.istio.io/tlsMode': 'istio' } }, 'sidecar'],
  ['says that it does not', { serviceAccount: 'vm', labels: { 'security.istio.io/tlsMode': 'disabled' } }, 'none'],
])('a machine that %s', (_, spec, carrier) => {
  const entry = { apiVersion, kind: 'WorkloadEntry', metadata: { name: 'vm', namespace: 'shop' }, spec }
  const ref = { ...refTo('WorkloadEntry', 'vm'), group: 'networking.istio.io' }
  expect(workloadOf(worldOf([entry]), ref)?.carrier).toBe(carrier)
})
