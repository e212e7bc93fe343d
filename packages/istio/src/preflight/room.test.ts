import { describe, expect, it } from 'vitest'
import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { istiod, object, pod } from '../samples.ts'
import { facts, node, one, run } from './samples.ts'

const made = (topic: string, spec: JsonRecord, ...objects: KubernetesObject[]) =>
  one(run({ kind: 'Dedicated', ...spec }, [facts('hub', {}, ...objects)]), topic)
const sized = (more: JsonRecord) => ({ controlPlane: { cluster: 'hub', ...more } })
const busy = (name: string, requests: JsonRecord, on = 'node-1') =>
  pod(name, 'shop', { spec: { nodeName: on, containers: [{ name: 'app', resources: { requests } }] } })

describe('room for istiod', () => {
  it('is what nodes can give minus what their Pods ask for', () => {
    expect(made('room', {})).toMatchObject({
      id: 'room.ok',
      params: { replicas: 1, cpu: '500m', memory: '2Gi' },
      evidence: [{ ref: { kind: 'Node', name: 'node-1' }, value: 'cpu 4, memory 8Gi' }],
    })
    const tight = made('room', {}, busy('db', { cpu: '3', memory: '6200Mi' }))
    expect(tight).toMatchObject({
      id: 'room.tight',
      severity: 'warning',
      params: { places: 0 },
      evidence: [{ value: 'cpu 1, memory 1.9Gi' }],
    })
    const finished = { ...busy('job', { memory: '8Gi' }), status: { phase: 'Succeeded' } }
    expect(made('room', {}, finished)?.id).toBe('room.ok')
  })
  it('is asked for the size that was chosen, and for every replica', () => {
    expect(made('room', sized({ size: 'S5000P20000' }))?.params).toMatchObject({ cpu: '4', memory: '8Gi' })
    expect(made('room', sized({ replicas: 5 }))).toMatchObject({ id: 'room.tight', params: { places: 4 } })
    const more = node('node-2', { unschedulable: true })
    expect(made('room', sized({ replicas: 5 }), more)?.id).toBe('room.tight')
    expect(made('room', sized({ replicas: 5 }), node('node-2', {}))?.id).toBe('room.ok')
  })
  it('counts native sidecars, and is no question where istiod runs already', () => {
    const sidecar = { name: 'istio-proxy', restartPolicy: 'Always', resources: { requests: { memory: '7Gi' } } }
    expect(made('room', {}, pod('a', 'shop', { spec: { nodeName: 'node-1', initContainers: [sidecar] } }))?.id).toBe(
      'room.tight',
    )
    const revision = object('IstioRevision', 'shop-v1-30-3')
    revision.metadata.ownerReferences = [{ kind: 'Istio', name: 'shop', controller: true }]
    const own = object('Istio', 'shop', { labels: { 'orbweaver.dev/mesh': 'shop' } })
    const running = [istiod('shop-v1-30-3'), revision, own, busy('db', { cpu: '4' })]
    expect(made('room', {}, ...running)?.id).toBe('room.running')
  })
  it('is not known where nodes do not say', () => {
    expect(made('room', {}, node('node-1', {}, { allocatable: {} }))).toMatchObject({
      id: 'room.unknown',
      severity: 'unknown',
    })
  })
})

it('tells nodes whose sidecars may watch too much together', () => {
  const many = (count: number, spec: JsonRecord = {}) =>
    Array.from({ length: count }, (_, index) => pod(`p${index}`, 'shop', { spec: { nodeName: 'node-1', ...spec } }))
  expect(made('inotify', {}, ...many(100))?.id).toBe('inotify.ok')
  expect(made('inotify', {}, ...many(120, { hostNetwork: true }))?.id).toBe('inotify.ok')
  const crowded = made('inotify', {}, ...many(101))
  expect(crowded).toMatchObject({
    id: 'inotify.crowded',
    severity: 'warning',
    params: { count: 101, nodes: 1 },
    evidence: [{ ref: { name: 'node-1' }, value: '101' }],
  })
  expect(crowded?.fix?.commands[0]).toContain('node/node-1')
})

it('tells a DNS that does not answer, and does not guess where there is none by that name', () => {
  expect(made('dns', {})).toMatchObject({ id: 'dns.ok', params: { ready: 1, total: 1 } })
  const down = pod('coredns', 'kube-system', { labels: { 'k8s-app': 'kube-dns' } })
  down.status = { phase: 'Pending', conditions: [{ type: 'Ready', status: 'False' }] }
  expect(made('dns', {}, down)).toMatchObject({
    id: 'dns.down',
    severity: 'warning',
    params: { ready: 0, total: 1 },
    evidence: [{ ref: { kind: 'Service', name: 'kube-dns' }, value: '0/1' }],
  })
  const nameless = object('Service', 'kube-dns', { namespace: 'kube-system', spec: {} })
  expect(made('dns', {}, nameless)).toMatchObject({ id: 'dns.unknown', severity: 'unknown' })
})
