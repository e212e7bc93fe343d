import { expect, it } from 'vitest'
import type { JsonRecord } from '@orbweaver/contracts/json'
import { managed } from '../blueprints/managed.ts'
import { uninstall } from '../blueprints/uninstall.ts'
import { meshOf, namespace, object, webhooks } from '../samples.ts'
import type { ClusterFacts } from './check.ts'
import { isGuarded, obstacle } from './guards.ts'
import { facts, node, now } from './samples.ts'

const mesh = (more: JsonRecord = {}) => meshOf({ kind: 'Managed', members: [{ cluster: 'east' }], ...more })

/** Stages that may not be written, with what stands against each. */
function stopped(hub: ClusterFacts, east: ClusterFacts, more: JsonRecord = {}) {
  const known = new Map([hub, east].map((each) => [each.cluster, each]))
  const stages = managed(mesh(more), known)
  return Object.fromEntries(
    stages.flatMap((stage) => {
      const found = obstacle({ mesh: mesh(more), facts: known, now }, stage)
      return found === undefined ? [] : [[stage.id, found.id]]
    }),
  )
}

it('lets everything pass where nothing is wrong, or nothing is known', () => {
  expect(stopped(facts('hub'), facts('east'))).toEqual({})
  expect(stopped(facts('hub', { view: undefined }), facts('east', { view: undefined }))).toEqual({})
})

it('stops the stages that a check is about, each in its cluster', () => {
  const going = namespace('istio-system')
  going.metadata.deletionTimestamp = '2026-11-28T00:00:00Z'
  expect(stopped(facts('hub'), facts('east', {}, going))).toEqual({ 'member-namespace@east': 'namespace.terminating' })
  const quota = object('ResourceQuota', 'none', { namespace: 'istio-system', spec: { hard: { pods: '0' } } })
  expect(stopped(facts('hub', { limits: [quota] }), facts('east'))).toEqual({
    'control-plane@hub': 'limits.quota-full',
  })
  expect(stopped(facts('hub'), facts('east', { istioCrd: null, kubernetesVersion: 'v1.29.1' }))).toEqual({
    'member-control-plane@east': 'kubernetes.too-old',
  })
  const ranges = (cluster: string) => facts(cluster, {}, node('node-1', { podCIDRs: ['10.1.0.0/24'] }))
  expect(stopped(ranges('hub'), ranges('east'))).toEqual({ 'member-control-plane@east': 'pod-network.overlap' })
})

it('stops a default that somebody else holds, and not the control plane beside it', () => {
  const held = webhooks('other', { revision: 'other', isDefault: true })
  expect(stopped(facts('hub', {}, held), facts('east'))).toEqual({ 'default-tag@hub': 'control-plane.default-taken' })
})

it('keeps nothing from being taken away', () => {
  const known = new Map([['hub', facts('hub')]])
  expect(uninstall(mesh(), known).filter(isGuarded)).toEqual([])
})
