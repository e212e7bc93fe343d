import type { AccessCall } from '@orbweaver/contracts/explain-access'
import type { JsonRecord } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import { access } from './explain.ts'
import { call, from, policy, refTo, shop, worldOf } from './samples.ts'

type More = Partial<AccessCall> & { config?: JsonRecord }

function verdict(rules: JsonRecord[], action: string, { config = {}, ...more }: More = {}) {
  return access(worldOf([...shop, policy('p', { action, rules })], config), call(more)).verdict
}

const tcp: Partial<AccessCall> = { protocol: 'tcp', to: { ref: refTo('Pod', 'api'), port: 9000 } }

describe('order of policies', () => {
  it('lets everything in where nothing is said', () => {
    const answer = access(worldOf(shop), call())
    expect(answer).toMatchObject({ verdict: 'allowed', decidedBy: null, principal: 'cluster.local/ns/shop/sa/web' })
  })
  it('denies what no ALLOW allows, and what a DENY denies although it is allowed', () => {
    const get = { to: [{ operation: { methods: ['GET'] } }] }
    const allow = policy('allow', { rules: [get] })
    const deny = policy('deny', { action: 'DENY', rules: [{ from: [{ source: { namespaces: ['shop'] } }] }] })
    expect(access(worldOf([...shop, allow]), call())).toMatchObject({
      verdict: 'allowed',
      decidedBy: { ref: { name: 'allow' }, pointer: '/spec/rules/0' },
    })
    expect(access(worldOf([...shop, allow]), call({ method: 'POST' }))).toMatchObject({
      verdict: 'denied',
      decidedBy: null,
    })
    expect(access(worldOf([...shop, allow, deny]), call())).toMatchObject({
      verdict: 'denied',
      decidedBy: { ref: { name: 'deny' }, pointer: '/spec/rules/0' },
    })
  })
  it('takes no rules for nobody, and an empty rule for everybody', () => {
    expect(verdict([], 'ALLOW')).toBe('denied')
    expect(verdict([{}], 'ALLOW')).toBe('allowed')
    expect(verdict([], 'DENY')).toBe('allowed')
    expect(verdict([{}], 'DENY')).toBe('denied')
  })
  it('only notes what AUDIT meets', () => {
    const answer = access(worldOf([...shop, policy('a', { action: 'AUDIT', rules: [{}] })]), call())
    expect(answer).toMatchObject({ verdict: 'allowed', audits: [{ ref: { name: 'a' }, pointer: '/spec/rules/0' }] })
  })
  it('tells what policies on trial would do, and does not do it', () => {
    const trial = policy('t', { action: 'DENY', rules: [{}] }, { annotations: { 'istio.io/dry-run': 'true' } })
    const answer = access(worldOf([...shop, trial]), call())
    expect(answer).toMatchObject({
      verdict: 'allowed',
      dryRun: [{ action: 'DENY', matches: 'yes', ref: { name: 't' } }],
    })
    const steps = answer.trail.filter(({ code }) => code === 'rule-met')
    expect(steps.map(({ params }) => [params['action'], params['trial']])).toEqual([['DENY', 'dry-run']])
  })
})

