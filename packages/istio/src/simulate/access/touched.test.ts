import type { AccessCell } from '@orbweaver/contracts/explain-access'
import { type KubernetesObject, refKey } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import type { MeshWorld } from '../../findings/world.ts'
import { accessDifference } from './difference.ts'
import { accessMatrix } from './matrix.ts'
import { peers, pod, policy, worldOf } from './samples.ts'
import { touchedBy } from './touched.ts'

const listening = [{ containerPort: 8080, protocol: 'TCP' }]
const service = (name: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'mesh', labels: { 'istio.io/use-waypoint': 'edge' } },
  spec: { selector: { app: name }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
})
const waypoint: KubernetesObject = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'edge', namespace: 'mesh' },
  spec: { gatewayClassName: 'istio-waypoint', listeners: [{ name: 'mesh', port: 15_008, protocol: 'HBONE' }] },
}
const world = [
  pod('web', 'sidecar', { ports: listening }),
  pod('api', 'sidecar', { ports: listening }),
  pod('old', 'none', { namespace: 'bare', ports: listening }),
  pod('node', 'ambient', { namespace: 'mesh', ports: listening }),
  service('node'),
  waypoint,
  policy('first', { selector: { matchLabels: { app: 'api' } }, rules: [{}] }),
]

const pairsOf = (of: MeshWorld) =>
  new Map(
    accessMatrix(of).flatMap((cell) =>
      cell.from.workloads.map((caller) => [
        `${refKey(caller)} ${refKey(cell.to.ref)} ${cell.to.port}`,
        `${cell.verdict} ${cell.depends.toSorted().join(' ')}`,
      ]),
    ),
  )
const keysOf = (cell: AccessCell | undefined) =>
  cell?.from.workloads.map((caller) => `${refKey(caller)} ${refKey(cell.to.ref)} ${cell.to.port}`) ?? []

/** Pairs that differ, by asking about all of them. */
function differing(before: MeshWorld, after: MeshWorld): string[] {
  const [was, is] = [pairsOf(before), pairsOf(after)]
  return [...new Set([...was.keys(), ...is.keys()])].filter((key) => was.get(key) !== is.get(key))
}

const deny = { action: 'DENY', rules: [{}] }
const strict = { mtls: { mode: 'STRICT' } }
const edge = { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' }] }
const ofApi = { selector: { matchLabels: { app: 'api' } } }
const drafts: { says: string; draft: readonly KubernetesObject[]; touches: readonly string[] }[] = [
  { says: 'by selector', draft: [policy('new', { ...deny, ...ofApi })], touches: ['api'] },
  { says: 'by another rule', draft: [policy('first', { ...deny, ...ofApi })], touches: ['api'] },
  {
    says: 'no longer',
    draft: [policy('first', { ...deny, selector: { matchLabels: { app: 'web' } } })],
    touches: ['web', 'api'],
  },
  { says: 'of a namespace', draft: [policy('new', deny)], touches: ['web', 'api'] },
  {
    says: 'of the mesh',
    draft: [peers('new', strict, { namespace: 'istio-system' })],
    touches: ['web', 'api', 'old', 'node'],
  },
  { says: 'of peers', draft: [peers('new', { ...strict, ...ofApi })], touches: ['api'] },
  {
    says: 'of a waypoint',
    draft: [policy('new', { ...deny, ...edge }, { namespace: 'mesh' })],
    touches: ['web', 'api', 'old', 'node'],
  },
  { says: 'of ztunnel', draft: [policy('new', deny, { namespace: 'mesh' })], touches: ['node'] },
  {
    says: 'and something else',
    draft: [policy('new', { ...deny, ...ofApi }), pod('new', 'sidecar')],
    touches: ['web', 'api', 'old', 'node'],
  },
  { says: 'nothing', draft: [], touches: [] },
]

describe('what a draft of policies may touch', () => {
  const before = worldOf(world)
  it.each(drafts)('$says', ({ draft, touches }) => {
    const kept = world.filter(
      (each) => !draft.some(({ kind, metadata }) => kind === each.kind && metadata.name === each.metadata.name),
    )
    const after = worldOf([...structuredClone(kept), ...draft])
    const asked = new Set<string>()
    const touched = touchedBy(before, after)
    accessMatrix(before, (to) => {
      if (touched(before, to)) asked.add(to.workload.ref.name)
      return false
    })
    expect([...asked].filter((each) => each !== 'edge').toSorted()).toEqual(touches.toSorted())
    const told = accessDifference(before, after)
    const pairs = new Set(told.flatMap((each) => [...keysOf(each.before), ...keysOf(each.after)]))
    expect([...pairs].toSorted()).toEqual(differing(before, after).toSorted())
  })
  it('is everything where the mesh is set to something else', () => {
    const other = worldOf(world, { trustDomain: 'other.example' })
    accessMatrix(before, (to) => {
      expect(touchedBy(before, other)(before, to)).toBe(true)
      return false
    })
  })
})
