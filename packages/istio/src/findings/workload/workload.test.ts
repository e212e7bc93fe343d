import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object, webhooks } from '../../samples.ts'
import { type Case, faultsOfFixes, findingsOf } from '../fixes/cases.ts'

const told = (prefix: string, objects: KubernetesObject[], more: Omit<Case, 'objects'> = {}) => {
  expect(faultsOfFixes({ objects, ...more })).toEqual([])
  return findingsOf({ objects, ...more })
    .filter(({ code }) => code.startsWith(prefix))
    .map(({ code, ref, aliases }) => [code, ref.name, ...aliases].join(' '))
}
const shop = namespace('shop', { 'istio-injection': 'enabled' })
const app = { name: 'app', image: 'app:1' }
const proxy = { name: 'istio-proxy', image: 'proxyv2:1' }

type Made = { labels?: Record<string, string>; annotations?: Record<string, string>; at?: string }
const podOf = (spec: JsonRecord, { labels = { app: 'web' }, annotations = {}, at = 'shop' }: Made = {}) =>
  object('Pod', 'web-1', { namespace: at, labels, annotations, spec: { containers: [app], ...spec } })
const deployment = (spec: JsonRecord = {}, { labels = { app: 'web' }, annotations = {}, at = 'shop' }: Made = {}) =>
  object('Deployment', 'web', {
    namespace: at,
    spec: { template: { metadata: { labels, annotations }, spec: { containers: [app], ...spec } } },
  })

describe('a Pod without a proxy', () => {
  const missing = ['pod.proxy-missing web-1 IST0103']
  it.each([
    [podOf({}), missing],
    [podOf({ containers: [app, proxy] }), []],
    [podOf({ initContainers: [proxy] }), []],
    [podOf({ containers: [app, { name: 'istio-proxy' }] }), missing],
    [podOf({ hostNetwork: true }), []],
    [podOf({}, { labels: { 'sidecar.istio.io/inject': 'false' } }), []],
    [podOf({}, { labels: { 'sidecar.istio.io/inject': 'False' } }), []],
    [
      podOf({}, { labels: { 'sidecar.istio.io/inject': 'true' }, annotations: { 'sidecar.istio.io/inject': 'false' } }),
      missing,
    ],
    [podOf({}, { annotations: { 'sidecar.istio.io/inject': 'false' } }), []],
    [podOf({}, { at: 'elsewhere' }), []],
  ])('case %#', (pod, expected) => {
    expect(told('pod.', [shop, pod])).toEqual(expected)
  })

  it('is warned of once it was made: in a file it gets its proxy then', () => {
    const levels = (pod: KubernetesObject) =>
      findingsOf({ objects: [shop, pod] }).flatMap(({ code, severity }) =>
        code === 'pod.proxy-missing' ? [severity] : [],
      )
    expect(levels(podOf({}))).toEqual(['info'])
    expect(levels({ ...podOf({}), status: {} })).toEqual(['warning'])
  })

  it('is one only where the namespace asks by istio-injection, and no control plane is usually', () => {
    const asks = (labels: Record<string, string>, name = 'shop') =>
      told('pod.', [namespace(name, labels), podOf({}, { at: name })])
    expect(asks({ 'istio.io/rev': 'v1' })).toEqual([])
    expect(asks({ 'istio-injection': 'disabled' })).toEqual([])
    expect(asks({ 'istio-injection': 'enabled', 'istio.io/dataplane-mode': 'ambient' })).toEqual([])
    expect(asks({ 'istio-injection': 'enabled', 'istio.io/dataplane-mode': 'none' })).toEqual(missing)
    expect(asks({ 'istio-injection': 'enabled' }, 'istio-system')).toEqual([])
  })
})

