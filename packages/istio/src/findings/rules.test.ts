import { describe, expect, it } from 'vitest'
import type { Json, JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { namespace, object, pod, service } from '../samples.ts'
import { kinds } from '../world/kinds.ts'
import { clusterView } from '../world/view.ts'
import { compareFindings, judge } from './judge.ts'
import { meshParts } from './world.ts'

/** Findings that have tests of their own, and speak of whatever small objects these cases are made of. */
const elsewhere =
  /^(schema|service|pod|webhook|workload)\.|^(namespace\.not-injected|gateway\.no-servers)$|\.(no-workload|nothing-in-mesh|namespace-not-found|allows-all)$|^virtualservice\.(delegate-unused|destination-twice|weight-unsaid)$/

function find(objects: KubernetesObject[], unread: string[] = []) {
  const config = clusterView('hub', objects, Object.values(kinds))
  // Rules of these tests say only what they are about: what istiod's validation misses in them is not their matter.
  return judge(meshParts({ config, unread })).filter(({ code }) => !elsewhere.test(code))
}
const codes = (...args: Parameters<typeof find>) =>
  find(...args).map((each) => `${each.severity} ${each.code} ${each.pointer}`)

const rule = (kind: string, spec: JsonRecord, more: { name?: string; namespace?: string; created?: string } = {}) => {
  const { name = 'rule', namespace = 'shop', ...rest } = more
  return object(kind, name, { namespace, spec, ...rest })
}

describe('weights', () => {
  const reviews = service('reviews', 'shop')
  const weighted = (...weights: (Json | undefined)[]) => {
    const route = weights.map((weight) => ({
      destination: { host: 'reviews' },
      ...(weight === undefined ? {} : { weight }),
    }))
    return [reviews, rule('VirtualService', { http: [{ route }] })]
  }
  it.each([
    [[90, 10], []],
    [[undefined], []],
    [[100], []],
    [[1, 1], ['info virtualservice.weight-sum /spec/http/0/route']],
    [[100, 1], ['info virtualservice.weight-sum /spec/http/0/route']],
    [[100, undefined], []],
    [[0, 0], []],
    [[undefined, undefined], []],
    [[50], ['info virtualservice.weight-ignored /spec/http/0/route']],
    [[-3, 103], []],
    [[10, 1.5], []],
    [['ten'], []],
  ])('%j', (weights, expected) => {
    expect(codes(weighted(...weights))).toEqual(expected)
  })
})

describe('destinationrule.host-not-found', () => {
  it.each([
    ['reviews', []],
    ['gone', ['warning destinationrule.host-not-found /spec/host']],
    ['*.example.com', ['info destinationrule.host-wildcard /spec/host']],
  ])('%s', (host, expected) => {
    expect(codes([service('reviews', 'shop'), rule('DestinationRule', { host })])).toEqual(expected)
  })
  it('needs every cluster’s services, and a host', () => {
    expect(codes([rule('DestinationRule', { host: 'gone' })], ['east'])).toEqual([])
    expect(codes([rule('DestinationRule', {})])).toEqual(['warning destinationrule.host-not-found /spec/host'])
    expect(codes([rule('DestinationRule', { host: 1 })])).toEqual([])
  })
})

describe('gateway.selector-empty', () => {
  const gateway = rule('Gateway', { selector: { istio: 'edge' } })
  const edge = { labels: { istio: 'edge' } }
  it('looks for Pods in any namespace', () => {
    expect(codes([gateway, pod('a', 'other', edge)])).toEqual([])
    expect(codes([gateway, pod('a', 'other')])).toEqual(['warning gateway.selector-empty /spec/selector'])
    expect(codes([gateway, pod('a', 'other', { ...edge, phase: 'Failed' })])).toHaveLength(1)
    expect(codes([gateway], ['east'])).toEqual([])
  })
})

describe('peerauthentication', () => {
  const policy = (name: string, created: string, more: { namespace?: string; spec?: JsonRecord } = {}) =>
    rule('PeerAuthentication', more.spec ?? { mtls: { mode: 'STRICT' } }, {
      name,
      created,
      namespace: more.namespace ?? 'shop',
    })
  const selecting = { selector: { matchLabels: { app: 'a' } } }

  it.each([
    ['namespace', {}],
    ['mesh', { namespace: 'istio-system' }],
    ['workload', { spec: selecting }],
  ])('only the oldest counts at level %s', (level, more) => {
    const found = find([policy('young', '2026-02-01T00:00:00Z', more), policy('old', '2026-01-01T00:00:00Z', more)])
    expect(found).toMatchObject([
      {
        code: 'peerauthentication.duplicate',
        ref: { name: 'young' },
        params: { winner: 'old', level },
        aliases: [level === 'workload' ? 'KIA0003' : 'KIA0002'],
        evidence: [{ name: 'old' }],
      },
    ])
  })
  it('settles equal ages by name', () => {
    const found = find([policy('b', '2026-01-01T00:00:00Z'), policy('a', '2026-01-01T00:00:00Z')])
    expect(found.map((each) => each.ref.name)).toEqual(['b'])
    expect(
      find([rule('PeerAuthentication', {}, { name: 'b' }), rule('PeerAuthentication', {}, { name: 'a' })]).map(
        (each) => each.ref.name,
      ),
    ).toEqual(['b'])
  })
  it('lets different levels be', () => {
    const created = '2026-01-01T00:00:00Z'
    expect(
      codes([
        policy('a', created),
        policy('b', created, { spec: selecting }),
        policy('c', created, { namespace: 'istio-system' }),
      ]),
    ).toEqual([])
  })
  it('knows that selectors count for nothing in the root namespace', () => {
    expect(codes([policy('a', '2026-01-01T00:00:00Z', { namespace: 'istio-system', spec: selecting })])).toEqual([
      'warning peerauthentication.root-selector /spec/selector',
    ])
  })
})

describe('authorizationpolicy.denies-all', () => {
  const policy = (spec: JsonRecord, more: { name?: string; namespace?: string } = {}) =>
    rule('AuthorizationPolicy', spec, more)
  const allowing = { rules: [{ from: [{ source: { namespaces: ['x'] } }] }] }
  it.each([
    [{}, ['warning authorizationpolicy.denies-all /spec']],
    [{ action: 'ALLOW', rules: [] }, ['warning authorizationpolicy.denies-all /spec']],
    [{ rules: [{}] }, []],
    [{ action: 'AUDIT' }, []],
  ])('%j', (spec, expected) => {
    expect(codes([policy(spec)])).toEqual(expected)
  })
  it('is only worth knowing where others allow', () => {
    expect(codes([policy({}), policy(allowing, { name: 'allow' })])).toEqual([
      'info authorizationpolicy.denies-all /spec',
    ])
    expect(codes([policy({}), policy({ ...allowing, action: 'AUDIT' }, { name: 'log' })])).toEqual([
      'warning authorizationpolicy.denies-all /spec',
    ])
    expect(codes([policy({}), policy(allowing, { name: 'allow', namespace: 'other' })])).toEqual([
      'warning authorizationpolicy.denies-all /spec',
    ])
    expect(codes([policy({}, { namespace: 'istio-system' }), policy(allowing, { name: 'allow' })])).toEqual([
      'info authorizationpolicy.denies-all /spec',
    ])
  })
  it.each([
    [{}, 'shop', 'namespace'],
    [{}, 'istio-system', 'mesh'],
    [{ selector: { matchLabels: { app: 'a' } } }, 'shop', 'workload'],
    [{ targetRefs: [{ name: 'waypoint' }] }, 'shop', 'workload'],
    [{ targetRef: { name: 'waypoint' } }, 'shop', 'workload'],
  ])('says what it covers: %j in %s', (spec, namespace, scope) => {
    expect(find([policy(spec, { namespace })])[0]?.params.scope).toBe(scope)
  })
})

describe('judge', () => {
  const wrong = [
    namespace('shop', { 'istio.io/rev': 'gone' }),
    object('Service', 'istiod', { namespace: 'istio-system', labels: { app: 'istiod' } }),
    rule('AuthorizationPolicy', {}),
    rule('DestinationRule', { host: 'gone' }, { name: 'b' }),
    rule('DestinationRule', { host: 'gone' }, { name: 'a' }),
    rule('VirtualService', { hosts: ['x'], http: [{ route: [{ weight: -1, destination: { host: 'gone' } }] }] }),
  ]
  const everything = (objects: KubernetesObject[]) =>
    judge(meshParts({ config: clusterView('hub', objects, Object.values(kinds)) }))
  it('puts the worst first, then orders by object', () => {
    expect(everything(wrong).map((each) => `${each.severity} ${each.ref.kind}/${each.ref.name}`)).toEqual([
      'rejected VirtualService/rule',
      'error Namespace/shop',
      'error VirtualService/rule',
      'warning AuthorizationPolicy/rule',
      'warning AuthorizationPolicy/rule',
      'warning DestinationRule/a',
      'warning DestinationRule/b',
    ])
  })
  it('compares before and after', () => {
    const before = find(wrong)
    const after = find([...wrong.slice(1), rule('Gateway', { selector: { a: 'b' } })])
    const { introduced, solved, remaining } = compareFindings(before, after)
    expect(introduced.map((each) => each.code)).toEqual(['gateway.selector-empty'])
    expect(solved.map((each) => each.code)).toEqual(['namespace.revision-unserved'])
    expect(remaining).toHaveLength(4)
  })
  it('says of what moves within an object that it is left', () => {
    const testers = {
      match: [{ headers: { user: { exact: 'jo' } } }],
      route: [{ destination: { host: 'gone' } }],
    }
    const others = { directResponse: { status: 200 } }
    const find = (http: JsonRecord[]) => everything([rule('VirtualService', { hosts: ['x'], http })])
    const { introduced, solved, remaining } = compareFindings(find([others, testers]), find([testers, others]))
    expect(introduced).toEqual([])
    expect(solved.map((each) => each.code)).toEqual(['virtualservice.rule-unreachable'])
    expect(remaining.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['virtualservice.host-not-found', '/spec/http/0/route/0/destination/host'],
    ])
  })
})
