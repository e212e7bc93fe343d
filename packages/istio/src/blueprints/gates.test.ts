import { describe, expect, it } from 'vitest'
import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { istiod, meshOf, object, webhooks } from '../samples.ts'
import { clusterView } from '../world/view.ts'
import { blueprint } from './blueprint.ts'
import type { Observed } from './stage.ts'

const mesh = meshOf({
  kind: 'Managed',
  members: [{ cluster: 'east', network: 'n2' }],
  settings: { sidecar: { discoveryIsolation: true } },
})

function gate(id: string, cluster: string, ...objects: KubernetesObject[]) {
  const seen: Observed = new Map([[cluster, { view: clusterView(cluster, objects), network: 'n1', server: '' }]])
  const stage = blueprint(mesh, seen).find((each) => each.id === id)
  const { state, code, params } = stage?.gate(seen) ?? { state: 'no stage', code: id, params: {} }
  return { state, code, params }
}
const outcome = (...args: Parameters<typeof gate>) => {
  const { state, code } = gate(...args)
  return `${state} ${code}`
}

it('waits while a cluster cannot be read', () => {
  const stages = blueprint(mesh, new Map())
  const states = stages.filter((each) => each.name !== 'reader').map((each) => each.gate(new Map()))
  expect(new Set(states.map((each) => `${each.state} ${each.code}`))).toEqual(new Set(['waiting cluster-unreachable']))
})

describe('namespace', () => {
  const made = (labels: Record<string, string>, annotations: Record<string, string> = {}) =>
    object('Namespace', 'istio-system', { labels, annotations })
  const network = { 'topology.istio.io/network': 'n1' }
  it('passes when it says what was written', () => {
    expect(outcome('namespace@hub', 'hub')).toBe('waiting not-applied')
    expect(outcome('namespace@hub', 'hub', made({}))).toBe('waiting not-applied')
    expect(outcome('namespace@hub', 'hub', made(network))).toBe('passed namespace-ready')
  })
  it('asks the annotation of a member too', () => {
    const other = { 'topology.istio.io/network': 'n2' }
    expect(outcome('member-namespace@east', 'east', made(other))).toBe('waiting not-applied')
    const served = { 'topology.istio.io/controlPlaneClusters': 'hub' }
    expect(outcome('member-namespace@east', 'east', made(other, served))).toBe('passed namespace-ready')
  })
  it('fails when it is going', () => {
    const going = made(network)
    going.metadata.deletionTimestamp = '2026-01-01T00:00:00Z'
    expect(outcome('namespace@hub', 'hub', going)).toBe('failed namespace-terminating')
  })
})

describe('entrance', () => {
  const service = (status: JsonRecord) =>
    Object.assign(object('Service', 'istiod-shop-v1-30-3-entrance', { namespace: 'istio-system' }), { status })
  it('waits for an address', () => {
    expect(outcome('entrance@hub', 'hub')).toBe('waiting not-applied')
    expect(outcome('entrance@hub', 'hub', service({}))).toBe('waiting address-pending')
    const given = service({ loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } })
    expect(gate('entrance@hub', 'hub', given)).toEqual({
      state: 'passed',
      code: 'address-assigned',
      params: { address: '192.0.2.1' },
    })
  })
})

