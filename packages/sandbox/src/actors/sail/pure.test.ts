import type { Json, JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { istioVersions } from '@orbweaver/schemas/versions'
import { expect, test } from 'vitest'
import { stateOf, storedConditions } from './conditions.ts'
import { activeRevisionName, injectorName, tagWebhookName, validatorName } from './names.ts'
import { pruning } from './prune.ts'
import { revisionInUse, tagInUse } from './usage.ts'
import { revisionValues } from './values.ts'
import { resolveVersion } from './versions.ts'

type Parts = { labels?: Record<string, string>; annotations?: Record<string, string>; namespace?: string }

function make(
  kind: string,
  name: string,
  rest: { meta?: Parts; spec?: JsonRecord; status?: JsonRecord } = {},
): KubernetesObject {
  return {
    apiVersion: 'x/v1',
    kind,
    metadata: { name, ...rest.meta },
    spec: rest.spec ?? {},
    status: rest.status ?? {},
  }
}

const revision = (name: string, inUse: string, since: string): KubernetesObject => {
  const conditions: Json[] = [{ type: 'InUse', status: inUse, reason: 'x', lastTransitionTime: since }]
  return make('IstioRevision', name, { status: { conditions } })
}

test('a revision is named after the unresolved version', () => {
  const based = { updateStrategy: { type: 'RevisionBased' } }
  expect(activeRevisionName(make('Istio', 'default', { spec: { ...based, version: 'v1.30.3' } }))).toBe(
    'default-v1-30-3',
  )
  expect(activeRevisionName(make('Istio', 'shop', { spec: { ...based, version: 'v1.30-latest' } }))).toBe(
    'shop-v1-30-latest',
  )
  expect(activeRevisionName(make('Istio', 'default', { spec: { version: 'v1.30.3' } }))).toBe('default')
})

test('webhook configurations are named as the charts do', () => {
  expect(injectorName('default', 'istio-system')).toBe('istio-sidecar-injector')
  expect(injectorName('shop-v1-30-2', 'istio-remote')).toBe('istio-sidecar-injector-shop-v1-30-2-istio-remote')
  expect(tagWebhookName('default', 'istio-system')).toBe('istio-revision-tag-default')
  expect(validatorName('default-v1-30-2', 'istio-system')).toBe('istio-validator-default-v1-30-2-istio-system')
})

test('versions resolve, end, or are unknown', () => {
  expect(resolveVersion(istioVersions, 'v1.30-latest')).toEqual({ version: 'v1.30.3' })
  expect(resolveVersion(istioVersions, 'v1.26.3')).toEqual({
    problem: 'version "v1.26.3" is end-of-life and cannot be installed; use a supported version',
  })
  expect(resolveVersion(istioVersions, undefined)).toEqual({ problem: 'spec.version not set' })
})

test('the state is the first reason that is not true', () => {
  const ready = { type: 'Ready', status: 'False', reason: 'IstiodNotReady' } as const
  const reconciled = { type: 'Reconciled', status: 'True', reason: 'Reconciled' } as const
  expect(stateOf([reconciled, ready], ['Reconciled', 'Ready'])).toBe('IstiodNotReady')
  expect(stateOf([reconciled], ['Reconciled', 'Ready'])).toBe('Healthy')
})

test('lastTransitionTime moves with the status only', () => {
  const before = make('Istio', 'a', {
    status: { conditions: [{ type: 'Ready', status: 'True', reason: 'Ready', lastTransitionTime: 'then' }] },
  })
  expect(
    storedConditions(before, [{ type: 'Ready', status: 'True', reason: 'Ready' }], 'now')[0]?.lastTransitionTime,
  ).toBe('then')
  expect(
    storedConditions(before, [{ type: 'Ready', status: 'False', reason: 'X' }], 'now')[0]?.lastTransitionTime,
  ).toBe('now')
})

test('in use: by tag, namespace, injected Pod, wishing Pod', () => {
  const empty = { tags: [], namespaces: [], pods: [] }
  const rev = make('IstioRevision', 'a-v1')
  expect(revisionInUse(rev, empty)).toBe(false)
  expect(
    revisionInUse(rev, { ...empty, tags: [make('IstioRevisionTag', 't', { status: { istioRevision: 'a-v1' } })] }),
  ).toBe(true)
  const labelled = make('Namespace', 'n', { meta: { labels: { 'istio.io/rev': 'a-v1' } } })
  expect(revisionInUse(rev, { ...empty, namespaces: [labelled] })).toBe(true)
  const both = make('Namespace', 'n', { meta: { labels: { 'istio.io/rev': 'a-v1', 'istio-injection': 'enabled' } } })
  expect(revisionInUse(rev, { ...empty, namespaces: [both] })).toBe(false)
  const injected = make('Pod', 'p', { meta: { namespace: 'n', annotations: { 'istio.io/rev': 'a-v1' } } })
  expect(revisionInUse(rev, { ...empty, pods: [injected] })).toBe(true)
  const wishing = make('Pod', 'p', { meta: { namespace: 'n', labels: { 'sidecar.istio.io/inject': 'true' } } })
  expect(tagInUse(make('IstioRevisionTag', 'default'), { ...empty, pods: [wishing] })).toBe(true)
})

test('pruning waits for the grace period and spares what serves other clusters', () => {
  const now = Date.parse('2026-01-01T00:01:00Z')
  const old = revision('a-v1', 'False', '2026-01-01T00:00:00Z')
  const fresh = revision('a-v2', 'False', '2026-01-01T00:00:50Z')
  const unknown = revision('a-v0', 'Unknown', '2020-01-01T00:00:00Z')
  const at = { active: 'a-v3', now }
  const found = pruning(make('Istio', 'a'), [old, fresh, unknown], at)
  expect(found.delete.map((each) => each.metadata.name)).toEqual(['a-v1'])
  expect(found.lookAgainInMs).toBe(20_000)
  expect(pruning(make('Istio', 'a'), [old], { active: 'a-v1', now }).delete).toEqual([])
  const serving = make('Istio', 'a', { spec: { values: { pilot: { env: { EXTERNAL_ISTIOD: 'true' } } } } })
  expect(pruning(serving, [old], at)).toEqual({ delete: [], lookAgainInMs: undefined })
})

test('the operator forces revision and namespace and clears defaultRevision', () => {
  const spec = { namespace: 'mesh', profile: 'remote', values: { defaultRevision: 'x', global: { meshID: 'm' } } }
  expect(revisionValues(make('Istio', 'a', { spec }), 'a-v1')).toEqual({
    profile: 'remote',
    revision: 'a-v1',
    global: { meshID: 'm', istioNamespace: 'mesh' },
  })
})
