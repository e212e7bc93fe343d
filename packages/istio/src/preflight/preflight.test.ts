import { describe, expect, it } from 'vitest'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { istiod, meshOf, namespace, object, service, webhooks } from '../samples.ts'
import { installableVersions, operatorFound } from './operator.ts'
import { neededPermissions, readRights } from './permissions.ts'
import { isBlocked } from './preflight.ts'
import { crd, dedicated, facts, ids, one, run } from './samples.ts'

describe('a dedicated mesh', () => {
  it('finds nothing wrong with a good cluster', () => {
    const checks = dedicated(facts('hub'))
    expect(isBlocked(checks)).toBe(false)
    expect(ids(checks).toSorted()).toEqual([
      'clock.ok',
      'control-plane.none',
      'data-plane.none',
      'dns.ok',
      'gateway-api.absent',
      'identity.ok',
      'inotify.ok',
      'istio-crds.none',
      'kubernetes.ok',
      'limits.ok',
      'name.ok',
      'namespace.will-be-made',
      'operator.ok',
      'permissions.ok',
      'pod-security.ok',
      'reachable.yes',
      'room.ok',
      'root.none',
      'sizes.ok',
      'webhooks.ok',
    ])
  })

  it('puts the worst first, and asks nothing of a cluster that does not answer', () => {
    const checks = dedicated(facts('hub', { unreachable: 'kube.timeout', view: undefined }))
    expect(ids(checks)).toEqual(['reachable.no', 'name.ok', 'sizes.ok'])
    expect(checks[0]).toMatchObject({
      cluster: 'hub',
      params: { cluster: 'hub', reason: 'kube.timeout' },
      fix: { code: 'check-cluster' },
    })
    expect(isBlocked(checks)).toBe(true)
  })

  it('blocks on a cluster that is not registered', () => {
    expect(ids(run({ kind: 'Dedicated' }, []), 'blocking')).toEqual(['reachable.unregistered'])
    const unmet = (reason: string) => run({ kind: 'Dedicated' }, [], { unmet: new Map([['hub', reason]]) })
    expect(ids(unmet('clusters.unread'), 'blocking')).toEqual(['reachable.unread'])
    expect(one(unmet('clusters.credentials_missing'), 'reachable')).toMatchObject({
      id: 'reachable.no',
      params: { reason: 'clusters.credentials_missing' },
      fix: { code: 'check-cluster' },
    })
    expect(ids(dedicated(facts('hub', { view: undefined })), 'blocking')).toEqual(['reachable.unread'])
  })
})

describe('clocks', () => {
  it.each([
    [60, 'clock.ok', 'ok'],
    [-61, 'clock.skewed', 'warning'],
    [undefined, 'clock.unknown', 'unknown'],
  ])('%s s', (clockSkewSeconds, id, severity) => {
    expect(one(dedicated(facts('hub', { clockSkewSeconds })), 'clock')).toMatchObject({ id, severity })
  })
})

describe('the Kubernetes version', () => {
  it.each([
    ['v1.31.9', 'kubernetes.too-old', 'blocking'],
    ['v1.32.0', 'kubernetes.ok', 'ok'],
    ['v1.36.9', 'kubernetes.ok', 'ok'],
    ['v1.37.0', 'kubernetes.untested', 'warning'],
    ['odd', 'kubernetes.unknown', 'unknown'],
    [undefined, 'kubernetes.unknown', 'unknown'],
  ])('%s', (kubernetesVersion, id, severity) => {
    expect(one(dedicated(facts('hub', { kubernetesVersion })), 'kubernetes')).toMatchObject({ id, severity })
  })
})

