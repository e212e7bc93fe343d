import type { Json, JsonRecord } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import { namespace, object } from '../../samples.ts'
import { told } from '../fixes/told.ts'

const codes =
  /\.(allows-all|any-identity|only-exclusions|denies-everyone|denies-all|excludes-itself|conditions-disjoint)$/
const policy = (rules: JsonRecord[], more: { name?: string; at?: string; spec?: JsonRecord } = {}) =>
  object('AuthorizationPolicy', more.name ?? 'a', {
    namespace: more.at ?? 'shop',
    spec: { ...(rules.length > 0 && { rules: [...rules] }), ...more.spec },
  })
const off = object('PeerAuthentication', 'off', { namespace: 'shop', spec: { mtls: { mode: 'DISABLE' } } })
const found = (...objects: ReturnType<typeof policy>[]) => told(codes, { objects: [namespace('shop'), ...objects] })
const from = (source: JsonRecord) => ({ from: [{ source }] })
const to = (operation: JsonRecord) => ({ to: [{ operation }] })
const when = (...conditions: [key: string, values?: string[] | undefined, notValues?: string[]][]) => ({
  when: conditions.map(
    ([key, values, notValues]): Json => ({ key, ...(values && { values }), ...(notValues && { notValues }) }),
  ),
})

describe('rules that allow more than they seem to', () => {
  const all = ['info allows-all /spec/rules/0 (own-namespace)']
  const any = ['info any-identity /spec/rules/0/from/0/source (own-namespace)']
  const but = ['warning only-exclusions /spec/rules/0 (require-identity)']
  it.each<[JsonRecord, string[]]>([
    [{}, all],
    [from({ principals: ['*'] }), any],
    [from({ namespaces: ['*'] }), any],
    [from({ trustDomains: ['*'] }), any],
    [from({ requestPrincipals: ['*'] }), []],
    [from({ ipBlocks: ['10.0.0.0/8'] }), []],
    [from({ principals: ['*'], namespaces: ['shop'] }), []],
    [from({ principals: ['*'], notPrincipals: ['cluster.local/ns/a/sa/b'] }), []],
    [from({ namespaces: ['sho*'] }), []],
    [{ ...from({ principals: ['*'] }), ...to({ methods: ['GET'] }) }, []],
    [{ ...from({ principals: ['*'] }), ...when(['request.headers[x]', ['y']]) }, []],
    [from({ notNamespaces: ['shop'] }), but],
    [to({ notPaths: ['/admin'] }), but],
    [when(['source.ip', undefined, ['10.0.0.1']]), but],
    [{ ...from({ notNamespaces: ['shop'] }), ...to({ paths: ['/'] }) }, []],
    [{ ...to({ notPaths: ['/admin'] }), ...from({ namespaces: ['shop'] }) }, []],
    [{ ...from({ notNamespaces: ['shop'] }), ...when(['source.ip', ['10.0.0.1']]) }, []],
    [{ from: [{ source: { notNamespaces: ['shop'] } }, { source: { namespaces: ['shop'] } }] }, but],
    [{ to: [{ operation: { notPaths: ['/a'] } }, { operation: { paths: ['/b'] } }] }, but],
  ])('%j', (rule, expected) => {
    expect(found(policy([rule]))).toEqual(expected)
  })
  it('matter where something else was to decide', () => {
    const warned = all.map((each) => each.replace('info', 'warning'))
    expect(found(policy([{}, from({ namespaces: ['shop'] })]))).toEqual(warned)
    const other = policy([from({ namespaces: ['shop'] })], { name: 'b' })
    expect(found(policy([{}]), other)).toEqual(warned)
    const apart = { selector: { matchLabels: { app: 'web' } } }
    expect(found(policy([{}]), policy([from({ namespaces: ['shop'] })], { name: 'b', spec: apart }))).toEqual(all)
    const deny = { action: 'DENY' }
    expect(found(policy([{}]), policy([from({ ipBlocks: ['10.0.0.1'] })], { name: 'b', spec: deny }))).toEqual(all)
    const attached = { targetRefs: [{ kind: 'Gateway', name: 'x' }] }
    expect(found(policy([{}]), policy([from({ namespaces: ['shop'] })], { name: 'b', spec: attached }))).toEqual(all)
    expect(found(policy([{}]), policy([], { name: 'b' }))[0]).toBe(all[0])
  })
  it('are not mended by an identity that nobody has there', () => {
    const bare = (lines: string[]) => lines.map((each) => each.split(' (')[0])
    expect(found(policy([{}]), off)).toEqual(bare(all))
    expect(found(policy([from({ principals: ['*'] })]), off)).toEqual(bare(any))
    expect(found(policy([from({ notNamespaces: ['shop'] })]), off)).toEqual(bare(but))
    expect(told(codes, { objects: [policy([{}])] })).toEqual(bare(all))
    expect(found(policy([{}], { at: 'istio-system' }))).toEqual(bare(all))
  })
})

