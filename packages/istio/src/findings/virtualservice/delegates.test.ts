import type { Json, JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { object, service } from '../../samples.ts'
import type { Case } from '../fixes/cases.ts'
import { saidOf } from '../fixes/said.ts'

const web = service('web', 'shop')
const rule = (name: string, spec: JsonRecord, namespace = 'shop') => object('VirtualService', name, { namespace, spec })
const route = (match?: Json[]) => ({
  route: [{ destination: { host: 'web.shop.svc.cluster.local' } }],
  ...(match === undefined ? {} : { match }),
})
const slugs = ['not-found', 'not-exported', 'with-hosts', 'route-dropped', 'unused'].map((each) => `delegate-${each}`)
const said = (objects: KubernetesObject[], more: Omit<Case, 'objects'> = {}) =>
  saidOf({ objects: [web, ...objects], ...more }, 'virtualservice', slugs)
const leaf = (spec: JsonRecord = {}, namespace = 'shop') => rule('leaf', { http: [route()], ...spec }, namespace)
const root = (delegate: JsonRecord = {}, match?: Json[]) =>
  rule('root', {
    hosts: ['web'],
    http: [{ delegate: { name: 'leaf', ...delegate }, ...(match === undefined ? {} : { match }) }],
  })
const place = '/spec/http/0/delegate'

describe('delegates', () => {
  it('exist, without hosts', () => {
    expect(said([root(), leaf()])).toEqual([])
    expect(said([root()])).toEqual([`error delegate-not-found ${place}`])
    expect(said([root(), leaf({ hosts: ['web'] })])).toEqual([`error delegate-with-hosts ${place}`])
    expect(said([root({ namespace: 'far' }), leaf()])).toEqual([
      `error delegate-not-found ${place}`,
      'info delegate-unused /spec',
    ])
    expect(said([root({ namespace: 'far' }), leaf({}, 'far')])).toEqual([])
    expect(said([root({ namespace: '' }), leaf()])).toEqual([])
  })
  it('are seen by the rule', () => {
    const far = root({ namespace: 'far' })
    expect(said([far, leaf({ exportTo: ['.'] }, 'far')])).toEqual([`error delegate-not-exported ${place} [export]`])
    expect(said([far, leaf({ exportTo: ['shop'] }, 'far')])).toEqual([])
    expect(said([root(), leaf({ exportTo: ['.'] })])).toEqual([])
    const settings = { config: { defaultVirtualServiceExportTo: ['.'] } }
    expect(said([far, leaf({}, 'far')], { settings })).toEqual([`error delegate-not-exported ${place} [export]`])
    expect(said([far, leaf({ exportTo: ['*'] }, 'far')], { settings })).toEqual([])
  })
  it('are of use', () => {
    expect(said([leaf()])).toEqual(['info delegate-unused /spec'])
    expect(said([leaf({ hosts: ['web'] })])).toEqual([])
    expect(said([leaf({ http: [] })])).toEqual([])
  })
  const uri = (prefix: string, more: JsonRecord = {}) => ({ uri: { prefix }, ...more })
  const dropped = [`error delegate-route-dropped ${place}`]
  it.each([
    ['a part', [uri('/a')], [uri('/a/b')], []],
    ['no part', [uri('/a/b')], [uri('/a')], dropped],
    ['an exact part', [uri('/a')], [{ uri: { exact: '/a/b' } }], []],
    ['an exact one elsewhere', [uri('/a')], [{ uri: { exact: '/b' } }], dropped],
    ['the same exact', [{ uri: { exact: '/a' } }], [{ uri: { exact: '/a' } }], []],
    ['another exact', [{ uri: { exact: '/a' } }], [{ uri: { exact: '/b' } }], dropped],
    ['a prefix of an exact', [{ uri: { exact: '/a' } }], [uri('/a')], dropped],
    ['a pattern', [uri('/a')], [{ uri: { regex: '/a.*' } }], dropped],
    ['of a pattern', [{ uri: { regex: '/a.*' } }], [uri('/a')], dropped],
    ['nothing', [uri('/a')], undefined, []],
    ['of everything', undefined, [uri('/a')], []],
    ['one of two', [uri('/a'), uri('/b')], [uri('/b/c')], []],
    ['a header of another value', [{ headers: { x: { exact: '1' } } }], [{ headers: { x: { exact: '2' } } }], dropped],
    ['another header', [{ headers: { x: { exact: '1' } } }], [{ headers: { y: { exact: '2' } } }], []],
    [
      'a query of another value',
      [{ queryParams: { x: { exact: '1' } } }],
      [{ queryParams: { x: { exact: '2' } } }],
      dropped,
    ],
    ['without another header', [{ withoutHeaders: { x: {} } }], [{ withoutHeaders: { x: {} } }], dropped],
    ['another method', [{ method: { exact: 'GET' } }], [{ method: { exact: 'PUT' } }], dropped],
    ['another case', [uri('/a', { ignoreUriCase: true })], [uri('/a')], dropped],
    ['a case said', [uri('/a', { ignoreUriCase: false })], [uri('/a')], []],
    ['another port', [{ port: 80 }], [{ port: 81 }], dropped],
    ['a port', [{ port: 80 }], [uri('/a')], []],
    ['another namespace', [{ sourceNamespace: 'x' }], [uri('/a')], dropped],
    ['that namespace', [{ sourceNamespace: 'x' }], [{ sourceNamespace: 'x' }], []],
    ['other clients', [{ sourceLabels: { app: 'x' } }], [{ sourceLabels: { app: 'y' } }], dropped],
    ['more clients', [{ sourceLabels: { app: 'x' } }], [{ sourceLabels: { v: 'y' } }], []],
    ['other gateways', [{ gateways: ['mesh'] }], [{ gateways: ['x'] }], dropped],
    ['its gateways', [{ gateways: ['mesh'] }], [{ gateways: ['mesh'] }], []],
    ['a gateway', [uri('/a')], [{ gateways: ['mesh'] }], []],
  ])('match a part of the route: %s', (...[, wide, narrow, expected]) => {
    expect(said([root({}, wide), leaf({ http: [route(narrow)] })])).toEqual(expected)
  })
  it('may have other routes that do', () => {
    expect(said([root({}, [uri('/a')]), leaf({ http: [route([uri('/b')]), route([uri('/a')])] })])).toEqual([
      `warning delegate-route-dropped ${place}`,
    ])
  })
})