describe('fields', () => {
  const allows = (source: JsonRecord, more: Partial<AccessCall> = {}) =>
    verdict([{ from: [{ source }] }], 'ALLOW', more)
  const does = (operation: JsonRecord, more: Partial<AccessCall> = {}) =>
    verdict([{ to: [{ operation }] }], 'ALLOW', more)
  const when = (key: string, values: JsonRecord, more: Partial<AccessCall> = {}) =>
    verdict([{ when: [{ key, ...values }] }], 'ALLOW', more)

  it('compares principals whole, by their beginning, by their end', () => {
    expect(allows({ principals: ['cluster.local/ns/shop/sa/web'] })).toBe('allowed')
    expect(allows({ principals: ['cluster.local/ns/shop/*'] })).toBe('allowed')
    expect(allows({ principals: ['*/sa/web'] })).toBe('allowed')
    expect(allows({ principals: ['*'] })).toBe('allowed')
    expect(allows({ principals: ['cluster.local/ns/shop/sa/we'] })).toBe('denied')
    expect(allows({ notPrincipals: ['*/sa/web'] })).toBe('denied')
  })
  it('takes stars in namespaces anywhere', () => {
    expect(allows({ namespaces: ['sh*p'] })).toBe('allowed')
    expect(allows({ namespaces: ['sho'] })).toBe('denied')
    expect(allows({ notNamespaces: ['other'] })).toBe('allowed')
  })
  it('takes accounts of its own namespace where none is said', () => {
    expect(allows({ serviceAccounts: ['web'] })).toBe('allowed')
    expect(allows({ serviceAccounts: ['shop/web'] })).toBe('allowed')
    expect(allows({ serviceAccounts: ['other/web'] })).toBe('denied')
    expect(allows({ notServiceAccounts: ['web'] })).toBe('denied')
  })
  it('looks at trust domains', () => {
    expect(allows({ trustDomains: ['cluster.local'] })).toBe('allowed')
    expect(allows({ trustDomains: ['cluster*'] })).toBe('allowed')
    expect(allows({ trustDomains: ['other'] })).toBe('denied')
  })
  it('looks at addresses of the connection and of the request', () => {
    expect(allows({ ipBlocks: ['10.1.0.0/24'] })).toBe('allowed')
    expect(allows({ ipBlocks: ['10.1.0.2'] })).toBe('denied')
    expect(allows({ notIpBlocks: ['10.0.0.0/8'] })).toBe('denied')
    const forwarded = { headers: { 'X-Forwarded-For': '1.2.3.4, 5.6.7.8' } }
    expect(allows({ remoteIpBlocks: ['5.6.7.8'] }, forwarded)).toBe('allowed')
    expect(allows({ remoteIpBlocks: ['1.2.3.4'] }, forwarded)).toBe('denied')
    expect(allows({ ipBlocks: ['5.6.7.8'] }, forwarded)).toBe('denied')
  })
  it('compares methods, hosts and ports', () => {
    expect(does({ methods: ['GE*'] })).toBe('allowed')
    expect(does({ methods: ['get'] })).toBe('denied')
    expect(does({ notMethods: ['GET'] })).toBe('denied')
    expect(does({ hosts: ['API.shop.svc.cluster.local'] })).toBe('allowed')
    expect(does({ hosts: ['*.cluster.LOCAL'] })).toBe('allowed')
    expect(does({ hosts: ['api.shop'] })).toBe('denied')
    expect(does({ ports: ['8080'] })).toBe('allowed')
    expect(does({ ports: ['80'] })).toBe('denied')
    expect(does({ notPorts: ['8080'] })).toBe('denied')
  })
  it('compares paths without their query, after they are normalised', () => {
    expect(does({ paths: ['/a'] }, { path: '/a?x=1' })).toBe('allowed')
    expect(does({ paths: ['/b/*'] }, { path: '/a/../b/c' })).toBe('allowed')
    expect(does({ paths: ['*.html'] }, { path: '/x.html' })).toBe('allowed')
    expect(does({ paths: ['/a/{*}/c'] }, { path: '/a/b/c' })).toBe('allowed')
    expect(does({ paths: ['/a/{*}/c'] }, { path: '/a/b/b/c' })).toBe('denied')
    expect(does({ paths: ['/a/{**}'] }, { path: '/a/b/b/c' })).toBe('allowed')
    expect(does({ notPaths: ['/a'] }, { path: '/a' })).toBe('denied')
    expect(verdict([{ to: [{ operation: { paths: ['/a/b'] } }] }], 'ALLOW', { path: '/a//b' })).toBe('denied')
    const merging = { pathNormalization: { normalization: 'MERGE_SLASHES' } }
    expect(verdict([{ to: [{ operation: { paths: ['/a/b'] } }] }], 'ALLOW', { path: '/a//b', config: merging })).toBe(
      'allowed',
    )
  })
  it('looks at headers, which are there or not', () => {
    expect(when('request.headers[X-Who]', { values: ['*'] }, { headers: { 'x-who': '' } })).toBe('allowed')
    expect(when('request.headers[x-who]', { values: ['a*'] }, { headers: { 'X-Who': 'abc' } })).toBe('allowed')
    expect(when('request.headers[x-who]', { values: ['a*'] })).toBe('denied')
    expect(when('request.headers[x-who]', { notValues: ['a*'] })).toBe('allowed')
  })
  it('looks at where a connection goes', () => {
    expect(when('destination.ip', { values: ['10.1.0.2'] })).toBe('allowed')
    expect(when('destination.port', { values: ['8080'] })).toBe('allowed')
    expect(when('destination.port', { notValues: ['8080'] })).toBe('denied')
    expect(when('connection.sni', { values: ['x.example.com'] }, { sni: 'x.example.com' })).toBe('allowed')
    expect(when('connection.sni', { values: ['outbound_.80_.*'] })).toBe('allowed')
    expect(when('source.namespace', { values: ['shop'] })).toBe('allowed')
    expect(when('source.principal', { values: ['*/sa/web'] })).toBe('allowed')
    expect(when('remote.ip', { values: ['10.1.0.1'] })).toBe('allowed')
  })
  it('leaves rules out whose condition nobody knows, whatever they do', () => {
    expect(when('destination.user', { values: ['x'] })).toBe('denied')
    expect(verdict([{ when: [{ key: 'destination.user', values: ['x'] }] }], 'DENY')).toBe('allowed')
  })
  it('takes all of a rule together, and any of its alternatives', () => {
    const rules = [
      {
        from: [{ source: { namespaces: ['other'] } }, { source: { namespaces: ['shop'] } }],
        to: [{ operation: { methods: ['GET'], paths: ['/x'] } }],
      },
    ]
    expect(verdict(rules, 'ALLOW', { path: '/x' })).toBe('allowed')
    expect(verdict(rules, 'ALLOW', { path: '/y' })).toBe('denied')
  })
})