describe('rules that deny everything', () => {
  const deny = { spec: { action: 'DENY' } }
  const everyone = 'warning denies-everyone /spec/rules/0'
  it('ask for nothing', () => {
    expect(found(policy([{}], deny))).toEqual([`${everyone} (deny-strangers)`])
    expect(found(policy([{}], deny), off)).toEqual([everyone])
    expect(found(policy([from({ namespaces: ['shop'] })], deny))).toEqual([])
    expect(found(policy([to({ ports: ['80'] })], deny))).toEqual([])
    expect(found(policy([when(['source.ip', ['10.0.0.1']])], deny))).toEqual([])
    expect(found(policy([{}], { spec: { action: 'AUDIT' } }))).toEqual([])
  })
  it('or allow nothing', () => {
    const nothing = 'warning denies-all /spec'
    expect(found(policy([]))).toEqual([`${nothing} (allow-own-namespace)`])
    const unsaid = object('AuthorizationPolicy', 'a', { namespace: 'shop' })
    expect(found(unsaid)).toEqual([`${nothing} (allow-own-namespace)`])
    expect(found(policy([], { at: 'istio-system' }))).toEqual([nothing])
    expect(found(policy([]), off)).toEqual([nothing])
  })
  it('and whether another policy allows something there', () => {
    const selecting = (app: string) => ({ selector: { matchLabels: { app } } })
    const denying = policy([], { spec: selecting('shipping') })
    const allowing = (spec: JsonRecord) => policy([to({ methods: ['GET'] })], { name: 'b', spec })
    const said = (severity: string) => [`${severity} denies-all /spec (allow-own-namespace)`]
    expect(found(denying, allowing(selecting('cart')))).toEqual(said('warning'))
    expect(found(denying, allowing(selecting('shipping')))).toEqual(said('info'))
    expect(found(denying, allowing({}))).toEqual(said('info'))
    expect(found(policy([]), allowing(selecting('cart')))).toEqual(said('info'))
  })
})

describe('what excludes itself', () => {
  const itself = (field: string, part = 'from/0/source') => [
    `warning excludes-itself /spec/rules/0/${part}/${field} (drop-exclusion)`,
  ]
  it.each<[JsonRecord, string[]]>([
    [from({ namespaces: ['shop'], notNamespaces: ['shop'] }), itself('notNamespaces')],
    [from({ namespaces: ['shop', 'web'], notNamespaces: ['shop'] }), []],
    [from({ namespaces: ['shop'], notNamespaces: ['sh*'] }), itself('notNamespaces')],
    [from({ namespaces: ['shop'], notNamespaces: ['*op'] }), itself('notNamespaces')],
    [from({ namespaces: ['shop'], notNamespaces: ['*'] }), itself('notNamespaces')],
    [from({ namespaces: ['sh*'], notNamespaces: ['shop'] }), []],
    [from({ namespaces: ['shop'], notNamespaces: ['web'] }), []],
    [from({ ipBlocks: ['10.0.0.1'], notIpBlocks: ['10.0.0.1'] }), itself('notIpBlocks')],
    [to({ paths: ['/a', '/b'], notPaths: ['/*'] }), itself('notPaths', 'to/0/operation')],
    [when(['source.ip', ['10.0.0.1'], ['10.0.0.1']]), itself('notValues', 'when/0')],
  ])('%j', (rule, expected) => {
    expect(found(policy([rule]))).toEqual(expected)
  })
})

describe('conditions that never hold together', () => {
  const never = (way = ' (either)') => [`warning conditions-disjoint /spec/rules/0/when/1/values${way}`]
  it.each<[JsonRecord, string[]]>([
    [when(['request.headers[a]', ['x']], ['request.headers[a]', ['y']]), never()],
    [when(['request.headers[a]', ['x']], ['request.headers[b]', ['y']]), []],
    [when(['request.headers[a]', ['x', 'z']], ['request.headers[a]', ['z']]), []],
    [when(['request.headers[a]', ['x*']], ['request.headers[a]', ['*y']]), []],
    [when(['request.headers[a]', ['*x']], ['request.headers[a]', ['y*']]), []],
    [when(['request.headers[a]', ['x*']], ['request.headers[a]', ['y*']]), never()],
    [when(['request.headers[a]', ['xa*']], ['request.headers[a]', ['x*']]), []],
    [when(['source.ip', ['10.0.0.1']], ['source.ip', ['10.0.0.2']]), []],
    [when(['request.auth.claims[a]', ['x']], ['request.auth.claims[a]', ['y']]), []],
    [when(['experimental.envoy.filters.a[b]', ['x']], ['experimental.envoy.filters.a[b]', ['y']]), []],
    [when(['request.headers[a]', ['x'], ['z']], ['request.headers[a]', ['y']]), never('')],
    [when(['request.headers[a]', undefined, ['z']], ['request.headers[a]', ['y']]), []],
    [when(['request.headers[a]', ['x']], ['request.headers[a]', undefined, ['y']]), []],
  ])('%j', (rule, expected) => {
    expect(found(policy([rule]))).toEqual(expected)
  })
  const web = 'cluster.local/ns/web/sa/default'
  const apart = ['warning conditions-disjoint /spec/rules/0/from/0/source/namespaces (namespaces-of-principals)']
  it.each<[JsonRecord, string[]]>([
    [{ principals: [web], namespaces: ['shop'] }, apart],
    [{ principals: [web], namespaces: ['web'] }, []],
    [{ principals: [web], namespaces: ['w*'] }, []],
    [{ principals: [web, '*'], namespaces: ['shop'] }, []],
    [{ principals: [web, 'cluster.local/ns/shop/sa/default'], namespaces: ['shop'] }, []],
    [{ principals: [web] }, []],
    [{ namespaces: ['shop'] }, []],
  ])('%j', (source, expected) => {
    expect(told(codes, { objects: [namespace('shop'), namespace('web'), policy([from(source)])] })).toEqual(expected)
  })
})
