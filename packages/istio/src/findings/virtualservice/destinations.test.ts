import { type JsonRecord, listAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { object, pod, service } from '../../samples.ts'
import { kinds } from '../../world/kinds.ts'
import { type Case, faultsOfFixes, findingsOf } from '../fixes/cases.ts'

const served = (name: string, at: string, ...ports: number[]) => ({
  ...service(name, at),
  spec: { selector: { app: name }, ports: ports.map((port) => ({ port, name: `http-${port}`, protocol: 'TCP' })) },
})
const rule = (kind: string, spec: JsonRecord, more: { name?: string; namespace?: string } = {}) =>
  object(kind, more.name ?? 'rule', { namespace: more.namespace ?? 'shop', spec })
const route = (destination: JsonRecord, more: JsonRecord = {}) =>
  rule('VirtualService', { hosts: ['x'], http: [{ route: [{ destination }] }], ...more })
const entry = (spec: JsonRecord, namespace = 'shop') => rule('ServiceEntry', spec, { namespace, name: 'entry' })
const told = (objects: KubernetesObject[], more: Omit<Case, 'objects'> = {}) => {
  const found = findingsOf({ objects, ...more }).filter(({ code }) => code.startsWith('virtualservice'))
  expect(faultsOfFixes({ objects, ...more })).toEqual([])
  return found.map(({ severity, code, aliases }) =>
    [severity, code.slice('virtualservice.'.length), ...aliases].join(' '),
  )
}
const missing = 'error host-not-found IST0101 KIA1101'

describe('hosts', () => {
  const open = served('web', 'shop')
  it.each([
    ['nobody', { host: 'gone' }, [open], {}, [missing]],
    ['a service of the namespace', { host: 'web' }, [open], {}, []],
    [
      'an entry without dots, by its name in full',
      { host: 'db.shop.svc.cluster.local' },
      [entry({ hosts: ['db'] })],
      {},
      ['error host-not-visible KIA1101'],
    ],
    ['an entry of another namespace', { host: 'db' }, [entry({ hosts: ['db'] }, 'other')], {}, [missing]],
    ['a wildcard', { host: 'a.b.example.com' }, [entry({ hosts: ['*.example.com'] })], {}, []],
    [
      'a wildcard of others alone',
      { host: 'a.example.com' },
      [entry({ hosts: ['*.example.com'], exportTo: ['.'] }, 'other')],
      {},
      [missing],
    ],
    [
      'an own entry, the rule for all',
      { host: 'a.example.com' },
      [entry({ hosts: ['a.example.com'], exportTo: ['.'] })],
      { exportTo: ['*'] },
      ['warning host-not-everywhere IST0101'],
    ],
    [
      'an own entry, the rule too',
      { host: 'a.example.com' },
      [entry({ hosts: ['a.example.com'], exportTo: ['.'] })],
      { exportTo: ['.'] },
      [],
    ],
    [
      'what only the namespace it is exported to knows',
      { host: 'a.example.com' },
      [entry({ hosts: ['a.example.com'], exportTo: ['far'] })],
      { exportTo: ['far'] },
      ['error host-not-visible KIA1101'],
    ],
    [
      'what nobody exports',
      { host: 'a.example.com' },
      [entry({ hosts: ['a.example.com'], exportTo: ['far'] })],
      { exportTo: ['near'] },
      [missing],
    ],
  ])('%s', (...[, destination, others, more, expected]) => {
    expect(told([...others, route(destination, more)])).toEqual(expected)
  })

  it('beside istiod are missed for sure only where istiod is seen', () => {
    const beside = route({ host: 'gone.istio-system.svc.cluster.local' })
    const istiod = (labels: Record<string, string>) => {
      const made = served('istiod', 'istio-system')
      return { ...made, metadata: { ...made.metadata, labels } }
    }
    const unsure = missing.replace('error', 'warning')
    expect(told([beside])).toEqual([unsure])
    expect(told([istiod({ app: 'other' }), beside])).toEqual([unsure])
    expect(told([istiod({ app: 'istiod' }), beside])).toEqual([missing])
    expect(told([route({ host: 'gone.istio-system-2.svc.cluster.local' })])).toEqual([missing])
  })

  it('are not missed where Services or ServiceEntries were not read, nor by another domain', () => {
    expect(told([route({ host: 'gone' })], { without: [kinds.service] })).toEqual([])
    expect(told([route({ host: 'gone' })], { without: [kinds.serviceEntry] })).toEqual([])
    const settings = { domain: 'corp.local' }
    expect(told([open, route({ host: 'web.shop.svc.corp.local' })], { settings })).toEqual([])
  })

  it('are exported to the rule too, where one ServiceEntry has them', () => {
    const hidden = { hosts: ['a.example.com'], exportTo: ['far'] }
    const ways = (...objects: KubernetesObject[]) =>
      findingsOf({ objects: [...objects, route({ host: 'a.example.com' }, { exportTo: ['far'] })] })
        .filter(({ code }) => code === 'virtualservice.host-not-visible')
        .flatMap(({ fixes }) => fixes.flatMap(({ patches }) => patches))
    const value = 'shop'
    expect(ways(entry(hidden, 'near'))).toMatchObject([
      { ref: { namespace: 'near', name: 'entry' }, operations: [{ path: '/spec/exportTo/-', value }] },
    ])
    expect(ways(entry(hidden, 'near'), entry(hidden, 'other'))).toEqual([])
  })

  it('outside are made known by what their port speaks', () => {
    const ports = (destination: JsonRecord) =>
      findingsOf({ objects: [route({ host: 'api.example.com', ...destination })] })
        .flatMap(({ fixes }) => fixes.flatMap(({ patches }) => patches.flatMap(({ operations }) => operations)))
        .flatMap((each) => listAt(each, 'value', 'spec', 'ports'))
    expect(ports({ port: { number: 443 } })).toEqual([{ number: 443, name: 'https', protocol: 'HTTPS' }])
    expect(ports({ port: { number: 8443 } })).toEqual([{ number: 8443, name: 'http', protocol: 'HTTP' }])
    expect(ports({})).toEqual([{ number: 80, name: 'http', protocol: 'HTTP' }])
  })

  it('are written in full where one service is meant, or made known', () => {
    const fixes = (objects: KubernetesObject[]) =>
      findingsOf({ objects }).flatMap((each) => each.fixes.map(({ code }) => code))
    expect(fixes([served('web', 'far', 80), route({ host: 'web' })])).toEqual(['full-name'])
    expect(fixes([served('web', 'far', 80), route({ host: 'web.far' })])).toEqual(['full-name'])
    expect(fixes([served('web', 'far', 80), route({ host: 'web.near' })])).toEqual([])
    const mirrored = (host: string) =>
      rule('VirtualService', { hosts: ['x'], http: [{ route: [{ destination: { host } }], mirror: { host: 'web' } }] })
    expect(fixes([served('web', 'far', 80), mirrored('web.far.svc.cluster.local')])).toEqual([])
    expect(fixes([served('web', 'far', 80), served('api', 'shop', 80), mirrored('api')])).toEqual(['full-name'])
    expect(fixes([served('web', 'far'), served('web', 'near'), route({ host: 'web' })])).toEqual([])
    expect(fixes([served('web', 'far', 80, 81), route({ host: 'web' })])).toEqual([])
    expect(fixes([served('web', 'far', 80), route({ host: 'web', port: { number: 81 } })])).toEqual([])
    expect(fixes([route({ host: 'api.example.com', port: { number: 443 } })])).toEqual(['service-entry'])
    expect(fixes([route({ host: 'web.far.svc.cluster.local' })])).toEqual([])
    expect(told([route({ host: 'api.example.com' })])).toEqual([missing])
  })
})

describe('ports', () => {
  const two = served('web', 'shop', 80, 81)
  it.each([
    ['one that is there', { port: { number: 80 } }, {}, []],
    ['none', {}, {}, ['info port-unsaid IST0112']],
    ['none, behind a gateway', {}, { gateways: ['g'] }, ['warning port-unsaid IST0112']],
    ['another', { port: { number: 82 } }, {}, ['error port-not-found IST0101']],
    ['one without a number', { port: {} }, {}, ['error port-not-found IST0101']],
  ])('%s', (...[, port, more, expected]) => {
    const found = told([two, route({ host: 'web', ...port }, more)])
    expect(found.filter((each) => each.includes('port'))).toEqual(expected)
  })
  it('need no name where there is one, and are judged where the service is known', () => {
    expect(told([served('web', 'shop', 80), route({ host: 'web' })])).toEqual([])
    expect(told([served('web', 'shop'), route({ host: 'web', port: { number: 1 } })])).toEqual([
      'error port-not-found IST0101',
    ])
    const portless = findingsOf({ objects: [served('web', 'shop'), route({ host: 'web', port: { number: 1 } })] })
    expect(portless.find(({ code }) => code === 'virtualservice.port-not-found')?.params['ports']).toBe('none')
    expect(told([two, route({ host: 'web' })], { unread: ['east'] })).toEqual([])
    expect(told([two, route({ host: 'web' })], { without: [kinds.serviceEntry] })).toEqual([])
  })
})

describe('subsets', () => {
  const web = served('web', 'shop', 80)
  const live = pod('web-1', 'shop', { labels: { app: 'web', version: 'v1' } })
  const subsets = [{ name: 'v1', labels: { version: 'v1' } }]
  const defined = (host: string, more: JsonRecord = {}, namespace = 'shop') =>
    rule('DestinationRule', { host, subsets, ...more }, { namespace, name: 'subsets' })
  const wanted = route({ host: 'web', subset: 'v1' })
  it.each([
    ['of no rule', [], ['error subset-not-found IST0101 KIA1107']],
    ['of a rule', [defined('web')], []],
    ['of a rule that says the name in full elsewhere', [defined('web.shop.svc.cluster.local', {}, 'far')], []],
    [
      'of a hidden rule',
      [defined('web.shop.svc.cluster.local', { exportTo: ['.'] }, 'far')],
      ['error subset-not-visible KIA1107'],
    ],
    ['of a wildcard', [defined('*.shop.svc.cluster.local')], ['info subset-elsewhere IST0101']],
    [
      'of a rule with another one',
      [defined('web', { subsets: [{ name: 'v2', labels: { version: 'v1' } }] })],
      ['error subset-not-found IST0101 KIA1107'],
    ],
    ['of a rule without any', [defined('web', { subsets: undefined })], ['error subset-not-found IST0101 KIA1107']],
  ])('%s', (...[, rules, expected]) => {
    expect(told([web, live, wanted, ...rules])).toEqual(expected)
  })
  it('are of hosts under another domain too', () => {
    const settings = { domain: 'corp.local' }
    expect(told([web, live, wanted, defined('web')], { settings })).toEqual([])
    expect(told([web, live, wanted], { settings })).toEqual(['error subset-not-found IST0101 KIA1107'])
    // By either name of the host, on either side.
    const inFull = 'web.shop.svc.corp.local'
    const missing = ['virtualservice.subset-not-found']
    const errors = (...objects: KubernetesObject[]) =>
      findingsOf({ objects: [web, live, ...objects], settings }).flatMap(({ severity, code }) =>
        severity === 'error' ? [code] : [],
      )
    expect(errors(wanted, defined(inFull))).toEqual([])
    expect(errors(route({ host: inFull, subset: 'v1' }), defined(inFull))).toEqual([])
    expect(errors(route({ host: inFull, subset: 'v1' }), defined('web'))).toEqual([])
    expect(errors(wanted, defined('*.corp.local'))).toEqual([])
    expect(errors(wanted, defined('other.shop.svc.corp.local'))).toEqual(missing)
  })
  it('are exported to the rule too, where one hidden rule defines them', () => {
    const full = 'web.shop.svc.cluster.local'
    const own = { exportTo: ['.'] }
    const other = { ...own, subsets: [{ name: 'v2', labels: { version: 'v2' } }] }
    const ways = (...rules: KubernetesObject[]) =>
      findingsOf({ objects: [web, live, wanted, ...rules] })
        .filter(({ code }) => code === 'virtualservice.subset-not-visible')
        .flatMap(({ fixes }) => fixes.map(({ code, patches }) => `${code} ${patches[0]?.ref.namespace}`))
    expect(ways(defined(full, own, 'far'))).toEqual(['export far'])
    expect(ways(defined(full, other, 'near'), defined(full, own, 'far'))).toEqual(['export far'])
    expect(ways(defined(full, own, 'near'), defined(full, own, 'far'))).toEqual([])
  })
  it('are empty in words, or not read', () => {
    expect(told([web, route({ host: 'web', subset: '' })])).toEqual([])
    expect(told([web, wanted], { without: [kinds.destinationRule] })).toEqual([])
  })
  it('are defined where Pods have the label, in the one rule there is', () => {
    const fixes = (objects: KubernetesObject[]) =>
      findingsOf({ objects }).flatMap((each) =>
        each.fixes.map(({ code, patches }) => `${code} ${patches[0]?.operations[0]?.path}`),
      )
    expect(fixes([web, live, wanted])).toEqual(['define-subset '])
    expect(fixes([web, wanted])).toEqual([])
    expect(fixes([web, live, wanted, defined('web', { subsets: undefined })])).toEqual(['define-subset /spec/subsets'])
    const other = defined('web', { subsets: [{ name: 'v2', labels: { version: 'v1' } }] })
    expect(fixes([web, live, wanted, other])).toEqual(['define-subset /spec/subsets/-'])
    const second = rule('DestinationRule', { host: 'web' }, { name: 'second' })
    expect(fixes([web, live, wanted, other, second])).not.toContain('define-subset /spec/subsets/-')
  })
})

describe('rules of gateways, of a host that others share out', () => {
  const web = [served('web', 'shop', 80), pod('web-1', 'shop', { labels: { app: 'web', version: 'v1' } })]
  const subsets = rule('DestinationRule', { host: 'web', subsets: [{ name: 'v1', labels: { version: 'v1' } }] })
  const split = (namespace = 'shop', host = 'web') =>
    rule(
      'VirtualService',
      { hosts: [host], http: [{ route: [{ destination: { host, subset: 'v1' } }] }] },
      { name: 'split', namespace },
    )
  const whole = (more: JsonRecord = {}) => route({ host: 'web' }, { gateways: ['mesh'], hosts: ['y'], ...more })
  const said = (...objects: KubernetesObject[]) =>
    told([...web, subsets, ...objects]).filter((each) => each.includes('IST0140'))
  it('say so', () => {
    expect(said(whole(), split())).toEqual(['info subset-rules-elsewhere IST0140'])
    expect(said(whole())).toEqual([])
    expect(said(whole({ gateways: [] }), split())).toEqual([])
    expect(said(whole(), split('other'))).toEqual([])
    expect(said(route({ host: 'web', subset: 'v1' }, { gateways: ['mesh'] }), split())).toEqual([])
    const both = [{ destination: { host: 'web', subset: 'v1' } }, { destination: { host: 'web' } }]
    expect(said(whole({ hosts: ['web'], http: [{ route: both }] }))).toEqual(['info subset-beside-whole IST0140'])
    expect(said(whole(), rule('VirtualService', { hosts: ['z'], http: [{ route: both }] }, { name: 'other' }))).toEqual(
      [],
    )
  })
})