describe('image: auto', () => {
  const auto = { containers: [app, { name: 'istio-proxy', image: 'auto' }] }
  const tag = webhooks('tag', { revision: 'v1', tag: 'default', isDefault: true })
  const waiting = ['workload.image-auto web IST0146']
  it('cannot be in a Pod', () => {
    expect(told('pod.', [shop, podOf(auto)])).toEqual(['pod.image-auto web-1 IST0147'])
    expect(told('pod.image', [shop, podOf({ containers: [{ name: 'app', image: 'auto' }, proxy] })])).toEqual([])
    expect(told('pod.image', [shop, podOf({ initContainers: auto.containers })])).toEqual([])
  })
  it('needs a webhook that takes the Pods of a Deployment', () => {
    expect(told('workload.', [shop, tag, deployment(auto)])).toEqual([])
    expect(told('workload.', [shop, deployment(auto)])).toEqual(waiting)
    expect(told('workload.', [tag, deployment(auto)])).toEqual(waiting)
    expect(
      told('workload.image', [shop, tag, deployment(auto, { labels: { 'sidecar.istio.io/inject': 'false' } })]),
    ).toEqual(waiting)
    expect(
      told('workload.', [shop, deployment(auto)], {
        without: ['admissionregistration.k8s.io/MutatingWebhookConfiguration'],
      }),
    ).toEqual([])
    expect(told('workload.', [shop, deployment()])).toEqual([])
  })
})

describe('services over one Deployment', () => {
  const serving = (name: string, port: JsonRecord, selector: JsonRecord = { app: 'web' }) =>
    object('Service', name, { namespace: 'shop', spec: { selector, ports: [{ name: 'http', port: 80, ...port }] } })
  const both = (one: JsonRecord, other: JsonRecord, ...more: KubernetesObject[]) =>
    told('workload.', [shop, ...(more.length === 0 ? [deployment()] : more), serving('a', one), serving('b', other)])
  const protocols = ['workload.port-protocols web IST0116']
  const targets = ['workload.target-ports web IST0137']
  it.each([
    [{}, {}, []],
    [{}, { protocol: 'UDP' }, protocols],
    [{ protocol: 'TCP' }, {}, []],
    [{}, { port: 81, targetPort: 80 }, targets],
    [{ targetPort: 0 }, { port: 81, targetPort: 80 }, targets],
    [{ targetPort: 'web' }, { port: 81, targetPort: 'web' }, targets],
    [{ targetPort: 'web' }, { port: 80, targetPort: 'api' }, []],
    [{}, { port: 81 }, []],
  ])('%j and %j', (one, other, expected) => {
    expect(both(one, other)).toEqual(expected)
  })
  it('are looked at where the Deployment is in the mesh, and they select its Pods', () => {
    const udp = { protocol: 'UDP' }
    const waypoint = {
      ...deployment(),
      metadata: { name: 'web', namespace: 'shop', labels: { 'gateway.istio.io/managed': 'istio.io-mesh-controller' } },
    }
    expect(both({}, udp, waypoint)).toEqual([])
    expect(both({}, udp, deployment({}, { labels: { app: 'web', 'sidecar.istio.io/inject': 'false' } }))).toEqual([])
    expect(both({}, udp, deployment({}, { annotations: { 'sidecar.istio.io/inject': 'false' } }))).toEqual([])
    expect(told('workload.', [deployment(), serving('a', {}), serving('b', udp)])).toEqual([])
    const labelled = deployment({}, { labels: { app: 'web', 'sidecar.istio.io/inject': 'true' } })
    expect(told('workload.', [labelled, serving('a', {}), serving('b', udp)])).toEqual(protocols)
    const native = deployment({ initContainers: [proxy] })
    expect(told('workload.', [native, serving('a', {}), serving('b', udp)])).toEqual([])
    expect(told('workload.', [deployment({ containers: [proxy] }), serving('a', {}), serving('b', udp)])).toEqual(
      protocols,
    )
    expect(told('workload.', [shop, deployment(), serving('a', {}), serving('b', udp, {})])).toEqual([])
    expect(told('workload.', [shop, deployment(), serving('a', {}), serving('b', udp, { app: 'api' })])).toEqual([])
  })
})