describe('control plane', () => {
  type Conditions = Record<string, [status: string, reason: string, message?: string]>
  const istio = (conditions: Conditions, more: JsonRecord = {}, generation = 1) => {
    const made = object('Istio', 'shop')
    made.metadata.generation = generation
    const list = Object.entries(conditions).map(([type, [status, reason, message = '']]) => ({
      type,
      status,
      reason,
      message,
    }))
    made.status = { observedGeneration: 1, activeRevisionName: 'shop-v1-30-3', conditions: list, ...more }
    return made
  }
  const revision = object('IstioRevision', 'shop-v1-30-3')
  const good: Conditions = { Reconciled: ['True', 'Reconciled'], Ready: ['True', 'Ready'] }
  const at = (made: KubernetesObject, ...more: KubernetesObject[]) => outcome('control-plane@hub', 'hub', made, ...more)

  it('passes when the operator has seen it and the revision is ready', () => {
    expect(at(istio(good), revision)).toBe('passed control-plane-ready')
  })
  it('does not believe what the operator said before the last write', () => {
    expect(at(istio(good, {}, 2), revision)).toBe('waiting operator-behind')
    expect(at(istio(good, { activeRevisionName: 'shop-v1-29-0' }), revision)).toBe('waiting revision-not-active')
    expect(at(istio(good))).toBe('waiting revision-missing')
    expect(outcome('control-plane@hub', 'hub')).toBe('waiting not-applied')
    expect(at(object('Istio', 'shop'))).toBe('waiting operator-silent')
    expect(at(istio({}))).toBe('waiting operator-silent')
  })
  it.each([
    ['NameAlreadyExists', 'an IstioRevisionTag exists with this name', 'failed name-taken'],
    [
      'ReconcileError',
      'validation error: version "v1.26.3" is end-of-life and cannot be installed; use a supported version',
      'failed version-end-of-life',
    ],
    [
      'ReconcileError',
      'error reconciling resource: validation error: namespace "nowhere" doesn\'t exist',
      'waiting namespace-missing',
    ],
    ['ReconcileError', 'validation error: namespace "x" is being deleted', 'failed namespace-terminating'],
    ['ReconcileError', 'validation error: spec.version not set', 'failed refused-by-operator'],
    ['ReconcileError', 'failed to install/update Helm chart "istiod"', 'waiting reconcile-error'],
  ])('understands %s: %s', (reason, message, expected) => {
    expect(at(istio({ Reconciled: ['False', reason, message] }))).toBe(expected)
  })
  it.each([
    ['IstiodNotReady', 'not all istiod pods are ready', 'waiting istiod-not-ready'],
    ['IstiodNotReady', 'istiod Deployment is scaled to zero replicas', 'waiting istiod-not-ready'],
    ['RemoteIstiodNotReady', 'readiness probe on remote istiod failed', 'waiting remote-istiod-not-ready'],
  ])('understands not ready: %s %s', (reason, message, expected) => {
    expect(at(istio({ Reconciled: ['True', 'Reconciled'], Ready: ['False', reason, message] }), revision)).toBe(
      expected,
    )
  })
  it('fails where somebody scaled istiod to zero, and waits while it is new', () => {
    const message = 'istiod Deployment is scaled to zero replicas'
    const notReady: Conditions = {
      Reconciled: ['True', 'Reconciled'],
      Ready: ['False', 'IstiodNotReady', message],
    }
    const deployment = (replicas: number) =>
      Object.assign(object('Deployment', 'istiod-shop-v1-30-3', { namespace: 'istio-system' }), { spec: { replicas } })
    expect(at(istio(notReady), revision, deployment(0))).toBe('failed istiod-scaled-to-zero')
    expect(at(istio(notReady), revision, deployment(1))).toBe('waiting istiod-not-ready')
  })
  it('waits where readiness was never said', () => {
    expect(at(istio({ Reconciled: ['True', 'Reconciled'] }), revision)).toBe('waiting istiod-not-ready')
  })
  it('asks a member’s revision only to exist before istiod knows the member', () => {
    const notReady: Conditions = { Reconciled: ['True', 'Reconciled'], Ready: ['False', 'RemoteIstiodNotReady'] }
    expect(outcome('member-control-plane@east', 'east', istio(notReady), revision)).toBe('passed revision-made')
    expect(outcome('member-ready@east', 'east', istio(notReady), revision)).toBe('waiting remote-istiod-not-ready')
  })
})

