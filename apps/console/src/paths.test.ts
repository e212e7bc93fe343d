import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { paths, refFromParams, refFromPath, refPath } from './paths.ts'

const rule: ObjectRef = {
  cluster: 'east',
  group: 'networking.istio.io',
  version: 'v1',
  kind: 'VirtualService',
  namespace: 'bookinfo',
  name: 'reviews.example',
}

describe('paths', () => {
  it('is the site map', () => {
    expect({
      start: paths.start(),
      signIn: paths.signIn('/meshes?page=2'),
      meshes: paths.meshes(),
      meshesFiltered: paths.meshes({ kind: 'Managed', search: 'pro d' }),
      meshCreate: paths.meshCreate('Dedicated'),
      meshImport: paths.meshImport(),
      meshAdopt: paths.meshAdopt({ cluster: 'east', namespace: 'istio-system', revision: 'default' }),
      mesh: paths.mesh('prod'),
      meshClusters: paths.meshClusters('prod'),
      meshNetworks: paths.meshNetworks('prod'),
      meshWays: paths.meshNetworks('prod', { tab: 'ways' }),
      meshCertificates: paths.meshCertificates('prod'),
      proxyCertificates: paths.meshCertificates('prod', { tab: 'proxies', cluster: 'east', namespace: 'shop' }),
      metrics: paths.metrics('prod'),
      metricsOfADay: paths.metrics('prod', { minutes: 1440 }),
      meshSettings: paths.meshSettings('prod'),
      meshHistory: paths.meshHistory('prod'),
      sidecars: paths.sidecars('prod'),
      sidecarsOfNamespace: paths.sidecars('prod', { tab: 'workloads', cluster: 'east', namespace: 'bookinfo' }),
      traffic: paths.traffic('prod'),
      explainRequest: paths.explainRequest('prod', { from: refPath(rule), host: 'reviews', port: '9080' }),
      explainCall: paths.explainCall('prod', { mtls: 'no' }),
      explainInjection: paths.explainInjection('prod', { of: 'east/Namespace.v1/-/shop' }),
      security: paths.security('prod'),
      tlsSecrets: paths.tlsSecrets('prod', { secret: 'east/istio-ingress/shop' }),
      objects: paths.objects('prod', { kinds: 'Gateway,VirtualService' }),
      findings: paths.findings('prod', { severities: 'error', kinds: 'Pod', view: 'codes' }),
      findingCodes: paths.findingCodes('IST0101'),
      objectCreate: paths.objectCreate('prod', 'Gateway'),
      object: paths.object('prod', rule),
      clusters: paths.clusters(),
      clusterRegister: paths.clusterRegister(),
      clusterRegisterContext: paths.clusterRegister('kind-east'),
      cluster: paths.cluster('east'),
      clusterEdit: paths.clusterEdit('east'),
      history: paths.history(),
      historyFailed: paths.history({ phase: 'failed', mesh: 'prod', page: 2 }),
      change: paths.change('chg-1'),
    }).toEqual({
      start: '/',
      signIn: '/sign-in?next=%2Fmeshes%3Fpage%3D2',
      meshes: '/meshes',
      meshesFiltered: '/meshes?kind=Managed&search=pro+d',
      meshCreate: '/new/mesh?kind=Dedicated',
      meshImport: '/new/mesh-import',
      meshAdopt: '/new/mesh?kind=External&cluster=east&namespace=istio-system&revision=default',
      mesh: '/meshes/prod',
      meshClusters: '/meshes/prod/clusters',
      meshNetworks: '/meshes/prod/networks',
      meshWays: '/meshes/prod/networks?tab=ways',
      meshCertificates: '/meshes/prod/certificates',
      proxyCertificates: '/meshes/prod/certificates?tab=proxies&cluster=east&namespace=shop',
      metrics: '/meshes/prod/metrics',
      metricsOfADay: '/meshes/prod/metrics?minutes=1440',
      meshSettings: '/meshes/prod/settings',
      meshHistory: '/meshes/prod/history',
      sidecars: '/meshes/prod/sidecars',
      sidecarsOfNamespace: '/meshes/prod/sidecars?tab=workloads&cluster=east&namespace=bookinfo',
      traffic: '/meshes/prod/traffic',
      explainRequest:
        '/meshes/prod/explain?from=east%2FVirtualService.v1.networking.istio.io%2Fbookinfo%2Freviews.example&host=reviews&port=9080',
      explainCall: '/meshes/prod/explain/call?mtls=no',
      explainInjection: '/meshes/prod/explain/injection?of=east%2FNamespace.v1%2F-%2Fshop',
      security: '/meshes/prod/security',
      tlsSecrets: '/meshes/prod/tls-secrets?secret=east%2Fistio-ingress%2Fshop',
      objects: '/meshes/prod/objects?kinds=Gateway%2CVirtualService',
      findings: '/meshes/prod/findings?severities=error&kinds=Pod&view=codes',
      findingCodes: '/help/findings?search=IST0101',
      objectCreate: '/meshes/prod/new/object?kind=Gateway',
      object: '/meshes/prod/objects/east/VirtualService.v1.networking.istio.io/bookinfo/reviews.example',
      clusters: '/clusters',
      clusterRegister: '/new/cluster',
      clusterRegisterContext: '/new/cluster?context=kind-east',
      cluster: '/clusters/east',
      clusterEdit: '/clusters/east/edit',
      history: '/history',
      historyFailed: '/history?phase=failed&mesh=prod&page=2',
      change: '/history/chg-1',
    })
  })

  it('escapes what could change the address', () => {
    expect(paths.mesh('a/../b?c#d')).toBe('/meshes/a%2F..%2Fb%3Fc%23d')
  })
})

describe('object references', () => {
  it('come back from the address as they went in, cluster included', () => {
    const parts = refPath(rule).split('/').map(decodeURIComponent)
    const [cluster = '', resource = '', namespace = '', name = ''] = parts
    expect(refFromParams({ cluster, resource, namespace, name })).toEqual(rule)
  })

  it('may have neither group nor namespace', () => {
    const node: ObjectRef = { cluster: 'east', group: '', version: 'v1', kind: 'Namespace', name: 'default' }
    expect(refPath(node)).toBe('east/Namespace.v1/-/default')
    expect(refFromParams({ cluster: 'east', resource: 'Namespace.v1', namespace: '-', name: 'default' })).toEqual(node)
  })

  it('are undefined for an address that was mistyped', () => {
    expect(refFromParams({ cluster: 'east', resource: 'Namespace', namespace: '-', name: 'x' })).toBeUndefined()
  })

  it('read objects back from one part of an address', () => {
    expect(refFromPath(refPath(rule))).toEqual(rule)
    for (const text of [undefined, '', 'east', 'east/a/b', 'east/Pod.v1/a/b/c', 'east/Pod/a/b']) {
      expect(refFromPath(text)).toBeUndefined()
    }
  })
})