describe('the user that an application runs as', () => {
  const user = (runAsUser: number) => ({ securityContext: { runAsUser } })
  const wrong = ['workload.user-of-proxy web IST0144']
  it.each([
    [deployment(user(1337)), wrong],
    [deployment(user(1338)), []],
    [deployment({ containers: [{ ...app, ...user(1337) }] }), wrong],
    [deployment({ containers: [app, { ...proxy, ...user(1337) }] }), []],
    [deployment({ containers: [{ name: 'istio-operator', ...user(1337) }] }), []],
    [{ ...deployment(user(1337)), metadata: { name: 'web', namespace: 'shop', labels: { istio: 'pilot' } } }, []],
    [{ ...deployment(user(1337)), metadata: { name: 'web', namespace: 'shop', labels: { release: 'istio' } } }, []],
    [{ ...deployment(user(1337)), metadata: { name: 'web', namespace: 'shop', labels: { release: 'other' } } }, wrong],
  ])('case %#', (workload, expected) => {
    expect(told('workload.user', [workload])).toEqual(expected)
  })
  it('is seen of Pods too', () => {
    expect(told('workload.user', [podOf(user(1337))])).toEqual(['workload.user-of-proxy web-1 IST0144'])
    expect(told('workload.user', [podOf({ containers: [{ ...app, ...user(1337) }] })])).toHaveLength(1)
    expect(told('workload.user', [podOf(user(1))])).toEqual([])
  })
  it('can be another in what makes the Pods', () => {
    const ways = (each: KubernetesObject) =>
      findingsOf({ objects: [each] })
        .filter(({ code }) => code === 'workload.user-of-proxy')
        .flatMap(({ fixes }) => fixes.map(({ patches }) => patches[0]?.operations))
    const path = '/spec/template/spec/securityContext/runAsUser'
    expect(ways(deployment(user(1337)))).toEqual([[{ op: 'replace', path, value: 1338 }]])
    expect(ways(podOf(user(1337)))).toEqual([])
  })
})

describe('labels of a namespace', () => {
  const labelled = (labels: Record<string, string>, name = 'shop', ...more: KubernetesObject[]) =>
    told('namespace.', [namespace(name, labels), ...more]).map((each) =>
      each.split(' ').slice(0, 1).concat(each.split(' ').slice(2)).join(' '),
    )
  it.each([
    [{}, ['namespace.not-injected IST0102']],
    [{ 'istio-injection': '' }, ['namespace.injection-blocked', 'namespace.not-injected IST0102']],
    [{ 'istio-injection': 'disabled' }, []],
    [{ 'istio.io/dataplane-mode': 'ambient' }, []],
    [{ 'istio.io/dataplane-mode': 'none' }, ['namespace.not-injected IST0102']],
    [{ 'istio-injection': 'disabled', 'istio.io/dataplane-mode': 'ambient' }, []],
    [{ 'istio-injection': 'disabled', 'istio.io/rev': 'v1' }, ['namespace.injection-conflict']],
  ])('%j', (labels, expected) => {
    expect(labelled(labels)).toEqual(expected)
  })
  it('contradict each other', () => {
    const tag = webhooks('tag', { revision: 'v1', tag: 'default', isDefault: true })
    const rev = { 'istio-injection': 'enabled', 'istio.io/rev': 'v1' }
    expect(labelled(rev, 'shop', tag)).toEqual(['namespace.injection-conflict IST0123'])
    expect(labelled(rev, 'istio-system', tag)).toEqual(['namespace.injection-conflict'])
    const mixed = { 'istio-injection': 'enabled', 'istio.io/dataplane-mode': 'ambient' }
    expect(labelled(mixed, 'shop', tag)).toEqual(['namespace.sidecar-and-ambient IST0123 KIA1311'])
    const revised = { 'istio.io/rev': 'v1', 'istio.io/dataplane-mode': 'ambient' }
    expect(labelled(revised, 'shop', webhooks('r', { revision: 'v1' }))).toEqual([
      'namespace.sidecar-and-ambient IST0123 KIA1311',
    ])
  })
  it('may be missing where the injector takes such namespaces in', () => {
    const injector = (values: string, name = 'istio-sidecar-injector') =>
      Object.assign(object('ConfigMap', name, { namespace: 'istio-system' }), { data: { values } })
    const on = '{"sidecarInjectorWebhook":{"enableNamespacesByDefault":true}}'
    expect(labelled({}, 'shop', injector(on))).toEqual(['namespace.injected-by-default IST0148'])
    expect(labelled({}, 'shop', injector('{}'))).toEqual(['namespace.not-injected IST0102'])
    expect(labelled({}, 'shop', injector(on, 'istio-sidecar-injector-v1'))).toEqual(['namespace.not-injected IST0102'])
    expect(labelled({}, 'istio-system')).toEqual([])
  })
})
