import { at, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, test } from 'vitest'
import { annotationProblem } from './annotation-values.ts'
import { injectionPatch } from './mutate.ts'
import { environmentOfPath } from './path.ts'
import { injectionRequired } from './required.ts'

type Meta = { labels?: Record<string, string>; annotations?: Record<string, string> }

function pod(meta: Meta = {}, spec: object = {}): KubernetesObject {
  const containers = [{ name: 'reviews', image: 'reviews:1' }]
  const made: unknown = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'reviews-1', ...meta },
    spec: { containers, ...spec },
  }
  if (!isKubernetesObject(made)) throw new Error('not a Pod')
  return made
}

describe('the second gate', () => {
  const inject = (value: string): Meta => ({ labels: { 'sidecar.istio.io/inject': value } })
  const never = { policy: 'enabled', neverInjectSelector: [{ matchLabels: { job: 'yes' } }] }
  test.each<[string, boolean, ReturnType<typeof injectionRequired>]>([
    ['policy enabled', true, injectionRequired(pod(), 'shop', { policy: 'enabled' })],
    ['policy disabled', false, injectionRequired(pod(), 'shop', { policy: 'disabled' })],
    ['label true beats policy', true, injectionRequired(pod(inject('true')), 'shop', { policy: 'disabled' })],
    ['label false', false, injectionRequired(pod(inject('false')), 'shop', { policy: 'enabled' })],
    ['host network', false, injectionRequired(pod(inject('true'), { hostNetwork: true }), 'shop', {})],
    ['a system namespace', false, injectionRequired(pod(inject('true')), 'kube-system', {})],
    ['never selector', false, injectionRequired(pod({ labels: { job: 'yes' } }), 'shop', never)],
    [
      'annotation false, label true',
      true,
      injectionRequired(pod({ ...inject('true'), annotations: { 'sidecar.istio.io/inject': 'false' } }), 'shop', {
        policy: 'enabled',
      }),
    ],
    ['nonsense falls back', true, injectionRequired(pod(inject('maybe')), 'shop', { policy: 'enabled' })],
  ])('%s', (_, expected, found) => expect(found).toBe(expected))
})

test.each([
  [{ 'sidecar.istio.io/proxyCPU': '100m', 'sidecar.istio.io/proxyMemory': '1Gi' }, undefined],
  [{ 'sidecar.istio.io/proxyCPU': 'much' }, "1 error occurred:\n\t* invalid value 'much' for annotation"],
  [{ 'sidecar.istio.io/interceptionMode': 'NONE', 'prometheus.istio.io/merge-metrics': 'f' }, undefined],
  [{ 'sidecar.istio.io/interceptionMode': 'none' }, 'interceptionMode invalid, use REDIRECT,TPROXY,NONE: none'],
  [{ 'prometheus.istio.io/merge-metrics': 'perhaps' }, 'strconv.ParseBool: parsing "perhaps": invalid syntax'],
  [{ 'readiness.status.sidecar.istio.io/periodSeconds': '-1' }, 'strconv.ParseUint: parsing "-1": invalid syntax'],
  [{ 'traffic.sidecar.istio.io/includeInboundPorts': '*' }, undefined],
  [{ 'traffic.sidecar.istio.io/excludeInboundPorts': '80,x' }, "excludeInboundPorts invalid: failed parsing port 'x'"],
  [{ 'traffic.sidecar.istio.io/excludeOutboundPorts': '70000' }, 'value out of range'],
  [{ 'inject.istio.io/templates': 'gateway, sidecar' }, undefined],
  [{ 'inject.istio.io/templates': 'nope' }, 'requested template "nope" not found; have sidecar'],
])('annotations %o', (annotations, problem) => {
  if (problem === undefined) expect(annotationProblem(annotations)).toBeUndefined()
  else expect(annotationProblem(annotations)).toContain(problem)
})

test('the injection path becomes environment', () => {
  expect(environmentOfPath('/inject/cluster/m1/net/n1/env/a--slash--b')).toEqual({
    ISTIO_META_CLUSTER_ID: 'm1',
    ISTIO_META_NETWORK: 'n1',
    ENV: 'a/b',
  })
  expect(environmentOfPath('/inject')).toEqual({})
})