describe('default tag', () => {
  const tag = (status: JsonRecord) => Object.assign(object('IstioRevisionTag', 'default'), { status })
  const condition = (status: string, reason: string) => ({ conditions: [{ type: 'Reconciled', status, reason }] })
  const moved = tag({
    ...condition('True', 'Reconciled'),
    istioRevision: 'shop-v1-30-3',
    state: 'NotReferencedByAnything',
  })
  const hooks = (caBundle: string) =>
    webhooks('istio-revision-tag-default', { revision: 'shop-v1-30-3', tag: 'default', caBundle })
  const at = (...objects: KubernetesObject[]) => outcome('default-tag@hub', 'hub', ...objects)

  it('waits until the tag points there and the webhook answers; unused is no failure', () => {
    expect(at()).toBe('waiting not-applied')
    expect(at(tag({}))).toBe('waiting tag-not-moved')
    expect(at(tag({ ...condition('True', 'Reconciled'), istioRevision: 'old' }))).toBe('waiting tag-not-moved')
    expect(at(moved)).toBe('waiting not-applied')
    expect(at(moved, hooks(''))).toBe('waiting webhook-unpatched')
    expect(at(moved, hooks('Y2E='))).toBe('passed webhook-ready')
  })
  it('fails where a revision has the name', () => {
    expect(at(tag(condition('False', 'NameAlreadyExists')))).toBe('failed name-taken')
    expect(at(tag(condition('False', 'RefNotFound')))).toBe('waiting tag-not-moved')
  })
  it('asks the webhook of a member the same', () => {
    expect(outcome('member-default@east', 'east', hooks(''))).toBe('waiting webhook-unpatched')
    expect(outcome('member-default@east', 'east', hooks('Y2E='))).toBe('passed webhook-ready')
  })
})

it('waits for the token of the reader', () => {
  const stage = blueprint(mesh, new Map()).find((each) => each.name === 'reader')
  const seen = { view: undefined, network: undefined, server: '' }
  expect(stage?.gate(new Map([['east', seen]]))).toMatchObject({ state: 'waiting', code: 'token-pending' })
  expect(stage?.gate(new Map([['east', { ...seen, reader: { token: 't', ca: 'c' } }]]))).toMatchObject({
    state: 'passed',
  })
})

it('asks the remote Secret for its key, which is the cluster’s identity', () => {
  const secret = (data: JsonRecord) =>
    Object.assign(object('Secret', 'istio-remote-secret-east', { namespace: 'istio-system' }), { data })
  expect(outcome('remote-secret@east', 'hub')).toBe('waiting not-applied')
  expect(outcome('remote-secret@east', 'hub', secret({ other: 'x' }))).toBe('waiting not-applied')
  expect(outcome('remote-secret@east', 'hub', secret({ east: 'x' }))).toBe('passed applied')
  const projected = Object.assign(object('Secret', 'istio-remote-secret-east', { namespace: 'istio-system' }), {
    data: { east: '' },
  })
  expect(outcome('remote-secret@east', 'hub', projected)).toBe('passed applied')
})

it('asks objects that take effect by being there only to be there', () => {
  const scope = { ...object('Gateway', 'default', { namespace: 'istio-system' }), kind: 'Sidecar' }
  expect(outcome('discovery-scope@hub', 'hub')).toBe('waiting not-applied')
  expect(outcome('discovery-scope@hub', 'hub', scope)).toBe('passed applied')
  const gateway = object('Gateway', 'cross-network-gateway', { namespace: 'istio-system' })
  expect(outcome('cross-network@hub', 'hub', gateway)).toBe('passed applied')
  const lb = Object.assign(object('Service', 'istio-eastwestgateway', { namespace: 'istio-system' }), {
    status: { loadBalancer: { ingress: [{ ip: '192.0.2.2' }] } },
  })
  expect(outcome('east-west@east', 'east', lb)).toBe('passed address-assigned')
})

describe('adopt', () => {
  const external = meshOf({ kind: 'External', version: undefined, controlPlane: { cluster: 'hub', revision: 'v1' } })
  const adopt = (...objects: KubernetesObject[]) => {
    const seen: Observed = new Map([['hub', { view: clusterView('hub', objects), network: undefined, server: '' }]])
    const found = blueprint(external, seen)[0]?.gate(seen)
    return `${found?.state} ${found?.code}`
  }
  it('finds the control plane, or says that it is not there', () => {
    expect(adopt()).toBe('failed control-plane-not-found')
    expect(adopt(istiod('v1', { ready: 0 }))).toBe('waiting istiod-not-ready')
    expect(adopt(istiod('v1'))).toBe('passed adopted')
  })
})
