import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object } from '../../samples.ts'
import { type Case, findingsOf } from '../fixes/cases.ts'
import { told as toldOf } from '../fixes/told.ts'

const codes = [
  'authorizationpolicy.no-workload',
  'authorizationpolicy.nothing-in-mesh',
  'authorizationpolicy.workload-unseen',
  'authorizationpolicy.namespace-not-found',
  'istiod.jwks-fetch-open',
]
const told = (objects: KubernetesObject[], more: Omit<Case, 'objects'> = {}) =>
  findingsOf({ objects, ...more })
    .filter(({ code }) => codes.includes(code))
    .map(({ code, pointer, aliases }) => [code.split('.')[1], pointer, aliases[0]].join(' '))
const rules = [{ to: [{ operation: { methods: ['GET'] } }] }]
const policy = (spec: JsonRecord, at = 'shop') =>
  object('AuthorizationPolicy', 'a', { namespace: at, spec: { rules, ...spec } })
const podIn = (
  at: string,
  more: { labels?: Record<string, string>; annotations?: Record<string, string>; proxy?: boolean } = {},
) => {
  const { proxy = true, labels = { app: 'web' }, annotations = {} } = more
  const containers = proxy ? [{ name: 'istio-proxy', image: 'proxyv2:1' }] : [{ name: 'app', image: 'app:1' }]
  return object('Pod', 'web-1', { namespace: at, labels, annotations, spec: { containers } })
}
const web = { selector: { matchLabels: { app: 'web' } } }

describe('a policy over what istioctl does not look at', () => {
  const unseen = (rule: KubernetesObject, ...objects: KubernetesObject[]) =>
    findingsOf({ objects: [rule, ...objects] })
      .filter(({ aliases }) => aliases.includes('IST0127'))
      .map(({ code, severity, params, evidence }) =>
        code.endsWith('unseen') ? [severity, params['what'], ...evidence.map(({ name }) => name)].join(' ') : code,
      )
  const makes = (labels: Record<string, string>, annotations: Record<string, string> = {}, at = 'shop') =>
    object('Deployment', 'web-v1', {
      namespace: at,
      spec: { template: { metadata: { labels: { app: 'web', ...labels }, annotations } } },
    })
  const home = (labels: Record<string, string>) => namespace('shop', labels)
  const nobody = ['authorizationpolicy.no-workload']
  const seen = ['info Deployment web-v1 web-v1']

  it.each<[string, KubernetesObject[], string[]]>([
    ['a template in a namespace with sidecars', [makes({}), home({ 'istio-injection': 'enabled' })], seen],
    ['a template that asks for a sidecar', [makes({ 'sidecar.istio.io/inject': 'true' })], seen],
    ['a template of another namespace', [makes({ 'sidecar.istio.io/inject': 'true' }, {}, 'far')], nobody],
    ['a template outside of the mesh', [makes({}), home({})], nobody],
    ['a template without a Namespace', [makes({})], nobody],
    ['a namespace of a revision', [makes({}), home({ 'istio.io/rev': 'v2' })], seen],
    ['a template of a revision', [makes({ 'istio.io/rev': 'v2' }), home({})], seen],
    [
      'a revision that the other label hides',
      [makes({}), home({ 'istio.io/rev': 'v2', 'istio-injection': 'disabled' })],
      nobody,
    ],
    ['a label that forbids', [makes({ 'sidecar.istio.io/inject': 'false' }), home({ 'istio.io/rev': 'v2' })], nobody],
    [
      'an annotation that forbids',
      [makes({}, { 'sidecar.istio.io/inject': 'false' }), home({ 'istio.io/rev': 'v2' })],
      nobody,
    ],
    ['an ambient namespace', [makes({}), home({ 'istio.io/dataplane-mode': 'ambient' })], seen],
    ['an ambient template', [makes({ 'istio.io/dataplane-mode': 'ambient' }), home({})], seen],
    [
      'a template that leaves ambient mode',
      [makes({ 'istio.io/dataplane-mode': 'none' }), home({ 'istio.io/dataplane-mode': 'ambient' })],
      nobody,
    ],
    [
      'a Pod of a file',
      [podIn('shop', { proxy: false }), home({ 'istio.io/dataplane-mode': 'ambient' })],
      ['info Pod web-1 web-1'],
    ],
    [
      'a Pod that runs without',
      [{ ...podIn('shop', { proxy: false }), status: {} }, home({ 'istio.io/dataplane-mode': 'ambient' })],
      nobody,
    ],
  ])('%s', (_, objects, expected) => {
    expect(unseen(policy(web), ...objects)).toEqual(expected)
  })
  it('over what it is attached to', () => {
    const gateway = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'front' }
    expect(unseen(policy({ targetRefs: [gateway] }))).toEqual(['info Gateway front'])
    expect(unseen(policy({ targetRef: gateway }))).toEqual(['info Gateway front'])
    expect(unseen(policy({ targetRefs: [] }))).toEqual(['authorizationpolicy.nothing-in-mesh'])
  })
  it('over the whole mesh', () => {
    const far = makes({ 'sidecar.istio.io/inject': 'true' }, {}, 'far')
    expect(unseen(policy(web, 'istio-system'), far)).toEqual(seen)
  })
})