describe('connections that are not HTTP', () => {
  const http = { to: [{ operation: { methods: ['GET'] } }] }
  it('leaves out rules that allow by what only HTTP has', () => {
    expect(verdict([http], 'ALLOW', tcp)).toBe('denied')
    expect(verdict([http, { to: [{ operation: { ports: ['9000'] } }] }], 'ALLOW', tcp)).toBe('allowed')
  })
  it('denies without what only HTTP has', () => {
    expect(verdict([http], 'DENY', tcp)).toBe('denied')
    expect(verdict([{ to: [{ operation: { methods: ['GET'], ports: ['1'] } }] }], 'DENY', tcp)).toBe('allowed')
    expect(verdict([{ from: [{ source: { requestPrincipals: ['*'] } }] }], 'DENY', tcp)).toBe('denied')
  })
  it('goes by what the port is declared, not by what is spoken', () => {
    expect(verdict([http], 'ALLOW', { to: { ref: refTo('Pod', 'api'), port: 9000 } })).toBe('denied')
    expect(verdict([http], 'ALLOW', { to: { ref: refTo('Pod', 'api'), port: 7777 } })).toBe('allowed')
    expect(verdict([http], 'ALLOW', { protocol: 'tcp', to: { ref: refTo('Pod', 'api'), port: 7777 } })).toBe('denied')
  })
})