describe('the mutation', () => {
  const values = { global: { hub: 'hub', tag: '1.30.3', meshID: 'mesh1' } }
  const template = {
    revision: 'default-v1-30-3',
    controlPlaneNamespace: 'istio-system',
    values,
    trustDomain: 'cluster.local',
    injectedAnnotations: { injected: 'here' },
    environment: { ISTIO_META_NETWORK: 'net1' },
    proxyMetadata: { SECRET_TTL: '72h' },
    native: false,
  }
  const value = (of: KubernetesObject, path: string, native = false): unknown =>
    injectionPatch(of, { ...template, native }).find((each) => each.path === path)?.value
  const names = (list: unknown): (string | undefined)[] => listAt(list).map((each) => textAt(each, 'name'))

  test('classic: istio-init last, istio-proxy last', () => {
    const subject = pod({}, { initContainers: [{ name: 'own' }] })
    expect(names(value(subject, '/spec/initContainers'))).toEqual(['own', 'istio-init'])
    expect(names(value(subject, '/spec/containers'))).toEqual(['reviews', 'istio-proxy'])
    expect(at(value(subject, '/spec/containers'), 1, 'image')).toBe('hub/proxyv2:1.30.3')
    const env = listAt(value(subject, '/spec/containers'), 1, 'env')
    expect(env).toContainEqual({ name: 'SECRET_TTL', value: '72h' })
  })

  test('native: the proxy is an init container that keeps running', () => {
    const subject = pod({}, { initContainers: [{ name: 'own' }] })
    expect(names(value(subject, '/spec/initContainers', true))).toEqual(['istio-init', 'istio-proxy', 'own'])
    expect(at(value(subject, '/spec/initContainers', true), 1, 'restartPolicy')).toBe('Always')
    expect(names(value(subject, '/spec/containers', true))).toEqual(['reviews'])
  })

  test('annotations and labels tell the truth', () => {
    const subject = pod({ labels: { app: 'reviews', version: 'v2' } })
    const annotations = value(subject, '/metadata/annotations')
    expect(textAt(annotations, 'istio.io/rev')).toBe('default-v1-30-3')
    expect(JSON.parse(textAt(annotations, 'sidecar.istio.io/status') ?? '')).toMatchObject({
      initContainers: ['istio-init'],
      containers: ['istio-proxy'],
      revision: 'default-v1-30-3',
    })
    expect(value(subject, '/metadata/labels')).toEqual({
      app: 'reviews',
      version: 'v2',
      'security.istio.io/tlsMode': 'istio',
      'service.istio.io/canonical-name': 'reviews',
      'service.istio.io/canonical-revision': 'v2',
      'topology.istio.io/network': 'net1',
    })
  })

  test('an injected Pod is injected again without anything twice', () => {
    const inject = (subject: KubernetesObject, native: boolean): KubernetesObject => {
      const spec = { ...recordAt(subject, 'spec') }
      const metadata = { ...subject.metadata }
      for (const { path, value: found } of injectionPatch(subject, { ...template, native })) {
        const [, place, field = ''] = path.split('/')
        Object.assign(place === 'spec' ? spec : metadata, { [field]: found })
      }
      return { ...subject, metadata, spec }
    }
    for (const native of [true, false]) {
      const once = inject(pod({ labels: { app: 'reviews' } }, { initContainers: [{ name: 'own' }] }), native)
      expect(inject(once, native)).toEqual(once)
    }
  })

  test("a container of one's own with the proxy's name lies over it, and is remembered", () => {
    const own = { name: 'istio-proxy', image: 'auto', env: [{ name: 'TRUST_DOMAIN', value: 'own' }], tty: true }
    const subject = pod({}, { containers: [{ name: 'reviews' }, own] })
    const proxy = at(value(subject, '/spec/initContainers', true), 1)
    expect(textAt(proxy, 'image')).toBe('hub/proxyv2:1.30.3')
    expect(at(proxy, 'tty')).toBe(true)
    const set = listAt(proxy, 'env').map((each) => `${textAt(each, 'name')}=${textAt(each, 'value')}`)
    expect(set).toEqual(expect.arrayContaining(['TRUST_DOMAIN=own', 'ISTIO_META_APP_CONTAINERS=reviews']))
    expect(set.filter((each) => each.startsWith('TRUST_DOMAIN='))).toHaveLength(1)
    const remembered: unknown = JSON.parse(
      textAt(value(subject, '/metadata/annotations', true), 'proxy.istio.io/overrides') ?? '',
    )
    expect(remembered).toEqual({
      initContainers: [{ name: 'istio-proxy', env: [{ name: 'TRUST_DOMAIN', value: 'own' }], tty: true }],
    })
  })

  test('Prometheus is led to the agent, unless the Pod is not to be scraped', () => {
    const annotated = (annotations: Record<string, string>): unknown =>
      value(pod({ annotations }), '/metadata/annotations')
    const agent = { 'prometheus.io/port': '15020', 'prometheus.io/path': '/stats/prometheus' }
    expect(annotated({ 'prometheus.io/port': '8080' })).toMatchObject({ ...agent, injected: 'here' })
    const left = annotated({ 'prometheus.io/scrape': 'false', 'prometheus.io/port': '8080' })
    expect(left).toMatchObject({ 'prometheus.io/port': '8080' })
    expect(at(left, 'prometheus.io/path')).toBeUndefined()
  })

  test("a Pod's own network beats the one of the path, and NONE redirects nothing", () => {
    const labels = { 'topology.istio.io/network': 'own' }
    const annotations = { 'sidecar.istio.io/interceptionMode': 'NONE' }
    const subject = pod({ labels, annotations })
    expect(textAt(value(subject, '/metadata/labels'), 'topology.istio.io/network')).toBe('own')
    expect(names(value(subject, '/spec/initContainers'))).toEqual([])
    expect(names(value(subject, '/spec/initContainers', true))).toEqual(['istio-proxy'])
  })

  test('a gateway keeps its one container and gets the real image', () => {
    const annotations = { 'inject.istio.io/templates': 'gateway' }
    const subject = pod({ annotations }, { containers: [{ name: 'istio-proxy', image: 'auto' }] })
    expect(value(subject, '/spec/initContainers')).toEqual([])
    expect(at(value(subject, '/spec/containers'), 0, 'image')).toBe('hub/proxyv2:1.30.3')
  })
})