describe('a policy over workloads', () => {
  const nobody = ['no-workload /spec/selector IST0127']
  it.each([
    [policy({}), [podIn('shop')], []],
    [policy({}), [], ['nothing-in-mesh  IST0127']],
    [policy({}), [podIn('far')], ['nothing-in-mesh  IST0127']],
    [policy({}), [podIn('shop', { proxy: false })], ['nothing-in-mesh  IST0127']],
    [policy(web), [podIn('shop')], []],
    [policy(web), [podIn('shop', { labels: { app: 'api' } })], nobody],
    [policy(web), [podIn('far')], nobody],
    [policy(web), [podIn('shop', { proxy: false, annotations: { 'ambient.istio.io/redirection': 'enabled' } })], []],
    [
      policy(web),
      [podIn('shop', { proxy: false, annotations: { 'ambient.istio.io/redirection': 'pending' } })],
      nobody,
    ],
    [policy({}, 'istio-system'), [], []],
    [policy({ selector: {} }, 'istio-system'), [], nobody],
    [policy(web, 'istio-system'), [podIn('far')], []],
    [policy(web, 'istio-system'), [podIn('far', { labels: {} })], nobody],
  ])('case %#', (rule, pods, expected) => {
    expect(told([rule, ...pods])).toEqual(expected)
  })
  it('counts Pods that will have a proxy, and says nothing where Pods were not read', () => {
    const plain = podIn('shop', { proxy: false })
    expect(told([policy({}), plain, namespace('shop', { 'istio-injection': 'enabled' })])).toEqual([])
    expect(told([policy({}), plain, namespace('shop', { 'istio.io/rev': 'v1' })])).toEqual(['workload-unseen  IST0127'])
    expect(told([policy({})], { unread: ['east'] })).toEqual([])
    expect(told([policy({})], { members: [podIn('shop')] })).toEqual([])
    const members = [plain, namespace('shop', { 'istio-injection': 'enabled' })]
    expect(told([policy({}), namespace('shop')], { members })).toEqual([])
    expect(told([policy({}), plain, namespace('shop')], { members: members.slice(1) })).toEqual([
      'nothing-in-mesh  IST0127',
    ])
  })
})

describe('sources', () => {
  const from = (source: JsonRecord) => policy({ rules: [{ from: [{ source }] }] })
  const at = (field: string) => [`namespace-not-found /spec/rules/0/from/0/source/${field}/0 IST0101`]
  it.each([
    [{ namespaces: ['shop'] }, []],
    [{ namespaces: ['SHOP'] }, []],
    [{ namespaces: ['far'] }, at('namespaces')],
    [{ notNamespaces: ['far'] }, at('notNamespaces')],
    [{ namespaces: ['*'] }, []],
    [{ namespaces: ['sh*'] }, []],
    [{ namespaces: ['*op'] }, []],
    [{ namespaces: ['fa*'] }, at('namespaces')],
    [{ namespaces: ['*ar'] }, at('namespaces')],
    [{ principals: ['far'] }, []],
  ])('%j', (source, expected) => {
    expect(told([namespace('shop'), podIn('shop'), from(source)])).toEqual(expected)
  })
  it('are named by conditions too, which istioctl does not see', () => {
    const rule = policy({ rules: [{ when: [{ key: 'source.namespace', values: ['far'] }] }] })
    expect(told([namespace('shop'), podIn('shop'), rule])).toEqual([
      'namespace-not-found /spec/rules/0/when/0/values/0 ',
    ])
  })
  it('are not missed where namespaces were not read', () => {
    expect(told([podIn('shop'), from({ namespaces: ['far'] })], { without: ['Namespace'] })).toEqual([])
    expect(told([podIn('shop'), from({ namespaces: ['*'] })])).toEqual(at('namespaces'))
  })
})

