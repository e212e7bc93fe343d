import type { PlanItem } from '@orbweaver/contracts/plan'
import { expect, it } from 'vitest'
import { touchedParts } from './touched-parts.ts'

const item = (group: string, kind: string, how: { op?: PlanItem['op']; pointer?: string } = {}) => ({
  op: how.op ?? 'update',
  touched: [{ pointer: how.pointer ?? '/spec/hosts', before: undefined, after: undefined }],
  ref: { cluster: 'east', group, version: 'v1', kind, name: 'a' },
})

it.each([
  ['a route', item('networking.istio.io', 'VirtualService'), 'requests'],
  ['a policy', item('security.istio.io', 'AuthorizationPolicy'), 'requests reach'],
  ['a route of the Gateway API', item('gateway.networking.k8s.io', 'HTTPRoute'), 'requests'],
  ['a namespace', item('', 'Namespace'), 'requests reach injection'],
  ['a workload', item('apps', 'Deployment'), 'requests reach injection'],
  ['a restart', item('apps', 'Deployment', { op: 'restart' }), ''],
  ['a Secret', item('', 'Secret'), ''],
  ['a mesh', item('orbweaver.dev', 'Mesh'), ''],
  ['a mute', item('networking.istio.io', 'Gateway', { pointer: '/metadata/annotations/orbweaver.dev~1mute' }), ''],
  [
    'another annotation',
    item('apps', 'Deployment', { pointer: '/metadata/annotations/a' }),
    'requests reach injection',
  ],
])('of %s', (_, given, wanted) => {
  const parts = Object.entries(touchedParts([given])).filter(([, is]) => is)
  expect(parts.map(([name]) => name).join(' ')).toBe(wanted)
})
