import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object } from '../../samples.ts'
import { faultsOfFixes, findingsOf } from '../fixes/cases.ts'

const api = ([kind, name, at]: [string, string, string], spec: JsonRecord, created = '2026-01-01T00:00:00Z') => ({
  ...object(kind, name, { namespace: at, spec, created }),
  apiVersion: 'gateway.networking.k8s.io/v1',
})
const gateway = api(['Gateway', 'gw', 'shop'], {
  gatewayClassName: 'istio',
  listeners: [
    { name: 'a', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } } },
    { name: 'b', port: 81, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'Same' } } },
  ],
})
const homes = [namespace('shop'), namespace('other')]

describe('equal matches', () => {
  type More = { at?: string; parent?: JsonRecord; hostnames?: string[]; created?: string; name?: string }
  const route = (matches: JsonRecord[], more: More = {}) => {
    const { at = 'shop', parent = { name: 'gw', namespace: 'shop' }, hostnames = [], name = 'new' } = more
    const spec = { parentRefs: [parent], hostnames, rules: [{ matches }] }
    return api(['HTTPRoute', name, at], spec, more.created ?? '2026-02-01T00:00:00Z')
  }
  const old = (matches: JsonRecord[], more: More = {}) =>
    route(matches, { name: 'old', created: '2026-01-01T00:00:00Z', ...more })
  const say = (...objects: KubernetesObject[]) =>
    findingsOf({ objects: [...homes, gateway, ...objects] })
      .filter(({ code }) => code === 'route.match-taken')
      .map(
        ({ ref, pointer, params }) => `${ref.namespace}/${ref.name} ${pointer} ${params['route']} ${params['place']}`,
      )
  const a = { path: { type: 'PathPrefix', value: '/a' } }
  const taken = ['shop/new /spec/rules/0/matches/0 shop/old /spec/rules/0/matches/0']

  it('go to the oldest', () => {
    expect(say(old([a]), route([a]))).toEqual(taken)
    expect(say(old([a]), route([{ path: { value: '/b' } }]))).toEqual([])
    expect(say(old([a], { created: '2026-03-01T00:00:00Z' }), route([a]))).toEqual([
      'shop/old /spec/rules/0/matches/0 shop/new /spec/rules/0/matches/0',
    ])
    expect(say(route([a, { path: { value: '/b' } }, a]))).toEqual([
      'shop/new /spec/rules/0/matches/2 shop/new /spec/rules/0/matches/0',
    ])
  })
  it('show the other route', () => {
    const shown = (...objects: KubernetesObject[]) =>
      findingsOf({ objects: [...homes, gateway, ...objects] })
        .filter(({ code }) => code === 'route.match-taken')
        .map(({ evidence }) => evidence.map(({ name }) => name))
    expect(shown(old([a]), route([a]))).toEqual([['old']])
    expect(shown(route([a, a]))).toEqual([[]])
  })
  it('go, where something is left of the route', () => {
    const b = { path: { value: '/b' } }
    const ways = (...objects: KubernetesObject[]) => {
      const all = [...homes, gateway, ...objects]
      expect(faultsOfFixes({ objects: all }).filter((each) => each.startsWith('route.'))).toEqual([])
      const taken = findingsOf({ objects: all }).filter(({ code }) => code === 'route.match-taken')
      return taken.flatMap(({ fixes }) => fixes.flatMap(({ code, patches }) => [code, patches[0]?.operations[0]?.path]))
    }
    expect(ways(old([a]), route([a]))).toEqual([])
    expect(ways(old([a]), route([b, a]))).toEqual(['remove-match', '/spec/rules/0/matches/1'])
    const parentRefs = [{ name: 'gw', namespace: 'shop' }]
    const rules = [{ matches: [b] }, { matches: [a] }]
    const two = api(['HTTPRoute', 'new', 'shop'], { parentRefs, rules }, '2026-02-01T00:00:00Z')
    expect(ways(old([a]), two)).toEqual(['remove-rule', '/spec/rules/1'])
  })
  it('are read as the API server completes them', () => {
    expect(say(old([a]), route([{ path: { value: '/a' } }]))).toEqual(taken)
    expect(say(old([{}]), route([{ path: { type: 'PathPrefix', value: '/' } }]))).toEqual(taken)
    expect(say(old([{}]), route([{ path: {} }]))).toEqual(taken)
    expect(say(old([]), route([]))).toEqual(['shop/new /spec/rules/0 shop/old /spec/rules/0'])
    expect(say(old([a]), route([{ path: { type: 'Exact', value: '/a' } }]))).toEqual([])
  })
  it('are equal in all they say', () => {
    const header = (name: string, more: JsonRecord = {}) => ({ ...a, headers: [{ name, value: '1', ...more }] })
    expect(say(old([header('X-A')]), route([header('x-a', { type: 'Exact' })]))).toEqual(taken)
    expect(say(old([header('X-A')]), route([header('x-b')]))).toEqual([])
    expect(say(old([header('X-A')]), route([header('x-a', { value: '2' })]))).toEqual([])
    expect(say(old([header('X-A')]), route([header('x-a', { type: 'RegularExpression' })]))).toEqual([])
    expect(say(old([a]), route([{ ...a, method: 'GET' }]))).toEqual([])
    const query = (name: string) => ({ ...a, queryParams: [{ name, value: '1' }] })
    expect(say(old([query('q')]), route([query('q')]))).toEqual(taken)
    expect(say(old([query('q')]), route([query('Q')]))).toEqual([])
    const two = (...names: string[]) => ({ headers: names.map((name) => ({ name, value: '1' })) })
    expect(say(old([two('a', 'b')]), route([two('b', 'a')]))).toEqual(taken)
  })
  it('are for the same host, listener and parent', () => {
    const on = (...hostnames: string[]) => ({ hostnames })
    expect(say(old([a], on('a.com')), route([a], on('a.com')))).toEqual(taken)
    expect(say(old([a], on('a.com')), route([a], on('b.com')))).toEqual([])
    expect(say(old([a], on('a.com')), route([a], on('a.com', 'b.com')))).toEqual([])
    expect(say(old([a], on('a.com', 'b.com')), route([a], on('a.com')))).toEqual(taken)
    const at = (parent: JsonRecord) => ({ parent: { name: 'gw', ...parent } })
    expect(say(old([a], at({ sectionName: 'a' })), route([a], at({ sectionName: 'b' })))).toEqual([])
    expect(say(old([a], at({ sectionName: 'a' })), route([a], at({ sectionName: 'a' })))).toEqual(taken)
    expect(say(old([a], at({ sectionName: 'a' })), route([a]))).toEqual([])
    expect(say(old([a]), route([a], at({ sectionName: 'a' })))).toEqual(taken)
    expect(say(old([a], at({ port: 80 })), route([a], at({ port: 81 })))).toEqual([])
    expect(say(old([a], at({ port: 80 })), route([a], at({ port: 80 })))).toEqual(taken)
    expect(say(old([a]), route([a], at({ name: 'gone' })))).toEqual([])
  })
  it('count only where they are attached', () => {
    const elsewhere = { at: 'other' }
    expect(say(old([a], elsewhere), route([a]))).toEqual([
      'shop/new /spec/rules/0/matches/0 other/old /spec/rules/0/matches/0',
    ])
    const onB = { parent: { name: 'gw', namespace: 'shop', sectionName: 'b' } }
    expect(say(old([a], { ...elsewhere, ...onB }), route([a], onB))).toEqual([])
    expect(say(old([a], onB), route([a], { ...elsewhere, ...onB }))).toEqual([])
    const others = api(['Gateway', 'else', 'shop'], {
      gatewayClassName: 'else',
      listeners: [{ name: 'a', port: 80, protocol: 'HTTP' }],
    })
    const onOthers = { parent: { name: 'else' } }
    expect(say(others, old([a], onOthers), route([a], onOthers))).toEqual([])
  })
  it('in the mesh are those of one namespace', () => {
    const web = object('Service', 'web', { namespace: 'shop', spec: {} })
    const mesh = { parent: { name: 'web', namespace: 'shop', kind: 'Service', group: '' } }
    expect(say(web, old([a], mesh), route([a], mesh))).toEqual(taken)
    expect(say(web, old([a], { ...mesh, hostnames: ['a'] }), route([a], mesh))).toEqual(taken)
    expect(say(web, old([a], { ...mesh, at: 'other' }), route([a], mesh))).toEqual([])
  })
})