describe('keys that istiod fetches', () => {
  const istiod = (env: JsonRecord[], labels: Record<string, string> = { app: 'istiod' }) =>
    object('Deployment', 'istiod', {
      namespace: 'istio-system',
      labels,
      spec: { template: { spec: { containers: [{ name: 'discovery', env }] } } },
    })
  const rule = object('RequestAuthentication', 'a', { namespace: 'shop', spec: { jwtRules: [{ issuer: 'x' }] } })
  const open = ['jwks-fetch-open /spec/template/spec/containers IST0175']
  it.each([
    [[istiod([]), rule], open],
    [[istiod([])], []],
    [[istiod([], { app: 'web' }), rule], []],
    [[istiod([{ name: 'BLOCKED_CIDRS_IN_JWKS_URIS', value: '10.0.0.0/8' }]), rule], []],
    [[istiod([{ name: 'BLOCKED_CIDRS_IN_JWKS_URIS', value: '' }]), rule], open],
    [[istiod([{ name: 'OTHER', value: 'x' }]), rule], open],
  ])('case %#', (objects, expected) => {
    expect(told(objects)).toEqual(expected)
  })
})

describe('namespaces of conditions', () => {
  const of = (...names: string[]) => {
    const rule = policy({ rules: [{ when: [{ key: 'source.namespace', values: names }] }] })
    return toldOf(/^authorizationpolicy\.namespace-not-found$/, {
      objects: [rule, namespace('other'), object('Service', 'web', { namespace: 'lives' })],
    })
  }
  const at = (index: number) => `warning namespace-not-found /spec/rules/0/when/0/values/${index}`
  it('are there where something says so', () => {
    expect(of('shop', 'istio-system', 'kube-system', 'lives', 'other')).toEqual([])
    expect(of('gone', 'shop', 'gon*')).toEqual([at(0), at(2)])
  })
})

describe('ways out', () => {
  const codes = /^(authorizationpolicy\.namespace-not-found|istiod\.jwks-fetch-open)$/
  it('write the name that is almost the same', () => {
    const from = (namespaces: string[]) => policy({ rules: [{ from: [{ source: { namespaces } }] }] })
    const at = 'warning namespace-not-found /spec/rules/0/from/0/source/namespaces/0'
    expect(toldOf(codes, { objects: [namespace('shop'), podIn('shop'), from(['shpo'])] })).toEqual([
      `${at} (near-name)`,
    ])
    expect(toldOf(codes, { objects: [namespace('shop'), podIn('shop'), from(['elsewhere'])] })).toEqual([at])
    expect(toldOf(codes, { objects: [namespace('shop'), podIn('shop'), from(['shpo*'])] })).toEqual([at])
  })
  it('change the setting where it is, else add it', () => {
    const entry = { name: 'BLOCKED_CIDRS_IN_JWKS_URIS', value: '169.254.0.0/16,127.0.0.0/8' }
    const other = { name: 'A', value: 'b' }
    const operations = (env: JsonRecord[]) => {
      const istiod = object('Deployment', 'istiod', {
        namespace: 'istio-system',
        labels: { app: 'istiod' },
        spec: { template: { spec: { containers: [{ name: 'discovery', env }] } } },
      })
      const rule = object('RequestAuthentication', 'a', { namespace: 'shop', spec: { jwtRules: [{ issuer: 'x' }] } })
      return findingsOf({ objects: [istiod, rule] })
        .filter(({ code }) => codes.test(code))
        .flatMap(({ fixes }) => fixes.flatMap(({ patches }) => patches.flatMap((each) => each.operations)))
    }
    const place = '/spec/template/spec/containers/0/env'
    expect(operations([other, { ...entry, value: '' }])).toEqual([{ op: 'replace', path: `${place}/1`, value: entry }])
    expect(operations([other])).toEqual([{ op: 'add', path: `${place}/-`, value: entry }])
    expect(operations([])).toEqual([{ op: 'add', path: place, value: [entry] }])
  })
  it.each<[JsonRecord, string]>([
    [{ name: 'discovery' }, ' (close-metadata)'],
    [{ name: 'discovery', env: [{ name: 'A', value: 'b' }] }, ' (close-metadata)'],
    [{ name: 'discovery', env: [{ name: 'BLOCKED_CIDRS_IN_JWKS_URIS', value: '' }] }, ' (close-metadata)'],
    [{ name: 'other' }, ''],
  ])('keep istiod from where secrets are: %j', (container, way) => {
    const istiod = object('Deployment', 'istiod', {
      namespace: 'istio-system',
      labels: { app: 'istiod' },
      spec: { template: { spec: { containers: [container] } } },
    })
    const rule = object('RequestAuthentication', 'a', { namespace: 'shop', spec: { jwtRules: [{ issuer: 'x' }] } })
    expect(toldOf(codes, { objects: [istiod, rule] })).toEqual([
      `warning jwks-fetch-open /spec/template/spec/containers${way}`,
    ])
  })
})
