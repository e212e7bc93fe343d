import { type JsonRecord, listAt, recordAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refKey, refOf } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { patched } from '../../findings/fixes/apply.ts'
import { meshParts } from '../../findings/world.ts'
import { namespace, object, webhooks } from '../../samples.ts'
import { kinds } from '../../world/kinds.ts'
import { clusterView } from '../../world/view.ts'
import { worldOf } from '../world.ts'
import { injection } from './explain.ts'

const hooks = webhooks('istio-sidecar-injector-v1', { revision: 'v1' })
const shop = namespace('shop', { 'istio.io/rev': 'v1' })
const injector: KubernetesObject = {
  ...object('ConfigMap', 'istio-sidecar-injector-v1', { namespace: 'istio-system', labels: { 'istio.io/rev': 'v1' } }),
  data: { values: JSON.stringify({ sidecarInjectorWebhook: { templates: { own: 'spec: {}' } } }) },
}

function web(metadata: JsonRecord): KubernetesObject {
  return object('Deployment', 'web', { namespace: 'shop', spec: { template: { metadata, spec: { containers: [] } } } })
}

function ask(objects: readonly KubernetesObject[], name = 'web', read: readonly string[] = Object.values(kinds)) {
  const world = worldOf(
    meshParts({ config: clusterView('c', objects, read), yaml: (text): unknown => parse(text, { version: '1.1' }) }),
  )
  const asked = objects.find(({ metadata }) => metadata.name === name)
  if (asked === undefined) throw new Error(`there is no ${name}`)
  return injection(world, refOf('c', asked))
}

/** Each change, applied by itself, and what becomes of Pods then. */
function afterEach(objects: readonly KubernetesObject[], name = 'web') {
  return ask(objects, name).changes.map(({ code, patches }): [string, string] => {
    const after = objects.map((each) =>
      patched(
        each,
        patches.filter(({ ref }) => refKey(ref) === refKey(refOf('c', each))).flatMap(({ operations }) => operations),
      ),
    )
    return [code, ask(after, name).outcome]
  })
}

const off: [string, string][] = [
  ['disable-namespace', 'not-injected'],
  ['opt-out', 'not-injected'],
]

describe('a Pod is refused by the injector', () => {
  const cases: { name: string; value: string; code: string; ways: string[] }[] = [
    { name: 'sidecar.istio.io/proxyCPU', value: ' 100m', code: 'refused-annotation', ways: ['respell-annotation'] },
    { name: 'sidecar.istio.io/proxyCPU', value: 'lots', code: 'refused-annotation', ways: [] },
    { name: 'proxy.istio.io/config', value: 'concurrency: [', code: 'refused-annotation', ways: [] },
    {
      name: 'inject.istio.io/templates',
      value: 'sidecar, gatway',
      code: 'refused-template',
      ways: ['respell-annotation'],
    },
    { name: 'inject.istio.io/templates', value: '', code: 'refused-template', ways: [] },
    { name: 'inject.istio.io/templates', value: 'nothing-like-it', code: 'refused-template', ways: [] },
  ]
  it.each(cases)('for $name: $value', ({ name, value, code, ways }) => {
    const objects = [hooks, shop, injector, web({ annotations: { [name]: value } })]
    const answer = ask(objects)
    expect(answer).toMatchObject({
      outcome: 'refused',
      by: null,
      decidedBy: { ref: { kind: 'Deployment', name: 'web' } },
    })
    expect(answer.decidedBy?.pointer).toBe(`/spec/template/metadata/annotations/${name.replace('/', '~1')}`)
    expect(answer.trail.at(-1)).toMatchObject({ code, params: { name } })
    const injected = [...ways, 'drop-refused'].map((each): [string, string] => [each, 'injected'])
    expect(afterEach(objects)).toEqual([...injected, ...off])
  })
  it('only for one that it looks at, of a Pod that it injects', () => {
    const fine = {
      'inject.istio.io/templates': 'sidecar,own',
      'sidecar.istio.io/proxyCPU': '100m',
      'proxy.istio.io/config': 'concurrency: 2',
    }
    expect(ask([hooks, shop, injector, web({ annotations: fine })]).outcome).toBe('injected')
    const bad = { 'sidecar.istio.io/proxyCPU': 'lots' }
    const labels = { 'sidecar.istio.io/inject': 'false' }
    expect(ask([hooks, shop, web({ annotations: bad, labels })]).outcome).toBe('not-injected')
    expect(ask([hooks, shop, web({ annotations: { 'inject.istio.io/templates': 'unread' } })]).outcome).toBe('injected')
  })
  it('whose Pod runs is told of both', () => {
    const running = object('Pod', 'old', { namespace: 'shop', annotations: { 'sidecar.istio.io/proxyCPU': 'lots' } })
    const answer = ask([hooks, shop, { ...running, spec: { containers: [] }, status: { phase: 'Running' } }], 'old')
    expect(answer).toMatchObject({ outcome: 'refused', state: { code: 'missing' } })
  })
})