describe('trust domains', () => {
  const principal = 'old/ns/shop/sa/web'
  it('takes aliases for the same', () => {
    const rules = [{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/web'] } }] }]
    const described: Partial<AccessCall> = { from: { kind: 'identity', principal }, mtls: true }
    expect(verdict(rules, 'ALLOW', { ...described, config: { trustDomainAliases: ['old'] } })).toBe('allowed')
    expect(verdict(rules, 'ALLOW', { ...described, config: { trustDomain: 'new', trustDomainAliases: ['old'] } })).toBe(
      'allowed',
    )
    expect(
      verdict([{ from: [{ source: { principals: ['td/ns/shop/sa/web'] } }] }], 'ALLOW', {
        ...described,
        config: { trustDomainAliases: ['old'] },
      }),
    ).toBe('denied')
    expect(
      verdict([{ from: [{ source: { trustDomains: ['cluster.local'] } }] }], 'ALLOW', {
        ...described,
        config: { trustDomainAliases: ['old'] },
      }),
    ).toBe('allowed')
  })
  it('does not take certificates of others', () => {
    expect(verdict([{}], 'ALLOW', { from: { kind: 'identity', principal }, mtls: true })).toBe('refused-tls')
  })
})

describe('whose policies count', () => {
  const denyAll = { action: 'DENY', rules: [{}] }
  it('takes those of the root namespace and of the workload, if they select it', () => {
    const verdictOf = (object: ReturnType<typeof policy>) => access(worldOf([...shop, object]), call()).verdict
    expect(verdictOf(policy('p', denyAll, { namespace: 'istio-system' }))).toBe('denied')
    expect(verdictOf(policy('p', denyAll, { namespace: 'other' }))).toBe('allowed')
    const selecting = (app: string) => ({ ...denyAll, selector: { matchLabels: { app } } })
    expect(verdictOf(policy('p', selecting('api')))).toBe('denied')
    expect(verdictOf(policy('p', selecting('web')))).toBe('allowed')
    expect(verdictOf(policy('p', selecting('api'), { namespace: 'istio-system' }))).toBe('denied')
    expect(verdictOf(policy('p', denyAll, { labels: { 'istio.io/rev': 'other' } }))).toBe('allowed')
    expect(verdictOf(policy('p', denyAll, { labels: { 'istio.io/rev': 'default' } }))).toBe('denied')
    expect(verdictOf(policy('p', { ...denyAll, targetRefs: [{ kind: 'Service', name: 'api' }] }))).toBe('allowed')
  })
})

describe('namespaces that the control plane does not look into', () => {
  it('have policies that count for nobody', () => {
    const config = { discoverySelectors: [{ matchLabels: { team: 'x' } }] }
    expect(verdict([{}], 'DENY')).toBe('denied')
    expect(verdict([{}], 'DENY', { config })).toBe('allowed')
  })
})

describe('what is left open', () => {
  it('says on what it depends', () => {
    const rules = [{ to: [{ operation: { methods: ['GET'], paths: ['/a'] } }] }]
    const world = worldOf([...shop, policy('p', { rules })])
    const { method: _, path: __, ...rest } = call()
    expect(access(world, rest)).toMatchObject({ verdict: 'depends', depends: ['method', 'path'] })
    expect(access(world, { ...rest, method: 'POST' })).toMatchObject({ verdict: 'denied' })
  })
  it('knows of somebody in a namespace only that', () => {
    const someone: Partial<AccessCall> = { from: { kind: 'identity', namespace: 'shop' }, mtls: true }
    expect(verdict([{ from: [{ source: { namespaces: ['shop'] } }] }], 'ALLOW', someone)).toBe('allowed')
    expect(verdict([{ from: [{ source: { namespaces: ['other'] } }] }], 'ALLOW', someone)).toBe('denied')
    expect(verdict([{ from: [{ source: { serviceAccounts: ['web'] } }] }], 'ALLOW', someone)).toBe('depends')
  })
  it('says that nobody is there', () => {
    expect(access(worldOf(shop), call({ from: from('nobody') }))).toMatchObject({
      verdict: 'unknown',
      trail: [{ code: 'source-not-found' }],
    })
  })
})