describe('the operator', () => {
  it('is missing, with the commands that install it', () => {
    const found = one(dedicated(facts('hub', { istioCrd: null })), 'operator')
    expect(found).toMatchObject({ id: 'operator.missing', severity: 'blocking', fix: { code: 'install-operator' } })
    expect(found?.fix?.commands.at(-1)).toBe(
      'helm upgrade --install sail-operator sail-operator/sail-operator --namespace sail-operator --create-namespace --version 1.30.3',
    )
  })
  it.each([
    [crd(['v1.29.1', 'v1.29.2']), 'operator.version-not-offered', 'blocking'],
    [crd([]), 'operator.unknown', 'unknown'],
    [object('CustomResourceDefinition', 'x'), 'operator.unknown', 'unknown'],
    [undefined, 'operator.unknown', 'unknown'],
  ])('offers what it offers', (istioCrd, id, severity) => {
    expect(one(dedicated(facts('hub', { istioCrd })), 'operator')).toMatchObject({ id, severity })
  })
  it.each([
    [1, 'operator.ok', 'ok'],
    [0, 'operator.not-running', 'warning'],
    [undefined, 'operator.not-running', 'warning'],
  ])('installs nothing without a ready Pod: %s', (readyReplicas, id, severity) => {
    const labels = { 'control-plane': 'sail-operator' }
    const deployment = object('Deployment', 'sail', { namespace: 'sail-operator', labels })
    const given = facts('hub', {}, { ...deployment, status: { readyReplicas } })
    expect(one(dedicated(given), 'operator')).toMatchObject({ id, severity })
    expect(operatorFound(given).severity).toBe(severity)
  })
  it('is installed at its newest where no Istio was chosen yet', () => {
    const { id, fix } = operatorFound(facts('hub', { istioCrd: null }))
    expect([id, fix?.code, fix?.commands.at(-1)?.includes('--version')]).toEqual([
      'operator.absent',
      'install-operator',
      false,
    ])
    expect(operatorFound(facts('hub'))).toMatchObject({ id: 'operator.found', params: { newest: 'v1.30.3' } })
    expect(operatorFound(facts('hub', { istioCrd: undefined })).id).toBe('operator.unknown')
  })
  it('reads what can be installed from the description, since the enum keeps versions whose charts are gone', () => {
    const enums = ['v1.30-latest', 'v1.30.3', 'v1.30.0', 'v1.26.3', 'master', 'v1.31.0-beta.1']
    const text =
      'Defines the version of Istio to install.\nMust be one of: v1.31.0-beta.1, v1.30-latest, v1.30.3, v1.30.0, master.'
    expect(installableVersions(crd(enums, text))).toEqual(['v1.30.3', 'v1.30.0', 'v1.31.0-beta.1'])
    expect(installableVersions(crd(enums))).toEqual(['v1.30.3', 'v1.30.0', 'v1.26.3', 'v1.31.0-beta.1'])
  })
})

describe('permissions', () => {
  it('names what is missing', () => {
    const permissions = neededPermissions('member').map((permission) => ({
      permission,
      allowed: permission.resource !== 'istios',
    }))
    expect(one(dedicated(facts('hub', { permissions })), 'permissions')).toMatchObject({
      id: 'permissions.missing',
      params: {
        count: 3,
        missing: 'create istios.sailoperator.io, patch istios.sailoperator.io, delete istios.sailoperator.io',
      },
    })
    const permission = { verb: 'create', group: '', resource: 'secrets' }
    const core = [{ permission, allowed: false }]
    expect(one(dedicated(facts('hub', { permissions: core })), 'permissions')?.params.missing).toBe('create secrets')
  })
  it('says of whom they are missing where both were asked, in a way that can be read back', () => {
    const asked = [
      { verb: 'create', group: '', resource: 'secrets' },
      { verb: 'patch', group: 'sailoperator.io', resource: 'istios' },
    ]
    const [first, second] = [['person' as const], ['person' as const, 'console' as const]]
    const permissions = asked.map((permission, index) => ({
      permission,
      allowed: false,
      lacking: index === 0 ? first : second,
    }))
    const params = one(dedicated(facts('hub', { permissions })), 'permissions')?.params
    expect(params).toMatchObject({ count: 2, console: 'patch istios.sailoperator.io' })
    expect(readRights(String(params?.person))).toEqual(asked)
  })
  it('says when they could not be asked, and never asks to delete namespaces', () => {
    expect(one(dedicated(facts('hub', { permissions: undefined })), 'permissions')).toMatchObject({
      id: 'permissions.unknown',
    })
    const deletes = neededPermissions('control-plane').filter((each) => each.verb === 'delete')
    expect(deletes.some((each) => each.resource === 'namespaces')).toBe(false)
  })
})