describe('a Pod is refused for the port of its metrics', () => {
  it.each<[Record<string, string>, string | undefined]>([
    [{ 'prometheus.io/port': '8080' }, undefined],
    [{ 'prometheus.io/port': '' }, undefined],
    [{ 'prometheus.io/port': '15020' }, undefined],
    [{ 'prometheus.io/port': '015020' }, '015020'],
    [{ 'prometheus.io/port': '15090' }, '15090'],
    [{ 'prometheus-io-port': '15000' }, '15000'],
    [{ 'prometheus.io/port': 'http' }, 'http'],
    [{ 'prometheus.io/port': '65536' }, '65536'],
    [{ 'prometheus.io/port': '0' }, '0'],
    [{ 'prometheus.io/port': '15090', 'prometheus.io/scrape': 'false' }, undefined],
    [{ 'prometheus.io/port': '15090', 'prometheus.io/scrape': 'yes' }, '15090'],
    [{ 'prometheus.io/port': '15090', 'prometheus.istio.io/merge-metrics': 'false' }, undefined],
    [{ 'prometheus.istio.io/scrape-targets': '8080:/a, 9090' }, undefined],
    [{ 'prometheus.istio.io/scrape-targets': '8080:/a, 15021' }, '15021'],
    [{ 'prometheus.istio.io/scrape-targets': ':/a', 'prometheus.io/port': '15090' }, '15090'],
    [{ 'prometheus.istio.io/scrape-targets': '8080', 'prometheus.io/port': '15090' }, undefined],
  ])('%j: %s', (annotations, port) => {
    const all = [hooks, injector, shop, web({ annotations })]
    const answer = ask(all)
    expect(answer.outcome).toBe(port === undefined ? 'injected' : 'refused')
    if (port === undefined) return
    expect(answer.trail.at(-1)).toMatchObject({ code: 'refused-metrics-port', params: { port } })
    expect(afterEach(all).map(([code]) => code)).toEqual(['drop-refused', 'disable-namespace', 'opt-out'])
  })
})

describe('a Pod is refused where nobody answers the webhook', () => {
  const live = (more: JsonRecord = {}): KubernetesObject => ({
    ...hooks,
    metadata: { ...hooks.metadata, uid: 'u' },
    webhooks: listAt(hooks, 'webhooks').map((each) => ({ ...recordAt(each), ...more })),
  })
  const service = object('Service', 'istiod-v1', { namespace: 'istio-system' })
  const slice = (ready: boolean | undefined, of = 'istiod-v1'): KubernetesObject => ({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 's', namespace: 'istio-system', labels: { 'kubernetes.io/service-name': of } },
    endpoints: [{ addresses: ['10.0.0.1'], ...(ready !== undefined && { conditions: { ready } }) }],
  })
  const plain = web({})
  const untrusted = { service: { name: 'istiod-v1', namespace: 'istio-system', path: '/inject' } }

  it.each([
    ['that has no Service', [live()], 'refused-no-service'],
    ['whose Service has nobody ready', [live(), service, slice(false)], 'refused-nobody-ready'],
    ['that has no caBundle', [live({ clientConfig: untrusted }), service, slice(true)], 'refused-no-ca'],
  ] as const)('%s', (_, objects, code) => {
    const all = [...objects, shop, plain]
    const answer = ask(all)
    expect(answer).toMatchObject({ outcome: 'refused', decidedBy: { pointer: '/webhooks/0/clientConfig/service' } })
    expect(answer.trail.at(-1)).toMatchObject({ code, params: { service: 'istio-system/istiod-v1' } })
    expect(afterEach(all)).toEqual(off)
    expect(afterEach(all, 'shop')).toEqual([['disable-namespace', 'not-injected']])
  })
  it.each([
    ['in a file', [hooks]],
    ['that lets pass what fails', [live({ failurePolicy: 'Ignore' })]],
    ['that has somebody ready', [live(), service, slice(true)]],
    ['of whose endpoints nothing is said', [live(), service, slice(undefined)]],
    ['of whose endpoints nothing is known', [live(), service, slice(false, 'other')]],
    ['outside the cluster', [live({ clientConfig: { url: 'https://istiod.example/inject' } })]],
  ] as const)('but not by one %s', (_, objects) => {
    expect(ask([...objects, shop, plain]).outcome).toBe('injected')
  })
  it('but not where Services were not read', () => {
    const read = Object.values(kinds).filter((each) => each !== kinds.service)
    expect(ask([live(), shop, plain], 'web', read).outcome).toBe('injected')
  })
})
