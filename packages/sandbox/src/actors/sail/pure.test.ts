import type { Json, JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { istioVersions } from '@orbweaver/schemas/versions'
import { expect, test } from 'vitest'
import { conditionSaid, stateOf, storedConditions } from './conditions.ts'
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

test('lastTransitionTime moves with the status only, and what nothing is said of stays', () => {
  const before = make('Istio', 'a', {
    status: { conditions: [{ type: 'Ready', status: 'True', reason: 'Ready', lastTransitionTime: 'then' }] },
  })
  expect(
    storedConditions(before, [{ type: 'Ready', status: 'True', reason: 'Ready' }], 'now')[0]?.lastTransitionTime,
  ).toBe('then')
  expect(
    storedConditions(before, [{ type: 'Ready', status: 'False', reason: 'X' }], 'now')[0]?.lastTransitionTime,
  ).toBe('now')
  expect(storedConditions(before, [{ type: 'Reconciled', status: 'True', reason: 'Reconciled' }], 'now')).toEqual([
    { type: 'Ready', status: 'True', reason: 'Ready', lastTransitionTime: 'then' },
    { type: 'Reconciled', status: 'True', reason: 'Reconciled', lastTransitionTime: 'now' },
  ])
  expect(conditionSaid(before, 'InUse')).toEqual({ type: 'InUse', status: 'Unknown' })
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
  expect(revisionInUse(rev, { ...empty, namespaces: [make('Namespace', 'n')], pods: [injected] })).toBe(true)
  expect(revisionInUse(rev, { ...empty, pods: [injected] })).toBe(false)
  const wishing = make('Pod', 'p', { meta: { namespace: 'n', labels: { 'sidecar.istio.io/inject': 'true' } } })
  const tag = make('IstioRevisionTag', 'default')
  const here = { namespaces: [make('Namespace', 'n')], pods: [wishing] }
  expect(tagInUse(tag, rev, here)).toBe(true)
  expect(tagInUse(tag, rev, { ...here, namespaces: [] })).toBe(false)
  expect(tagInUse(make('IstioRevisionTag', 'a-v1'), rev, { ...here, pods: [injected] })).toBe(false)
  const everywhere = { values: { sidecarInjectorWebhook: { enableNamespacesByDefault: true } } }
  expect(tagInUse(tag, make('IstioRevision', 'a-v1', { spec: everywhere }), { ...here, pods: [] })).toBe(true)
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
  expect(revisionValues(make('Istio', 'a', { spec }), { name: 'a-v1', version: 'v1.30.3' })).toEqual({
    values: {
      profile: 'remote',
      revision: 'a-v1',
      global: { meshID: 'm', configValidation: true, istioNamespace: 'mesh' },
    },
  })
})

test('a profile that is not shipped is told by its file', () => {
  const made = make('Istio', 'a', { spec: { profile: 'external' } })
  expect(revisionValues(made, { name: 'a', version: 'v1.30.3' })).toEqual({
    problem:
      'failed to apply profile: failed to get values from profile ["default" "external"]: failed to read profile file v1.30.3/profiles/external.yaml: open v1.30.3/profiles/external.yaml: file does not exist',
  })
})