describe('Istio that is there already', () => {
  it('is shown, and blocks where it holds the default', () => {
    const held = webhooks('istio-sidecar-injector', { revision: 'default', isDefault: true })
    const checks = dedicated(facts('hub', {}, istiod('default'), held, service('istiod', 'istio-system')))
    expect(ids(checks, 'blocking')).toEqual(['control-plane.default-taken'])
    expect(ids(checks, 'warning')).toEqual(['control-plane.exists'])
    expect(one(checks, 'control-plane')?.evidence).toMatchObject([
      { ref: { kind: 'MutatingWebhookConfiguration', name: 'istio-sidecar-injector' } },
    ])
  })
  it('only warns where it answers to its revision alone', () => {
    const checks = dedicated(facts('hub', {}, istiod('v1'), webhooks('x', { revision: 'v1' })))
    expect(ids(checks, 'blocking')).toEqual([])
    expect(one(checks, 'control-plane')).toMatchObject({ id: 'control-plane.exists', fix: { code: 'adopt-instead' } })
  })
  it('is no obstacle where it is this mesh’s own', () => {
    const own = { labels: { 'orbweaver.dev/mesh': 'shop' } }
    const revision = object('IstioRevision', 'shop-v1-30-3')
    revision.metadata.ownerReferences = [{ kind: 'Istio', name: 'shop', controller: true }]
    const tag = webhooks('istio-revision-tag-default', { revision: 'shop-v1-30-3', tag: 'default', isDefault: true })
    const checks = dedicated(facts('hub', {}, istiod('shop-v1-30-3'), revision, object('Istio', 'shop', own), tag))
    expect(one(checks, 'control-plane')?.id).toBe('control-plane.none')
    const ownTag = object('IstioRevisionTag', 'default', own)
    expect(ids(dedicated(facts('hub', {}, ownTag, tag)), 'blocking')).toEqual([])
    expect(ids(dedicated(facts('hub', {}, tag)), 'blocking')).toEqual(['control-plane.default-taken'])
    const labelled = webhooks('mine', { revision: 'r', isDefault: true })
    labelled.metadata.labels = { 'orbweaver.dev/mesh': 'shop' }
    expect(ids(dedicated(facts('hub', {}, labelled)), 'blocking')).toEqual([])
  })
  it('blocks where an Istio object of that name belongs to nobody', () => {
    expect(ids(dedicated(facts('hub', {}, object('Istio', 'shop'))), 'blocking')).toEqual(['control-plane.name-taken'])
  })
})

describe('an external mesh', () => {
  const external = (...objects: KubernetesObject[]) =>
    run({ kind: 'External', version: undefined, controlPlane: { cluster: 'hub', revision: 'v1' } }, [
      facts('hub', {}, ...objects),
    ])
  it('needs the control plane that it names, and nothing else', () => {
    expect(ids(external(istiod('v1'))).toSorted()).toEqual([
      'clock.ok',
      'control-plane.found',
      'gateway-api.absent',
      'name.ok',
      'reachable.yes',
      'root.none',
      'webhooks.ok',
    ])
    expect(ids(external(istiod('v2')), 'blocking')).toEqual(['control-plane.missing'])
  })
  it('takes the default where no revision is named', () => {
    const spec = { kind: 'External', version: undefined, controlPlane: { cluster: 'hub' } }
    const unversioned = istiod('default', { version: 'latest' })
    expect(one(run(spec, [facts('hub', {}, unversioned)]), 'control-plane')).toMatchObject({ params: { version: '?' } })
  })
})

describe('the namespace', () => {
  it('may be there, and must not be going', () => {
    const found = namespace('istio-system', { 'topology.istio.io/network': 'n1' })
    expect(one(dedicated(facts('hub', {}, found)), 'namespace')).toMatchObject({ id: 'namespace.ok' })
    const free = dedicated(facts('hub', { network: undefined }, found))
    expect(one(free, 'namespace')).toMatchObject({ id: 'namespace.ok' })
    found.metadata.deletionTimestamp = '2026-01-01T00:00:00Z'
    expect(one(dedicated(facts('hub', {}, found)), 'namespace')).toMatchObject({
      id: 'namespace.terminating',
      severity: 'blocking',
    })
  })
})

describe('the fleet', () => {
  const other = meshOf({ kind: 'Managed', members: [{ cluster: 'east' }] }, 'other')
  it('keeps names free and clusters in one mesh', () => {
    const same = meshOf({ kind: 'Dedicated', controlPlane: { cluster: 'elsewhere' } })
    expect(ids(run({ kind: 'Dedicated' }, [facts('hub')], { meshes: [same] }), 'blocking')).toEqual(['name.taken'])
    expect(ids(run({ kind: 'Dedicated' }, [facts('hub')], { meshes: [same], creating: false }), 'blocking')).toEqual([])
    const taken = run({ kind: 'Dedicated', controlPlane: { cluster: 'east' } }, [facts('east')], { meshes: [other] })
    expect(taken[0]).toMatchObject({ id: 'cluster.in-other-mesh', cluster: 'east', params: { mesh: 'other' } })
  })
  it('refuses names that are too long for Helm, and versions that move', () => {
    expect(ids(run({ kind: 'Dedicated' }, [facts('hub')], { name: 'a'.repeat(40) }), 'blocking')).toEqual([
      'name.too-long',
    ])
    const moving = run({ kind: 'Dedicated', version: 'v1.30-latest' }, [facts('hub')])
    expect(ids(moving, 'blocking').toSorted()).toEqual(['operator.version-not-offered', 'version.not-pinned'])
  })
})
